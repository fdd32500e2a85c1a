"""What is said of the LocalStack of a port when it is started."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from devtools import emulator, health
from devtools.emulator import Emulator


class StartTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for patch in (
            mock.patch.object(emulator, "LOCAL", Path(folder.name)),
            mock.patch.object(health, "localstack_version", return_value=None),
            mock.patch.object(emulator, "_run"),
            mock.patch.object(emulator.environment, "for_emulator", return_value=mock.Mock(folder="venv")),
        ):
            patch.start()
            self.addCleanup(patch.stop)
        self.emulator = Emulator(4700)

    def test_after_a_kill_it_says_that_buckets_and_tables_are_gone(self):
        self.assertEqual("", self._start())

        self.assertIn("it is empty now, without the buckets and tables of before", self._start())

    def test_after_a_stop_it_says_nothing_of_that(self):
        self._start()
        self.emulator.stop()

        self.assertEqual("", self._start())

    def test_its_log_is_that_of_its_engine(self):
        self._start()
        (self.emulator.state / "emulator.log").write_text("AWS s3.GetObject => 200\n")
        self.assertEqual("AWS s3.GetObject => 200\n", self.emulator.log())

        (self.emulator.state / "engine").write_text("docker")
        with mock.patch.object(emulator.Container, "log", return_value="of the container"):
            self.assertEqual("of the container", self.emulator.log())

    def _start(self) -> str:
        """Returns what is printed on the error stream."""
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as warnings:
            self.emulator.start("python")
        return warnings.getvalue()


if __name__ == "__main__":
    unittest.main()
