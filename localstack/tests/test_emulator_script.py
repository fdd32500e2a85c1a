from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import unittest
from pathlib import Path

import psutil
from support import emulator, free_port, temporary_folder

FAKE_LOCALSTACK = """\
import http.server, os, sys, time
mode = os.environ.get("FAKE_MODE", "healthy")
print("environment:", sorted(os.environ), "ric:", os.environ.get("FANIN_RIC_DIR"), flush=True)
if mode == "ends":
    sys.exit("it went wrong")
if mode == "silent":
    time.sleep(60)
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *args):
        pass
host, port = os.environ["GATEWAY_LISTEN"].split(":")
if mode == "spawns":
    os.system("sleep 60 &")
http.server.HTTPServer((host, int(port)), Health).serve_forever()
"""


def in_group(process: psutil.Process, group: int) -> bool:
    try:
        return os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.Error):
        return False


class EmulatorScriptTest(unittest.TestCase):
    """With a virtual environment whose "LocalStack" is a few lines, so that each case takes a moment."""

    def setUp(self) -> None:
        folder = temporary_folder()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.state = self.root / "state"
        self.port = free_port()
        module = self.root / "localstack.py"
        module.write_text(FAKE_LOCALSTACK)
        python = self.root / "venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{module}" "$@"\n')
        python.chmod(0o755)
        self.addCleanup(emulator, "stop", "--state", str(self.state))

    def start(self, mode: str = "healthy", **options: object) -> tuple[int, str]:
        options = {"venv": self.root / "venv", "port": self.port, "state": self.state, "timeout": 10, **options}
        arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        run = emulator("start", *arguments, env={"FAKE_MODE": mode, "AWS_PROFILE": "production"})
        return run.returncode, run.stdout + run.stderr

    def status(self) -> int:
        return emulator("status", "--state", str(self.state)).returncode

    @property
    def note(self) -> Path:
        return self.state / "emulator.json"

    def pid(self) -> int:
        return json.loads(self.note.read_text())["pid"]

    def test_it_starts_once_and_stops(self) -> None:
        self.assertEqual(3, self.status())
        code, line = self.start()
        self.assertEqual((0, 1), (code, line.count("\n")), line)
        self.assertIn(f"Running at http://127.0.0.1:{self.port}", line)
        self.assertEqual(0, self.status())
        self.assertIn("Already running", self.start()[1])

        stop = emulator("stop", "--state", str(self.state))

        self.assertEqual((0, 3), (stop.returncode, self.status()))
        self.assertEqual(0, emulator("stop", "--state", str(self.state)).returncode)

    def test_the_callers_aws_settings_do_not_reach_it(self) -> None:
        self.start()

        log = (self.state / "emulator.log").read_text()
        self.assertIn("GATEWAY_LISTEN", log)
        self.assertNotIn("AWS_PROFILE", log)

    def test_the_folder_of_the_jars_may_be_relative(self) -> None:
        self.start(ric="some/ric")

        self.assertIn(f"ric: {Path.cwd().resolve() / 'some/ric'}", (self.state / "emulator.log").read_text())

    def test_a_port_that_somebody_else_has_is_an_error(self) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", self.port))
            other.listen()
            code, line = self.start()

        self.assertEqual(1, code)
        self.assertIn(f"Port {self.port} of 127.0.0.1 is taken", line)
        self.assertEqual(3, self.status())

    def test_another_port_while_it_runs_is_an_error(self) -> None:
        self.start()

        code, line = self.start(port=free_port())

        self.assertEqual(1, code)
        self.assertIn(f"running on port {self.port} already", line)

    def test_an_emulator_that_ends_is_noticed_at_once(self) -> None:
        started = time.monotonic()
        code, line = self.start(mode="ends", timeout=60)

        self.assertEqual(1, code)
        self.assertIn("it went wrong", line)
        self.assertLess(time.monotonic() - started, 10)

    def test_the_wait_is_bounded_and_leaves_no_process(self) -> None:
        code, line = self.start(mode="silent", timeout=1)

        self.assertEqual(1, code)
        self.assertIn("after 1 seconds", line)
        self.assertEqual(3, self.status())

    def test_stopping_ends_what_the_emulator_started(self) -> None:
        self.start(mode="spawns")
        group = self.pid()

        emulator("stop", "--state", str(self.state))

        self.assertEqual([], [process for process in psutil.process_iter() if in_group(process, group)])

    def test_a_killed_emulator_is_not_running_and_can_be_started_again(self) -> None:
        self.start()
        os.killpg(self.pid(), signal.SIGKILL)
        time.sleep(0.2)

        self.assertEqual(3, self.status())
        self.assertEqual(0, self.start()[0])

    def test_another_clones_emulator_that_has_got_the_pid_goes_on(self) -> None:
        self.start()
        theirs = [sys.executable, "-c", "import time; time.sleep(60)", "-m", "localstack.runtime.main", "another mark"]
        other = subprocess.Popen(theirs, start_new_session=True)
        self.addCleanup(other.wait)
        self.addCleanup(other.kill)
        ours = json.loads(self.note.read_text())
        for note in ({**ours, "pid": other.pid}, {"pid": other.pid, "port": self.port}):
            with self.subTest(note):
                self.note.write_text(json.dumps(note))

                self.assertEqual(3, self.status())
                self.assertEqual("Not running\n", emulator("stop", "--state", str(self.state)).stdout)

                self.assertIsNone(other.poll())
        self.note.write_text(json.dumps(ours))

    def test_a_folder_that_is_no_virtual_environment_is_an_error(self) -> None:
        code, line = self.start(venv="/does/not/exist")

        self.assertEqual(1, code)
        self.assertIn("/does/not/exist is no virtual environment", line)


if __name__ == "__main__":
    unittest.main()
