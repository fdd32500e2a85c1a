"""The archive that deploys a release, on a machine that has Python and nothing else of what builds it."""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from devtools import arguments, endpoint, project, release, smoke
from devtools.errors import CliError
from devtools.project import ROOT

ENDPOINT = {"AWS_ENDPOINT_URL": "http://localhost:1"}


class ArchiveTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.built = self._built("built")
        release.pack(self.built, ROOT)
        (self.archive,) = self.built.glob("*.tar")

    def test_it_holds_all_that_the_template_names(self):
        with tarfile.open(self.archive) as content:
            names = {name.partition("/")[2] for name in content.getnames()}

        self.assertLessEqual(
            {"README.md", "samconfig.toml", "template.yaml", "a.asl.json", "detector.zip", "fanin-1.tar.gz"}, names
        )
        self.assertNotIn("SHA256SUMS", names)

    def test_it_is_the_same_bytes_whenever_and_wherever_it_is_made(self):
        other = self._built("other")
        for path in other.iterdir():
            path.chmod(0o600)
            os.utime(path, (1_000_000_000, 1_000_000_000))
        release.pack(other, ROOT)

        self.assertEqual(self.archive.read_bytes(), (other / self.archive.name).read_bytes())

    def test_what_deploys_starts_without_maven_java_and_sources(self):
        unpacked = self._unpacked()

        for words, code, said in (
            (["--help"], 0, "usage: scripts/deploy"),
            (["--prot", "1"], 2, "--prot"),
        ):
            with self.subTest(words):
                done = self._deploy(unpacked, *words)

                self.assertEqual(code, done.returncode, done.stderr)
                self.assertIn(said, done.stdout + done.stderr)

    def test_no_module_that_deploys_needs_what_is_not_in_it(self):
        unpacked = self._unpacked()
        program = "from devtools import commands, project; assert project.is_release()"

        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=unpacked,
            env={"PYTHONPATH": str(unpacked / "scripts" / "lib")},
            capture_output=True,
            text=True,
            check=False,
        )

        self.assertEqual((0, ""), (done.returncode, done.stderr))

    def _unpacked(self):
        with tarfile.open(self.archive) as content:
            content.extractall(self.root, filter="data")
        return self.root / self.archive.stem

    def _deploy(self, unpacked, *words):
        path = self.root / "path"
        if not path.exists():
            path.mkdir()
            for tool in ("bash", "dirname", "env", "readlink"):
                (path / tool).symlink_to(shutil.which(tool))
            (path / "python3").symlink_to(sys.executable)
        command = [unpacked / "scripts" / "deploy", *words]
        return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False)

    def _built(self, name):
        folder = self.root / name
        folder.mkdir()
        for built in ("template.yaml", "a.asl.json", "detector.zip", "fanin-1.tar.gz", "SHA256SUMS", "cli-sbom.json"):
            (folder / built).write_text(built)
        return folder


class UnpackedTest(unittest.TestCase):
    """The decisions that differ where there are no sources."""

    def setUp(self):
        for module in (arguments, endpoint):
            patched = mock.patch.object(module, "is_release", return_value=True)
            patched.start()
            self.addCleanup(patched.stop)

    def test_nothing_is_built(self):
        self.assertFalse(arguments.builds(arguments.parse(["deploy", "dev", "--aws"])))

    def test_no_emulator_is_started(self):
        with mock.patch.dict(os.environ, clear=True):
            for words in (["deploy", "dev"], ["deploy", "dev", "--port", "4599"]):
                self.assertFalse(arguments.starts_emulator(arguments.parse(words)))

    def test_where_no_emulator_answers_aws_is_named(self):
        with self.assertRaises(CliError) as refused:
            endpoint.local(ENDPOINT["AWS_ENDPOINT_URL"], {}).check()

        self.assertEqual("deploy to AWS with --aws", refused.exception.hint)

    def test_the_repository_is_no_release(self):
        self.assertFalse(project.is_release())


class TrialTest(unittest.TestCase):
    """An environment is tried out with the release's own fanin, which has to start before anything is deployed."""

    def test_a_program_that_does_not_start_ends_it_before_anything_is_deployed(self):
        for code in (0, 2):
            with self.subTest(code), tempfile.TemporaryDirectory() as folder:
                source = Path(folder) / "source" / "fanin-1" / "bin"
                source.mkdir(parents=True)
                (source / "fanin").write_text(f"#!/bin/sh\nexit {code}\n")
                (source / "fanin").chmod(0o755)
                with tarfile.open(Path(folder) / "fanin-1.tar.gz", "w:gz") as archive:
                    archive.add(Path(folder) / "source" / "fanin-1", "fanin-1")

                if code:
                    with self.assertRaisesRegex(CliError, "nothing was deployed"):
                        smoke.check(Path(folder))
                else:
                    smoke.check(Path(folder))

    def test_the_repository_has_what_it_needs(self):
        with mock.patch.object(smoke.subprocess, "run") as run, tempfile.TemporaryDirectory() as folder:
            smoke.check(Path(folder))

        run.assert_not_called()


if __name__ == "__main__":
    unittest.main()
