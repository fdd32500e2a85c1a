"""The conditions under which a suite counts as passed."""

import contextlib
import io
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from devtools.errors import CliError, NotAtHandError
from devtools.suites import LINES_OF_A_TEST, Counts, Outcome, Suite, failed_tests


class MissingValidatorTest(unittest.TestCase):
    def test_a_suite_that_did_not_run_is_reported(self):
        outcome, told = self._run({})

        self.assertEqual(Outcome.NOT_RUN, outcome)
        self.assertIn("State machines: left out, there is no node", told)
        self.assertNotIn("error", told)

    def test_continuous_integration_fails_without_a_validator(self):
        self.assertEqual(Outcome.FAILED, self._run({"CI": "true"})[0])

    def _run(self, variables):
        def absent():
            raise NotAtHandError("there is no node")

        said = io.StringIO()
        with contextlib.redirect_stdout(said), mock.patch.dict(os.environ, variables):
            if not variables:
                os.environ.pop("CI", None)
            return Suite("State machines", absent).run().outcome, said.getvalue()


class DefectTest(unittest.TestCase):
    def test_a_suite_that_breaks_has_failed_and_the_next_one_runs(self):
        def broken():
            raise ValueError("not well-formed")

        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            results = [suite.run() for suite in (Suite("A", broken), Suite("B", lambda: "ok"))]

        self.assertEqual([Outcome.FAILED, Outcome.PASSED], [result.outcome for result in results])
        self.assertIn("not well-formed", results[0].detail)
        self.assertIn("in broken", said.getvalue())
        self.assertIn("in broken", results[0].failure)


class FailedTestsTest(unittest.TestCase):
    def test_of_a_long_log_the_tests_that_failed_are_shown(self):
        log = [
            "[INFO] Running a.ATest",
            "[ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0 <<< FAILURE! -- in a.ATest",
            "[ERROR] Failures: ",
            "[ERROR]   ATest.one:7 [what is there]",
            "expected: 1",
            "[ERROR] Errors: ",
            "[ERROR]   ATest.two:9 Timeout",
            "[ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0",
            *["[ERROR] For more information about the errors and possible solutions, please read"] * 20,
        ]

        shown = failed_tests(log)

        self.assertEqual(
            ["[ERROR]   ATest.one:7 [what is there]", "expected: 1", "[ERROR]   ATest.two:9 Timeout"], shown
        )

    def test_a_long_message_hides_no_other_test(self):
        log = [
            "[ERROR] Errors: ",
            "[ERROR]   ATest.one:7 " + "x" * 1_000,
            *["expected"] * 1_000,
            "[ERROR]   ATest.two:9",
        ]

        shown = failed_tests(log)

        self.assertEqual(LINES_OF_A_TEST + 2, len(shown))
        self.assertEqual("[ERROR]   ATest.two:9", shown[-1])
        self.assertLess(max(map(len, shown)), 500)

    def test_without_tests_the_last_lines_are_shown(self):
        self.assertEqual(["[ERROR] COMPILATION ERROR : "], failed_tests(["[ERROR] COMPILATION ERROR : "]))


class CountsTest(unittest.TestCase):
    def test_tests_are_summed_over_the_classes(self):
        counts = self._read(
            '<testsuite name="A" tests="3" skipped="1"/>', '<testsuite name="B" tests="2" skipped="0"/>'
        )

        self.assertEqual("4 unit tests (1 skipped)", counts.checked("unit tests"))

    def test_a_class_that_was_skipped_as_a_whole_fails_the_suite(self):
        counts = self._read('<testsuite name="A" tests="3"/>', '<testsuite name="PartialRunIT" tests="2" skipped="2"/>')

        with self.assertRaisesRegex(CliError, "PartialRunIT"):
            counts.checked("integration tests")

    def test_no_tests_at_all_fail_the_suite(self):
        with self.assertRaisesRegex(CliError, "no integration tests ran"):
            self._read().checked("integration tests")

    def test_what_tests_have_printed_may_be_no_xml(self):
        printed = "<system-out><![CDATA[\uffff]]></system-out>" * 2000
        counts = self._read(f'<testsuite name="A" tests="3" skipped="1">{printed}</testsuite>')

        self.assertEqual("2 unit tests (1 skipped)", counts.checked("unit tests"))

    def _read(self, *reports):
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for number, content in enumerate(reports):
                files.append(Path(folder) / f"TEST-{number}.xml")
                files[-1].write_text(content)
            return Counts.read(files)


if __name__ == "__main__":
    unittest.main()
