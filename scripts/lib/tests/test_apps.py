"""The samples that are projects of their own."""

import re
import tempfile
import unittest
from pathlib import Path

from devtools import apps
from devtools.project import ROOT, SAMPLES


class AppsTest(unittest.TestCase):
    def test_samples_have_no_parent_and_the_version_of_the_repository(self):
        version = re.search(r"^  <version>(.*)</version>$", (ROOT / "pom.xml").read_text(), re.MULTILINE)[1]
        for name in apps.BUILT:
            with self.subTest(name):
                pom = (SAMPLES / name / "pom.xml").read_text()
                self.assertNotIn("<parent>", pom)
                self.assertIn(f"<fanin.version>{version}</fanin.version>", pom)

    def test_the_docs_say_how_the_libraries_are_installed(self):
        for page, modules in apps.LIBRARIES.items():
            with self.subTest(page):
                self.assertIn(f"{' '.join(apps.install(modules))}\n", (ROOT / "docs" / page).read_text())

    def test_a_local_repository_apart_has_nothing_of_the_projects_own(self):
        with tempfile.TemporaryDirectory() as folder:
            shared = Path(folder) / "shared"
            for name in ("org/junit", "io/trino", "io/fanin/model"):
                (shared / name).mkdir(parents=True)

            apart = apps._apart(shared, Path(folder) / "apart")

            self.assertTrue((apart / "org" / "junit").is_dir())
            self.assertTrue((apart / "io" / "trino").is_dir())
            self.assertFalse((apart / "io" / "fanin").exists())

            (apart / "io" / "fanin").mkdir()
            self.assertEqual(["model"], [path.name for path in (shared / "io" / "fanin").iterdir()])


if __name__ == "__main__":
    unittest.main()
