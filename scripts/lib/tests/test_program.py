"""The script that starts the command line, with a JVM that only notes what it is told."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[3] / "cli" / "bin" / "fanin"
EARLIER = 1_000_000_000
JAVA = """#!/usr/bin/env bash
for word in "$@"; do
    case $word in
    -XX:ArchiveClassesAtExit=*) touch "${word#*=}"; echo makes ;;
    -XX:SharedArchiveFile=*) echo uses ;;
    --enable-native-access=*) echo with native access ;;
    esac
done
exit "${CODE:-0}"
"""


class ClassArchiveTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.lib = self.root / "lib"
        for path, text in ((self.root / "jdk/bin/java", JAVA), (self.lib / "cli-1.jar", "")):
            path.parent.mkdir(parents=True)
            path.write_text(text)
            path.chmod(0o755)
            os.utime(path, (EARLIER, EARLIER))

    def test_the_first_command_with_aws_makes_the_archive_that_later_ones_use(self):
        self.assertEqual((0, "makes\n"), self._fanin("status", "a.b"))
        self.assertEqual((0, "uses\n"), self._fanin("status", "a.b"))
        self.assertEqual((0, "uses\n"), self._fanin("--version"))
        self.assertEqual(2, len(list(self.lib.iterdir())))

    def test_an_archive_older_than_a_jar_is_made_again(self):
        self._fanin("status", "a.b")
        archive = next(self.lib.glob("*.jsa"))
        os.utime(archive, (EARLIER - 10, EARLIER - 10))

        self.assertEqual((0, "makes\n"), self._fanin("run", "spec.json"))

    def test_commands_that_fail_leave_no_archive(self):
        for code in (2, 130):
            self.assertEqual((code, "makes\n"), self._fanin("run", "spec.json", code=code))
            self.assertEqual(["cli-1.jar"], [path.name for path in self.lib.iterdir()])

    def test_a_table_that_is_partial_is_no_failure(self):
        self.assertEqual((1, "makes\n"), self._fanin("run", "spec.json", code=1))
        self.assertEqual((1, "uses\n"), self._fanin("run", "spec.json", code=1))

    def test_commands_that_load_little_make_no_archive(self):
        for words in (("--version",), ("validate", "spec.json"), ("query", "select 1")):
            with self.subTest(words):
                self.assertNotIn("makes", self._fanin(*words)[1])

    def test_only_commands_that_open_duckdb_ask_for_native_access(self):
        for words in (("query", "select 1"), ("init", "s3://landing/orders/"), ("init", "--region=r", "s3://a/b/")):
            with self.subTest(words):
                self.assertIn("with native access", self._fanin(*words)[1])
        for words in (("validate", "spec.json"), ("init", "analytics.flights"), ("run", "spec.json")):
            with self.subTest(words):
                self.assertNotIn("with native access", self._fanin(*words)[1])

    def _fanin(self, *words, code=0):
        environment = {
            "PATH": os.environ["PATH"],
            "JAVA_HOME": str(self.root / "jdk"),
            "FANIN_LIB": str(self.lib),
            "CODE": str(code),
        }
        done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, env=environment, check=False)
        self.assertEqual("", done.stderr)
        return done.returncode, done.stdout


if __name__ == "__main__":
    unittest.main()
