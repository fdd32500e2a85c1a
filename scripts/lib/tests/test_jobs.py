import contextlib
import io
import subprocess
import sys
import threading
import unittest
from unittest import mock

from devtools import jobs
from devtools.errors import CliError
from devtools.jobs import Job, run_all, run_lanes, run_logged

SLEEPING = [sys.executable, "-c", "import time; time.sleep(60)"]
FAILING = [sys.executable, "-c", "raise SystemExit(1)"]
ENDING = [sys.executable, "-c", "import time; time.sleep(0.5)"]


class JobsTest(unittest.TestCase):
    def setUp(self):
        silent = contextlib.redirect_stdout(io.StringIO())
        silent.__enter__()
        self.addCleanup(silent.__exit__, None, None, None)
        self.addCleanup(jobs._given_up.clear)

    def logged(self, command: list[str], name: str) -> Job:
        return Job(name, lambda: run_logged(command, f"test-of-jobs-{name}.log", name))

    def lane(self, command: list[str], name: str) -> str:
        try:
            run_all([self.logged(command, name)])
        except CliError as error:
            return error.message.splitlines()[0]
        return "done"

    def test_the_first_failure_ends_the_jobs_beside_it(self):
        with self.assertRaisesRegex(CliError, "fails failed"):
            run_all([self.logged(SLEEPING, "sleeps"), self.logged(FAILING, "fails")])

    def test_a_failure_ends_nothing_in_another_lane(self):
        ended = run_lanes([lambda: self.lane(FAILING, "fails"), lambda: self.lane(ENDING, "ends")])

        self.assertEqual(["fails failed:", "done"], ended)

    def test_who_interrupts_lanes_ends_what_they_run(self):
        started = threading.Event()
        begin = subprocess.Popen

        def interrupt():
            started.wait(10)
            raise KeyboardInterrupt

        def popen(*arguments, **options):
            process = begin(*arguments, **options)
            started.set()
            return process

        with mock.patch.object(jobs.subprocess, "Popen", popen), self.assertRaises(KeyboardInterrupt):
            run_lanes([interrupt, lambda: self.lane(SLEEPING, "sleeps")])


if __name__ == "__main__":
    unittest.main()
