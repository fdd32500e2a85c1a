"""What the assessment of hundreds of tables is held against."""

import contextlib
import io
import unittest
from typing import Any
from unittest import mock

from devtools.errors import CliError
from measurements.adoption import (
    DATABASES,
    KINDS,
    MOST_REQUESTS,
    MOST_SECONDS,
    REGISTERED,
    TABLES,
    Adoption,
    Assessment,
    check,
    show,
)


def tables() -> list[dict[str, Any]]:
    found = []
    for number in range(TABLES):
        kind = KINDS[number % len(KINDS)]
        table: dict[str, Any] = {"table": f"raw.{kind.name}_{number}", "verdict": kind.verdict}
        if kind.folders:
            new = len(kind.folders) - min(REGISTERED, len(kind.values))
            table["firstRun"] = {"unregistered": {"count": new, "precision": "EXACT"}}
        found.append(table)
    return found


class AdoptionTest(unittest.TestCase):
    def shown(self, seconds: float, requests: int) -> tuple[int, str]:
        printed = io.StringIO()
        answer = {"tables": tables(), "requests": {"S3 ListObjectsV2": requests}}
        with contextlib.redirect_stdout(printed):
            code = show(Assessment(seconds, answer))
        return code, printed.getvalue()

    def test_the_bounds_themselves_are_met(self) -> None:
        code, printed = self.shown(MOST_SECONDS, MOST_REQUESTS * TABLES)
        self.assertEqual(0, code, printed)
        self.assertIn("150 check, 50 decide, 50 left out, 150 ready", printed)
        self.assertEqual(1, self.shown(MOST_SECONDS + 0.1, 1)[0])
        self.assertEqual(1, self.shown(1, MOST_REQUESTS * TABLES + 1)[0])

    def test_each_table_has_to_be_judged_right(self) -> None:
        check(tables())
        for change in ({"verdict": "KEPT"}, {"firstRun": {}}):
            wrong = tables()
            wrong[0].update(change)
            with self.assertRaises(CliError):
                check(wrong)
        with self.assertRaises(CliError):
            check(tables()[1:])


class RemovalTest(unittest.TestCase):
    def test_an_interruption_is_what_is_raised_and_nothing_is_left(self) -> None:
        class NotFoundError(Exception):
            pass

        glue = mock.Mock(
            **{"create_database.side_effect": KeyboardInterrupt, "delete_database.side_effect": NotFoundError}
        )
        glue.exceptions.EntityNotFoundException = NotFoundError
        s3 = mock.Mock(**{"get_paginator.return_value.paginate.return_value": []})
        s3.exceptions.NoSuchBucket = NotFoundError
        endpoint = mock.Mock(**{"client.side_effect": {"s3": s3, "glue": glue}.get})

        with self.assertRaises(KeyboardInterrupt), contextlib.redirect_stdout(io.StringIO()):
            Adoption(endpoint).measure()

        self.assertEqual(DATABASES, glue.delete_database.call_count)


if __name__ == "__main__":
    unittest.main()
