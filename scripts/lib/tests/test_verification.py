"""Which suites run where."""

import contextlib
import io
import os
import re
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from devtools import verification
from devtools.errors import CliError, NotAtHandError
from devtools.suites import Outcome, Result
from devtools.verification import without_node


class WithoutNodeTest(unittest.TestCase):
    def test_the_warehouse_is_left_out_with_a_message(self):
        options, told = self._without(None, {})

        self.assertEqual(["--projects", "!warehouse,!samples/warehouse"], options)
        self.assertIn("NOT TESTED", told)

    def test_everything_is_tested_where_node_is(self):
        self.assertEqual(([], ""), self._without("/usr/bin/node", {}))

    def test_continuous_integration_leaves_nothing_out(self):
        self.assertEqual(([], ""), self._without(None, {"CI": "true"}))

    def _without(self, node, variables):
        said = io.StringIO()
        with (
            contextlib.redirect_stdout(said),
            mock.patch("shutil.which", return_value=node),
            mock.patch.dict(os.environ, variables),
        ):
            if not variables:
                os.environ.pop("CI", None)
            return without_node(), said.getvalue()


class SummaryTest(unittest.TestCase):
    def test_each_failure_stands_whole_behind_the_list_of_suites(self):
        failed = Result("B", Outcome.FAILED, "1 of 3 failed:", 2, "error: 1 of 3 failed:\n  | at line 7")
        said = io.StringIO()

        with contextlib.redirect_stdout(said), self.assertRaisesRegex(CliError, "1 of 2 suites failed: B"):
            verification._sum_up([Result("A", Outcome.PASSED, "3 tests", 1), failed])

        self.assertRegex(said.getvalue(), r"(?s)passed  A .*FAILED  B .*\nB\nerror: 1 of 3 failed:\n  \| at line 7\n")


class ShellFilesTest(unittest.TestCase):
    def test_what_is_installed_is_checked_like_the_scripts(self):
        names = {str(path.relative_to(verification.ROOT)) for path in verification.shell_files()}

        self.assertLessEqual({"cli/bin/fanin", "cli/install.sh", "scripts/lib/launch"}, names)


class UnitTestsTest(unittest.TestCase):
    def test_maven_runs_them_and_its_reports_are_counted(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            commands, said = self._verified(root, '<testsuite tests="3" failures="0" errors="0" skipped="1"/>')

        self.assertEqual([("mvn", "-B", "test")], [tuple(command[:3]) for command in commands])
        self.assertIn("2 unit tests (1 skipped)", said)
        self.assertIn("2 passed, 0 failed", said)

    def test_no_report_is_a_failure(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaises(CliError):
            self._verified(Path(folder), None)

    def _verified(self, root, report):
        commands = []

        def maven(command, *_):
            commands.append(command)
            if report:
                file = root / "core" / "target" / "surefire-reports" / "TEST-a.xml"
                file.parent.mkdir(parents=True)
                file.write_text(report)

        said = io.StringIO()
        with (
            contextlib.redirect_stdout(said),
            mock.patch.object(verification, "ROOT", root),
            mock.patch.object(verification, "run_logged", maven),
            mock.patch.object(verification.prerequisites, "build_environment", return_value={}),
        ):
            verification.verify_units()
        return commands, said.getvalue()


class SimulationTest(unittest.TestCase):
    def test_what_one_suite_leaves_out_the_other_runs(self):
        self.assertIn("!state-machine", self._goals(verification._unit_tests))
        self.assertIn("-Dtest=io/fanin/statemachine/**/*Test", self._goals(verification._simulation))

        sources = verification.ROOT / "state-machine" / "src" / "test" / "java"
        tests = [path for path in sources.rglob("*.java") if self._has_tests(path)]
        self.assertEqual(
            [], [path for path in tests if not re.search(r"/io/fanin/statemachine/.*(Test|IT)\.java$", str(path))]
        )

    def test_continuous_integration_plays_more_histories(self):
        for ci, histories in (("", 1_000), ("true", 10_000)):
            with mock.patch.dict(os.environ, CI=ci):
                self.assertIn(f"-Dsimulation.histories={histories}", self._goals(verification._simulation))

    @staticmethod
    def _has_tests(path):
        return re.search(r"@(Test|ParameterizedTest|RepeatedTest|TestFactory)\b", path.read_text())

    @staticmethod
    def _goals(suite):
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.object(verification, "_maven") as maven,
            contextlib.suppress(CliError),  # no tests ran
        ):
            suite({}, Path(folder)).check()
        return maven.call_args.args[0]


class PermissionsTest(unittest.TestCase):
    def test_integration_tests_are_recorded_from_the_beginning(self):
        with tempfile.TemporaryDirectory() as folder:
            requests = Path(folder) / "requests.jsonl"
            requests.write_text("of an earlier run")
            seen = []

            def maven(_goals, variables, *_):
                seen.append((variables["FANIN_REQUESTS"], requests.exists()))

            with (
                mock.patch.object(verification, "REQUESTS", requests),
                mock.patch.object(verification, "_maven", maven),
                mock.patch.object(verification.readers, "maven_options", return_value=[]),
                self.assertRaisesRegex(CliError, "no integration tests ran"),
            ):
                verification._integration_tests({"JAVA_HOME": folder}).check()

        self.assertEqual([(str(requests), False)], seen)

    def test_permissions_are_not_judged_on_an_endpoint_of_others(self):
        with mock.patch.dict(os.environ, AWS_ENDPOINT_URL="http://localhost:1"), self.assertRaises(NotAtHandError):
            verification._permissions().check()


if __name__ == "__main__":
    unittest.main()
