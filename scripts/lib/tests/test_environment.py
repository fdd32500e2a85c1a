"""When a virtual environment counts as complete, and the messages about missing parts."""

import dataclasses
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from devtools import environment, prerequisites, pythons
from devtools.environment import Venv
from devtools.errors import CliError
from devtools.project import SCRIPTS


class ReadinessTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        root = Path(folder.name)
        self.pins = root / "requirements.txt"
        self.pins.write_text("boto3==1\n")
        self.venv = Venv("some", ("-r", str(self.pins)), self.pins)
        patched = mock.patch.object(environment, "LOCAL", root)
        patched.start()
        self.addCleanup(patched.stop)
        self.venv.folder.mkdir()

    def test_one_that_was_interrupted_is_not_ready(self):
        self.assertFalse(self.venv.is_ready)

    def test_one_that_was_installed_to_its_end_is_ready(self):
        self._finish()

        self.assertTrue(self.venv.is_ready)

    def test_changed_pins_make_it_again(self):
        self._finish()
        self.pins.write_text("boto3==2\n")

        self.assertFalse(self.venv.is_ready)

    def test_what_is_locked_is_installed_by_its_hashes_alone(self):
        self.pins.write_text("boto3==1 --hash=sha256:00\n")

        for arguments in self.venv.installations:
            self.assertIn("--require-hashes", arguments)

    def test_modules_are_compiled_when_they_are_imported_unless_their_time_is_measured(self):
        self.pins.write_text("boto3==1 --hash=sha256:00\n")
        measured = dataclasses.replace(self.venv, compiled=True)

        self.assertIn("--no-compile", self.venv.installations[-1])
        self.assertIn("--compile", measured.installations[-1])
        self.assertTrue(all("--no-compile" in venv.installations[-1] for venv in environment.EMULATORS))

    def test_the_tools_are_locked(self):
        for file in (environment.TOOLS.pinned_by, environment.BUILD_REQUIREMENTS):
            for package in file.read_text().replace("\\\n", "").splitlines():
                if "==" in package:
                    self.assertIn("--hash=sha256:", package)

    def test_a_copied_project_makes_it_again(self):
        self._finish()

        with mock.patch.object(environment, "LOCAL", self.pins.parent / "copy"):
            (self.pins.parent / "copy").mkdir()
            (self.pins.parent / "venv-some").rename(self.venv.folder)
            self.assertFalse(self.venv.is_ready)

    def test_one_whose_python_the_machine_lost_is_not_ready(self):
        self._finish()
        self.venv.python.unlink()
        self.venv.python.symlink_to("/nowhere/python3")

        self.assertFalse(self.venv.is_ready)

    def test_where_pip_fails_the_network_is_named_beside_the_log(self):
        failure = CliError("Installing with pip failed", "the whole log is in .local/log/venv-some.log")
        with (
            mock.patch.object(environment, "run_logged", side_effect=[None, failure]),
            self.assertRaisesRegex(CliError, "(?s)pip failed.*hint: .*PyPI.*PIP_INDEX_URL.*venv-some.log"),
        ):
            environment.install(self.venv)

    def test_it_is_made_by_a_python_that_does_not_lie_in_it(self):
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.venv.folder], check=True)
        library = {"PYTHONPATH": str(SCRIPTS / "lib")}
        asked = [self.venv.python, "-c", "from devtools import pythons; print(pythons.own())"]
        own = Path(subprocess.run(asked, env=library, capture_output=True, text=True, check=True).stdout.strip())

        self.assertTrue(own.is_file(), own)
        self.assertFalse(own.is_relative_to(self.venv.folder), own)

    def _finish(self):
        self.venv.python.parent.mkdir()
        self.venv.python.touch()
        (self.venv.folder / "ready").write_text(self.venv.digest())


class MissingTest(unittest.TestCase):
    def test_without_a_python_everything_that_was_looked_at_is_named(self):
        no_python = mock.patch.object(pythons, "find", return_value=None)
        nothing_installed = mock.patch.object(environment, "LOCAL", Path("/nowhere"))
        with no_python, nothing_installed, self.assertRaises(CliError) as caught:
            environment.for_emulator()

        self.assertIn("python3.13", str(caught.exception))
        self.assertIn("python3.11", str(caught.exception))

    def test_jdk_and_maven_are_named_together(self):
        nowhere = {"PATH": "/nowhere", "FANIN_JAVA_HOME": "/nowhere"}
        with mock.patch.dict("os.environ", nowhere, clear=True), self.assertRaises(CliError) as caught:
            prerequisites.build_environment()

        self.assertRegex(str(caught.exception), r"(?s)2 things are missing.*JDK 21.*Maven 3\.8\.1")

    def test_an_old_maven_is_named_with_its_version(self):
        old = mock.patch.object(prerequisites, "maven_version", return_value=(3, 6, 3))
        with old, mock.patch("shutil.which"), self.assertRaisesRegex(CliError, r"3\.6\.3.*3\.8\.1"):
            prerequisites.check_maven({})


if __name__ == "__main__":
    unittest.main()
