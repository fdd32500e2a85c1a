"""What becomes a release on GitHub, which a program in the place of its command line writes down."""

import hashlib
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from devtools.project import SCRIPTS

POM = "<project>\n  <version>1.2.0</version>\n</project>\n"
CHANGELOG = (
    "# Changelog\n\n## [Unreleased]\n\n- Later.\n\n## [1.2.0] - 2026-11-01\n\n### Added\n- New.\n\n## [1.1.0]\n- Old.\n"
)


class PublishTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name in ("scripts", "bin", "dist"):
            (self.root / name).mkdir()
        shutil.copy(SCRIPTS / "publish", self.root / "scripts")
        (self.root / "pom.xml").write_text(POM)
        (self.root / "CHANGELOG.md").write_text(CHANGELOG)
        (self.root / "dist" / "detector.zip").write_bytes(b"zip")
        digest = hashlib.sha256(b"zip").hexdigest()
        (self.root / "dist" / "SHA256SUMS").write_text(f"{digest}  detector.zip\n")
        gh = self.root / "bin" / "gh"
        gh.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
        gh.chmod(0o755)

    def test_release_has_the_notes_of_its_version_alone(self):
        done = self._publish("v1.2.0")

        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("### Added\n- New.", done.stdout)
        self.assertNotIn("Later", done.stdout)
        self.assertNotIn("Old", done.stdout)
        self.assertIn("dist/detector.zip\n", done.stdout)

    def test_tag_of_another_version_is_refused(self):
        self._is_refused("v1.3.0", "pom.xml is 1.2.0")

    def test_version_without_notes_is_refused(self):
        (self.root / "CHANGELOG.md").write_text("## [Unreleased]\n- Later.\n")

        self._is_refused("v1.2.0", "says nothing of 1.2.0")

    def test_files_that_are_not_what_was_built_are_refused(self):
        (self.root / "dist" / "detector.zip").write_bytes(b"other")

        self._is_refused("v1.2.0", "detector.zip")

    def test_an_exported_cdpath_leads_to_no_other_clone(self):
        (self.root / "other" / "scripts").mkdir(parents=True)

        done = self._publish("v1.2.0", script="scripts/publish", CDPATH=str(self.root / "other"))

        self.assertEqual(0, done.returncode, done.stderr)

    def _is_refused(self, tag, why):
        done = self._publish(tag)

        self.assertEqual(1, done.returncode)
        self.assertIn(why, done.stderr + done.stdout)
        self.assertNotIn("release\ncreate", done.stdout)

    def _publish(self, tag, script=None, **variables):
        environment = {"PATH": f"{self.root / 'bin'}:/usr/bin:/bin", **variables}
        command = [script or self.root / "scripts" / "publish", tag]
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    unittest.main()
