"""When the functions are built."""

import io
import os
import tempfile
import threading
import time
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

from devtools import build, jobs

EARLIER, NOW, LATER = 1_000_000_000, 1_000_000_100, 1_000_000_200


class UncheckedTest(unittest.TestCase):
    def test_maven_forgets_what_error_prone_has_not_checked_once(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            known = root / "core/target/maven-status/maven-compiler-plugin/compile/default-compile"
            for marked in (False, True, False):
                known.mkdir(parents=True, exist_ok=True)
                if marked:
                    (root / build.UNCHECKED).parent.mkdir()
                    (root / build.UNCHECKED).touch()
                build.forget_unchecked(root)
                self.assertEqual(not marked, known.exists())


class StalenessTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for module in build.MODULES:
            self._write(f"{module}/pom.xml")
            self._write(f"{module}/src/main/java/A.java")
        self._write("pom.xml")
        for function in build.FUNCTIONS:
            self._write(f"{function}/target/{function}.zip")
        for path in [*self.root.rglob("*")]:
            os.utime(path, (EARLIER, EARLIER))
        for function in build.FUNCTIONS:
            os.utime(build.function_zip(function, self.root), (NOW, NOW))

    def test_zips_newer_than_their_sources_stand(self):
        self.assertFalse(build.is_stale(self.root))

    def test_a_missing_zip_is_built(self):
        build.function_zip("detector", self.root).unlink()

        self.assertTrue(build.is_stale(self.root))

    def test_a_newer_source_of_any_module_is_built(self):
        for changed in (
            "core/src/main/java/A.java",
            "processor/src/main/java/A.java",
            "table-creator/pom.xml",
            "pom.xml",
        ):
            with self.subTest(changed):
                os.utime(self.root / changed, (LATER, LATER))
                self.assertTrue(build.is_stale(self.root))
                os.utime(self.root / changed, (EARLIER, EARLIER))

    def test_a_removed_source_is_noticed_by_its_folder(self):
        os.utime(self.root / "core/src/main/java", (LATER, LATER))

        self.assertTrue(build.is_stale(self.root))

    def test_tests_do_not_count(self):
        self._write("core/src/test/java/ATest.java")

        self.assertFalse(build.is_stale(self.root))

    def _write(self, name):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")


class BuildingTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name, value in (("ROOT", self.root), ("LOCAL", self.root / ".local"), ("JAVA_HOME", self.root / "home")):
            patched = mock.patch.object(build, name, value)
            patched.start()
            self.addCleanup(patched.stop)

    def test_a_source_that_is_changed_during_the_build_is_newer_than_what_was_built(self):
        zips = [self.root / f"{function}.zip" for function in build.FUNCTIONS]
        source = self.root / "A.java"

        def maven(*_):
            time.sleep(0.05)
            source.touch()
            for path in zips:
                path.touch()

        (self.root / "target").mkdir()
        with (
            mock.patch.object(build, "run_logged", maven),
            mock.patch.object(build, "function_zip", lambda function: self.root / f"{function}.zip"),
        ):
            build.build_functions({"JAVA_HOME": "/jdk"})

        self.assertGreater(source.stat().st_mtime, max(path.stat().st_mtime for path in zips))

    def test_two_builds_do_not_write_into_one_folder_at_the_same_time(self):
        running, most = [], []

        def maven(*_):
            running.append(1)
            most.append(len(running))
            time.sleep(0.2)
            running.pop()

        with (
            mock.patch.object(build, "run_logged", maven),
            mock.patch.object(jobs, "LOCAL", self.root),
            mock.patch.object(build.prerequisites, "build_environment", return_value={"JAVA_HOME": "/jdk"}),
            redirect_stdout(io.StringIO()),
        ):
            threads = [threading.Thread(target=build.build_fanin) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

        self.assertEqual([1, 1], most)


if __name__ == "__main__":
    unittest.main()
