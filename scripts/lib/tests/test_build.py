"""When the functions are built."""

import os
import tempfile
import unittest
from pathlib import Path

from devtools import build

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


if __name__ == "__main__":
    unittest.main()
