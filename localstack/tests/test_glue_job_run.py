from __future__ import annotations

import time
import unittest

from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack.glue_job_run import JobRun

ENOUGH = 30


class JobRunTest(unittest.TestCase):
    def run_of(self, script: str, seconds: float = ENOUGH, **arguments: str) -> JobRun:
        run = JobRun(
            "delays", {f"--{name}": value for name, value in arguments.items()}, script.encode, {"WHERE": "x"}, seconds
        )
        self.addCleanup(run.kill)
        return run

    def ended(self, run: JobRun) -> dict[str, object]:
        run.wait(ENOUGH)
        return run.described()

    def await_state(self, run: JobRun, state: str) -> None:
        deadline = time.monotonic() + ENOUGH
        while run.described()["JobRunState"] != state and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(state, run.described()["JobRunState"])

    def test_a_script_gets_its_arguments_and_its_environment(self) -> None:
        run = self.run_of(
            "import os, sys\n"
            "assert sys.argv[1:3] == ['--JOB_NAME', 'delays'], sys.argv\n"
            "assert sys.argv[-2:] == ['--mode', 'a b'], sys.argv\n"
            "assert os.environ['WHERE'] == 'x'\n"
            "assert 'PYTHONPATH' not in os.environ\n",
            mode="a b",
        )

        described = self.ended(run)

        self.assertEqual(("SUCCEEDED", None), (described["JobRunState"], described.get("ErrorMessage")))
        self.assertEqual({"--mode": "a b"}, described["Arguments"])
        self.assertGreaterEqual(described["CompletedOn"], described["StartedOn"])
        self.assertTrue(run.has_ended)
        self.assertFalse(run.stop())

    def test_the_message_of_a_failure_is_the_exceptions(self) -> None:
        described = self.ended(self.run_of("print('begin')\nraise ValueError('no hour 7')"))

        self.assertEqual(("FAILED", "ValueError: no hour 7"), (described["JobRunState"], described["ErrorMessage"]))

    def test_the_message_of_an_exception_may_have_several_lines(self) -> None:
        described = self.ended(
            self.run_of(
                "try:\n"
                "    raise ValueError('no hour 7')\n"
                "except ValueError as e:\n"
                "    raise KeyError('no hour') from e\n"
            )
        )
        self.assertEqual("KeyError: 'no hour'", described["ErrorMessage"])

        described = self.ended(self.run_of("raise ValueError('no warehouse:\\nasked for EU')"))
        self.assertEqual("ValueError: no warehouse:\nasked for EU", described["ErrorMessage"])

    def test_the_message_of_a_script_that_python_cannot_read_is_pythons(self) -> None:
        self.assertEqual("SyntaxError: invalid syntax", self.ended(self.run_of("def x(:"))["ErrorMessage"])

    def test_a_script_that_cannot_be_had_is_a_failure(self) -> None:
        def missing() -> bytes:
            raise LookupError("no such key")

        described = self.ended(JobRun("delays", {}, missing, {}, ENOUGH))

        self.assertEqual(("FAILED", "LookupError: no such key"), (described["JobRunState"], described["ErrorMessage"]))

    def test_a_silent_failing_script_is_reported_by_its_exit_code(self) -> None:
        self.assertEqual("The script ended with 3", self.ended(self.run_of("raise SystemExit(3)"))["ErrorMessage"])

    def test_a_run_is_stopped(self) -> None:
        run = self.run_of("import time; time.sleep(600)")
        self.await_state(run, "RUNNING")

        self.assertTrue(run.stop())

        self.assertEqual("STOPPED", self.ended(run)["JobRunState"])

    def test_a_run_ends_with_its_time(self) -> None:
        described = self.ended(self.run_of("import time; time.sleep(600)", seconds=0.2))

        self.assertEqual("TIMEOUT", described["JobRunState"])


if __name__ == "__main__":
    unittest.main()
