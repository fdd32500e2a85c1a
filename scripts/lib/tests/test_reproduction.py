"""The comparison of two builds."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path
from unittest import mock

from devtools import reproduction
from devtools.suites import Outcome


class ReproductionTest(unittest.TestCase):
    """What is compared where, and what is left for others."""

    def _run(self, ci: str, *checksums: dict[str, str]) -> tuple[Outcome, list[str], int]:
        """The outcome, the files of the first build that are left, and how often was built."""
        results = iter(checksums)

        def built(parent: Path, maven: dict[str, str], name: str, *_: object) -> dict[str, str]:
            del maven
            folder = parent / name / "dist"
            folder.mkdir(parents=True)
            (folder / name).touch()
            return next(results)

        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.object(reproduction, "_built", side_effect=built) as builds,
            mock.patch.dict("os.environ", {"CI": ci}),
        ):
            kept = Path(folder) / "dist"
            outcome = reproduction.suite({}, kept).run().outcome
            return outcome, [path.name for path in kept.iterdir()], builds.call_count

    def test_equal_builds_pass(self) -> None:
        self.assertEqual((Outcome.PASSED, ["a"], 2), self._run("true", {"x": "1"}, {"x": "1"}))

    def test_other_builds_fail(self) -> None:
        for other in ({"x": "2"}, {}, {"x": "1", "y": "1"}):
            self.assertEqual((Outcome.FAILED, ["a"], 2), self._run("true", {"x": "1"}, other))

    def test_second_build_is_left_to_continuous_integration(self) -> None:
        self.assertEqual((Outcome.NOT_RUN, ["a"], 1), self._run("", {"x": "1"}))


if __name__ == "__main__":
    unittest.main()
