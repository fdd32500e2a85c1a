"""The scripts themselves, started as a person starts them."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from fanin_cli.arguments import PARSERS
from fanin_cli.project import SCRIPTS


class ScriptsTest(unittest.TestCase):
    def test_every_command_has_a_script_that_explains_itself_with_an_example(self):
        for command in PARSERS:
            with self.subTest(command):
                done = self._run(SCRIPTS / command, "--help")

                self.assertEqual(0, done.returncode, done.stderr)
                self.assertIn("example:", done.stdout)

    def test_a_script_works_from_any_folder_through_links(self):
        with tempfile.TemporaryDirectory(prefix="with space ") as folder:
            first, second = Path(folder) / "first", Path(folder) / "second"
            first.symlink_to(SCRIPTS / "up")
            second.symlink_to("first")

            done = self._run(second, "--help", cwd=folder)

            self.assertIn("usage: scripts/up", done.stdout)

    def test_a_misspelt_option_is_refused_before_anything_is_prepared(self):
        done = self._run(SCRIPTS / "up", "--prot", "1")

        self.assertEqual(2, done.returncode)
        self.assertIn("--prot", done.stderr)

    def _run(self, *command, cwd=None):
        return subprocess.run(
            [str(part) for part in command], cwd=cwd, env=dict(os.environ), capture_output=True, text=True, check=False
        )


if __name__ == "__main__":
    unittest.main()
