"""The scripts themselves, started as a person starts them."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from fanin_cli.arguments import PARSERS
from fanin_cli.project import BENCHMARKS, SCRIPTS


class ScriptsTest(unittest.TestCase):
    def test_every_command_has_a_script_that_explains_itself_with_an_example(self):
        for command in PARSERS:
            with self.subTest(command):
                script = BENCHMARKS / "run" if command == "benchmarks" else SCRIPTS / command

                done = self._run(script, "--help")

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

    def test_a_benchmark_that_does_not_exist_is_refused_before_anything_is_built(self):
        done = self._run(BENCHMARKS / "run", "guessing")

        self.assertEqual(2, done.returncode)
        self.assertIn("there is no benchmark 'guessing'", done.stderr)

    def test_benchmarks_name_what_the_machine_lacks(self):
        with tempfile.TemporaryDirectory() as empty:
            tools = Path(empty) / "bin"
            tools.mkdir()
            for tool in ("bash", "dirname", "readlink", "python3"):
                (tools / tool).symlink_to(shutil.which(tool))

            done = self._run(BENCHMARKS / "run", environment={"PATH": str(tools), "FANIN_JAVA_HOME": empty})

        self.assertEqual(2, done.returncode)
        self.assertIn("2 things are missing", done.stderr)
        self.assertIn("No JDK 21 or newer", done.stderr)
        self.assertIn("no mvn on the PATH", done.stderr)

    def _run(self, *command, cwd=None, environment=None):
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=environment or dict(os.environ),
            capture_output=True,
            text=True,
            check=False,
        )


if __name__ == "__main__":
    unittest.main()
