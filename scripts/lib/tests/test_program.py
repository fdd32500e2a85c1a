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
        released = 'JAVA_VERSION="21"\n'
        files = {"jdk/bin/java": JAVA, "jdk/release": released, "lib/cli-1.jar": ""}
        for path, text in ((self.root / name, text) for name, text in files.items()):
            path.parent.mkdir(parents=True, exist_ok=True)
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


class JavaVersionTest(unittest.TestCase):
    """By the file `release` of a JDK, or by the program itself where no such file is beside it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.lib = self.root / "lib"
        self.lib.mkdir()
        self.java = self.root / "jdk" / "bin" / "java"
        self.java.parent.mkdir(parents=True)
        self._says("")

    def test_older_java_is_refused_by_name(self):
        for version in ("17.0.15", "1.8.0_402", "20"):
            with self.subTest(version):
                self._released(version)

                done = self._fanin()

                self.assertEqual(2, done.returncode)
                self.assertIn(f"/jdk/bin/java is Java {version.partition('.')[0]}: fanin needs Java 21", done.stderr)
                self.assertIn("hint: get one from", done.stderr)
                self.assertNotIn("started", done.stdout)

    def test_newer_java_is_started(self):
        for version in ("21", "21.0.2", "25-ea"):
            with self.subTest(version):
                self._released(version)

                self.assertEqual("started\n", self._fanin().stdout)

    def test_links_on_the_path_are_followed_to_the_jdk(self):
        self._released("17.0.15")
        path = self.root / "bin"
        path.mkdir()
        (path / "java").symlink_to("../alternatives")
        (self.root / "alternatives").symlink_to(self.java)

        done = self._fanin(JAVA_HOME="", PATH=f"{path}:{os.environ['PATH']}")

        self.assertIn("is Java 17", done.stderr)

    def test_java_without_that_file_is_asked(self):
        self._says('Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "11.0.1" 2018-10-16')
        self.assertIn("is Java 11", self._fanin().stderr)

        self._says('openjdk version "21" 2023-09-19')
        self.assertEqual("started\n", self._fanin().stdout)

    def test_a_stub_that_finds_no_java_is_refused(self):
        self._says("Unable to locate a Java Runtime.", code=1)

        done = self._fanin()

        self.assertEqual(2, done.returncode)
        self.assertIn("does not start (Unable to locate a Java Runtime.)", done.stderr)

    def test_numbers_have_the_digits_of_sql_and_json_wherever_the_person_is(self):
        self._released("21")
        self.java.write_text('#!/bin/sh\necho "$@"\n')

        self.assertIn(" -Duser.language=en -Duser.country=US ", self._fanin().stdout)

    def test_names_of_partitions_are_read_and_written_in_utf_8_without_a_locale_too(self):
        self._released("21")
        self.java.write_text('#!/bin/sh\necho "$LC_ALL"\n')

        uninstalled = {"LANG": "xx_YY.UTF-8"}, {"LC_CTYPE": "xx_YY.UTF-8"}, {"LC_ALL": "xx_YY.UTF-8"}
        for given in ({}, {"LANG": "C"}, {"LC_ALL": "POSIX", "LANG": "C.UTF-8"}, {"LANG": ""}, *uninstalled):
            with self.subTest(given):
                self.assertEqual("C.UTF-8\n", self._fanin(**given).stdout)
        for given in ({"LANG": "C.UTF-8"}, {"LC_CTYPE": "C.utf8"}):
            with self.subTest(given):
                self.assertEqual("\n", self._fanin(**given).stdout)

    def test_the_systems_words_are_in_english(self):
        self._released("21")
        self.java.write_text('#!/bin/sh\necho "$LC_ALL:$LC_MESSAGES:$LC_CTYPE:$LANG"\n')
        charmap = self.root / "bin" / "locale"
        charmap.parent.mkdir()
        charmap.write_text("#!/bin/sh\necho UTF-8\n")
        charmap.chmod(0o755)
        path = f"{charmap.parent}:{os.environ['PATH']}"

        self.assertEqual(":C::es_ES.UTF-8\n", self._fanin(LANG="es_ES.UTF-8", PATH=path).stdout)
        self.assertEqual(
            ":C:es_ES.UTF-8:es_ES.UTF-8\n",
            self._fanin(LC_ALL="es_ES.UTF-8", LC_MESSAGES="ja_JP.UTF-8", PATH=path).stdout,
        )

    def test_a_service_without_a_home_starts_it_too(self):
        self._released("21")

        # Nobody may write to a folder that does not exist.
        done = self._fanin(FANIN_LIB=str(self.root / "other"))

        self.assertEqual("started\n", done.stdout, done.stderr)

    def _released(self, version):
        (self.root / "jdk" / "release").write_text(f'IMPLEMENTOR="Test"\nJAVA_VERSION="{version}"\nOS_ARCH="x86"\n')

    def _says(self, version, code=0):
        self.java.write_text(
            f"#!/bin/sh\nif [ \"$1\" = -version ]; then echo '{version}' >&2; exit {code}; fi\necho started\n"
        )
        self.java.chmod(0o755)

    def _fanin(self, **variables):
        environment = {"PATH": os.environ["PATH"], "JAVA_HOME": str(self.root / "jdk"), "FANIN_LIB": str(self.lib)}
        return subprocess.run(
            [PROGRAM, "--version"], capture_output=True, text=True, env={**environment, **variables}, check=False
        )


if __name__ == "__main__":
    unittest.main()
