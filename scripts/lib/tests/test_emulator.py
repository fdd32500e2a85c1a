"""What is said of the LocalStack of a port when it is started."""

import contextlib
import io
import socket
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

from devtools import early, emulator, health
from devtools.arguments import parse
from devtools.emulator import Emulator
from devtools.errors import CliError


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


class PortTest(unittest.TestCase):
    """What is found out before anything is installed and built."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        patch = mock.patch.object(emulator, "LOCAL", Path(folder.name))
        patch.start()
        self.addCleanup(patch.stop)
        self.taken = socket.socket()
        self.addCleanup(self.taken.close)
        self.taken.bind(("127.0.0.1", 0))
        self.emulator = Emulator(self.taken.getsockname()[1])

    def test_a_port_that_something_else_has_is_named(self):
        self.taken.listen()

        with mock.patch.object(health, "ANSWER_SECONDS", 0.1), self.assertRaises(CliError) as refused:
            self.emulator.check_port()

        self.assertIn(f"port {self.emulator.port} of 127.0.0.1 is in use", refused.exception.message)
        self.assertIn("--port", refused.exception.hint)

    def test_what_speaks_another_protocol_is_named_too(self):
        self.taken.listen()
        threading.Thread(target=self._greet, daemon=True).start()

        with self.assertRaisesRegex(CliError, "does not answer as LocalStack does"):
            self.emulator.check_port()

    def _greet(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.taken.accept()
                with connection:
                    connection.sendall(b"SSH-2.0-OpenSSH_9.7\r\n")

    def test_a_localstack_of_somebody_else_is_named(self):
        with (
            mock.patch.object(health, "localstack_version", return_value=(4, 14, 0)),
            self.assertRaisesRegex(CliError, "was not started from this folder"),
        ):
            self.emulator.check_port()

    def test_a_localstack_of_another_clone_is_not_ours_once_ours_was_killed(self):
        for engine in ("python", "docker"):
            self._note(engine)
            with (
                self.subTest(engine),
                mock.patch.object(emulator.docker, "answers", return_value=True),
                mock.patch.object(emulator.Container, "exists", return_value=False),
                mock.patch.object(emulator.Container, "stop"),
                mock.patch.object(health, "localstack_version", return_value=(4, 14, 0)),
            ):
                with self.assertRaisesRegex(CliError, "was not started from this folder"):
                    self.emulator.check_port()

                self.assertFalse(self.emulator.stop(), "it was not stopped either")

    def test_another_engine_than_the_running_one_is_refused(self):
        self._note("docker")
        with (
            mock.patch.object(health, "localstack_version", return_value=(4, 14, 0)),
            mock.patch.object(emulator.Container, "exists", return_value=True),
        ):
            self.assertEqual("docker", self.emulator.check_port())
            self.assertEqual("docker", self.emulator.check_port("docker"))
            with self.assertRaisesRegex(CliError, "(?s)runs with --engine docker, and --engine python.*scripts/down"):
                self.emulator.check_port("python")

    def test_a_free_port_and_a_running_localstack_of_ours_are_well(self):
        self.taken.close()
        self.emulator.check_port()

        self._note("python")
        with (
            mock.patch.object(health, "localstack_version", return_value=(4, 14, 0)),
            mock.patch.object(Emulator, "_has_process", return_value=True),
        ):
            self.emulator.check_port()

    def _note(self, engine):
        self.emulator.state.mkdir(exist_ok=True)
        (self.emulator.state / "engine").write_text(engine)


class DownTest(unittest.TestCase):
    def test_one_that_cannot_be_stopped_keeps_no_other_running(self):
        broken, running = mock.Mock(url="http://a"), mock.Mock(url="http://b")
        broken.stop.side_effect = CliError("no engine answers", "start Docker")
        with (
            mock.patch.object(early.emulators, "all_started", return_value=[broken, running]),
            contextlib.redirect_stdout(io.StringIO()) as printed,
            self.assertRaisesRegex(CliError, "^error: no engine answers\nhint: start Docker$"),
        ):
            early.down(parse(["down", "--purge"]))

        self.assertIn("Stopped LocalStack at http://b", printed.getvalue())

    def test_the_folder_of_all_ports_is_not_removed_for_one(self):
        with contextlib.redirect_stderr(io.StringIO()) as printed, self.assertRaises(SystemExit):
            parse(["down", "--purge", "--port", "4599"])

        self.assertIn("not allowed with", printed.getvalue())


if __name__ == "__main__":
    unittest.main()
