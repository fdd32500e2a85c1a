"""What installs fanin from a release, on a machine that has nothing but a system's own tools."""

import functools
import hashlib
import http.server
import platform
import re
import shutil
import subprocess
import tarfile
import tempfile
import threading
import unittest
from pathlib import Path

from devtools.project import ROOT

INSTALLER = ROOT / "cli" / "install.sh"
TOOLS = (
    *("bash", "cat", "cp", "curl", "gzip", "ln", "mkdir", "mktemp"),
    *("mv", "rm", "sh", "sha256sum", "tar", "uname"),
)


class InstallTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.release = self.root / "release"
        self.home = self.root / "home with space"
        for made in (self.release, self.home, self.root / "tools"):
            made.mkdir()
        for tool in (*TOOLS, "env"):
            (self.root / "tools" / tool).symlink_to(shutil.which(tool))
        shutil.copy(INSTALLER, self.release)
        self._released("1.2.0")

    def test_a_folder_is_installed_from(self):
        done = self._install(self.release)

        self.assertEqual((0, ""), (done.returncode, done.stderr))
        self.assertEqual("fanin 1.2.0\n", self._fanin())
        self.assertIn('export PATH="', done.stdout)

    def test_the_folder_of_the_script_needs_no_name(self):
        done = self._run(["sh", self.release / "install.sh"])

        self.assertEqual((0, ""), (done.returncode, done.stderr))
        self.assertEqual("fanin 1.2.0\n", self._fanin())

    def test_the_line_of_the_docs_fetches_it_from_any_url(self):
        (line,) = re.findall(r"^curl .*install\.sh.*$", (ROOT / "docs" / "cli.md").read_text(), re.MULTILINE)

        with self._served() as url:
            done = self._run(["bash", "-c", f"set -o pipefail; {line}"], FANIN_BASE=url)

        self.assertEqual((0, ""), (done.returncode, done.stderr))
        self.assertEqual("fanin 1.2.0\n", self._fanin())

    def test_another_prefix_may_be_named(self):
        self._install(self.release, self.root / "prefix")

        self.assertTrue((self.root / "prefix" / "bin" / "fanin").is_symlink())
        self.assertEqual([], list(self.home.iterdir()))

    def test_an_archive_that_is_not_what_its_checksum_says_is_not_unpacked(self):
        with next(self.release.glob("*.tar.gz")).open("ab") as archive:
            archive.write(b"\0")

        self._is_refused("is not what SHA256SUMS says: expected ", self.release)

    def test_what_the_program_lacks_is_said_before_anything_is_replaced(self):
        self._install(self.release)
        self._released("1.3.0", code=2, says="error: there is no java: fanin needs Java 21 or newer")

        done = self._install(self.release)

        self.assertEqual(2, done.returncode)
        self.assertIn("fanin needs Java 21", done.stderr)
        self.assertIn("error: nothing was installed", done.stderr)
        self.assertEqual("fanin 1.2.0\n", self._fanin())
        self.assertEqual(["fanin-1.2.0"], self._installed())

    def test_a_newer_release_takes_the_place_of_the_one_before(self):
        for version in ("1.2.0", "1.3.0", "1.3.0"):
            self._released(version)
            self.assertEqual(0, self._install(self.release).returncode)
            self.assertEqual(f"fanin {version}\n", self._fanin())

    def test_a_program_that_somebody_else_has_put_there_stays(self):
        (self.home / ".local" / "bin").mkdir(parents=True)
        other = self.home / ".local" / "bin" / "fanin"
        other.write_text("other")

        self._is_refused("was not installed by this script", self.release)
        self.assertEqual("other", other.read_text())

    def test_places_without_a_release_are_named(self):
        self._is_refused(f"there is no SHA256SUMS in {self.root}", self.root)
        with self._served() as url:
            self._is_refused(f"{url}/v1/SHA256SUMS cannot be fetched", f"{url}/v1")
        (self.release / "SHA256SUMS").write_text("0  ../fanin-1.tar.gz\n0  other.tar.gz\n")
        self._is_refused("SHA256SUMS names no fanin-<version>.tar.gz", self.release)
        shutil.copy(INSTALLER, self.root)
        done = self._run(["sh", self.root / "install.sh"])
        self.assertIn("it is not said where the release lies", done.stderr)

    @unittest.skipUnless(platform.system() == "Linux", "the libraries of this system are named here")
    def test_only_the_database_of_this_system_is_kept(self):
        self._install(self.release)

        left = [path.name for path in (self.home / ".local/share/fanin/fanin-1.2.0/lib").iterdir()]
        machine = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
        self.assertEqual([f"libduckdb_java.so_linux_{machine}"], left)

    def _is_refused(self, why, base):
        done = self._install(base)

        self.assertEqual(2, done.returncode, done.stdout)
        self.assertIn(why, done.stderr)
        self.assertEqual([], self._installed())

    def _released(self, version, code=0, says=None):
        for old in self.release.glob("fanin-*"):
            old.unlink()
        source = self.root / "source" / f"fanin-{version}"
        for folder in ("bin", "lib", "completion"):
            (source / folder).mkdir(parents=True, exist_ok=True)
        program = source / "bin" / "fanin"
        word = says or f"fanin {version}"
        program.write_text(f"#!/usr/bin/env bash\necho '{word}' >&{2 if code else 1}\nexit {code}\n")
        program.chmod(0o755)
        for system in ("linux_amd64", "linux_arm64", "osx_universal"):
            (source / "lib" / f"libduckdb_java.so_{system}").touch()
        archive = self.release / f"fanin-{version}.tar.gz"
        with tarfile.open(archive, "w:gz") as tar:
            tar.add(source, source.name)
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        (self.release / "SHA256SUMS").write_text(f"{'0' * 64}  cli-sbom.json\n{digest}  {archive.name}\n")

    def _installed(self):
        return [path.name for path in (self.home / ".local" / "share" / "fanin").glob("*")]

    def _install(self, *words):
        return self._run(["sh", INSTALLER, *words])

    def _fanin(self):
        return self._run([self.home / ".local" / "bin" / "fanin"]).stdout

    def _run(self, command, **variables):
        environment = {"PATH": str(self.root / "tools"), "HOME": str(self.home), **variables}
        return subprocess.run(
            [str(word) for word in command], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    def _served(self):
        return Served(self.release)


class Served:
    """A folder behind a URL, for as long as the context lasts."""

    def __init__(self, folder):
        handler = functools.partial(Quiet, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


if __name__ == "__main__":
    unittest.main()
