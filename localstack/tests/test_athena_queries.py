from __future__ import annotations

import gzip
import subprocess
import unittest
from typing import Any
from unittest import mock

from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack import athena_queries
from fanin_localstack.athena_queries import QueryFailedError, QueryRun, by_command_line

UNLOAD = "UNLOAD (SELECT 'a' AS n FROM clicks) TO 's3://results/jobs/1/' WITH (format = 'JSON')"
ANSWER = {"columns": [{"name": "n"}, {"name": "count"}], "rows": [["a", 1], [None, 2]]}


class QueryRunTest(unittest.TestCase):
    def setUp(self) -> None:
        self.s3 = mock.Mock()
        self.s3.list_objects_v2.return_value = {"KeyCount": 0}
        self.answer = mock.Mock(return_value=ANSWER)
        self.repair = mock.Mock()

    def run_to_its_end(self, sql: str) -> dict[str, Any]:
        run = QueryRun(sql, "dw", "primary", self.s3, self.answer, self.repair)
        run.wait(10)
        return run.described()["Status"]

    def test_the_rows_become_one_object_of_json_lines(self) -> None:
        self.assertEqual("SUCCEEDED", self.run_to_its_end(UNLOAD)["State"])

        self.answer.assert_called_once_with("SELECT 'a' AS n FROM clicks", "dw")
        written = self.s3.put_object.call_args.kwargs
        self.assertEqual("results", written["Bucket"])
        self.assertRegex(written["Key"], r"^jobs/1/.+\.gz$")
        self.assertEqual(b'{"n": "a", "count": 1}\n{"n": null, "count": 2}\n', gzip.decompress(written["Body"]))

    def test_a_query_that_fails_says_why_and_writes_nothing(self) -> None:
        self.answer.side_effect = QueryFailedError("no such table")

        status = self.run_to_its_end(UNLOAD)

        self.assertEqual(("FAILED", "no such table"), (status["State"], status["StateChangeReason"]))
        self.assertFalse(status["AthenaError"]["Retryable"])
        self.s3.put_object.assert_not_called()

    def test_a_folder_that_holds_something_is_refused(self) -> None:
        self.s3.list_objects_v2.return_value = {"KeyCount": 1}

        self.assertIn("HIVE_PATH_ALREADY_EXISTS", self.run_to_its_end(UNLOAD)["StateChangeReason"])
        self.answer.assert_not_called()

    def test_a_table_is_repaired(self) -> None:
        for sql, database in (("msck repair table `raw`.`t`", "raw"), ("MSCK REPAIR TABLE t;", "dw")):
            self.assertEqual("SUCCEEDED", self.run_to_its_end(sql)["State"])
            self.repair.assert_called_with(database, "t")
        self.answer.assert_not_called()

    def test_what_is_no_unload_to_json_is_refused(self) -> None:
        for sql in ("SELECT 1", UNLOAD.replace("JSON", "PARQUET")):
            self.assertIn("the emulator runs UNLOAD", self.run_to_its_end(sql)["StateChangeReason"])
        self.answer.assert_not_called()


class CommandLineTest(unittest.TestCase):
    def answered(self, code: int, out: str = "", err: str = "") -> Any:
        done = subprocess.CompletedProcess([], code, out, err)
        with mock.patch.object(athena_queries.subprocess, "run", return_value=done) as self.run_command:
            return by_command_line({"A": "b"})("SELECT 1", "dw")

    def test_fanin_answers_with_the_default_database(self) -> None:
        self.assertEqual({"rows": []}, self.answered(0, '{"rows": []}'))

        command = self.run_command.call_args.args[0]
        self.assertEqual(["query", "--output", "json", "--database", "dw", "SELECT 1"], command[1:])
        self.assertEqual({"A": "b"}, self.run_command.call_args.kwargs["env"])

    def test_its_error_is_the_reason(self) -> None:
        with self.assertRaisesRegex(QueryFailedError, "error: no table"):
            self.answered(1, err="error: no table\n")


if __name__ == "__main__":
    unittest.main()
