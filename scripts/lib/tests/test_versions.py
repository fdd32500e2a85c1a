"""What is released together is of one version, which the changelog has."""

import re
import unittest

from devtools.distribution import MADE
from devtools.project import ROOT

OWN = re.compile(r"<groupId>io\.fanin</groupId>\s*<artifactId>[\w-]+</artifactId>\s*<version>([^<]+)</version>")
NAMED = re.compile(r"<fanin\.version>([^<]+)<")
NO_RELEASE = ("${project.version}", "${fanin.version}")


class VersionsTest(unittest.TestCase):
    def setUp(self):
        self.version = re.search(r"^  <version>(.*)</version>$", (ROOT / "pom.xml").read_text(), re.MULTILINE)[1]

    def test_all_poms_have_it(self):
        poms = [pom for pom in ROOT.rglob("pom.xml") if not MADE(None, pom.relative_to(ROOT).parts)]
        for pom in poms:
            text = pom.read_text()
            named = {one for pattern in (OWN, NAMED) for one in pattern.findall(text)} - {*NO_RELEASE}
            with self.subTest(pom.relative_to(ROOT)):
                self.assertEqual({self.version}, named)

    def test_the_stack_has_it(self):
        outputs = (ROOT / "template.yaml").read_text().partition("\nOutputs:\n")[2]

        self.assertEqual(self.version, re.search(r"^  Version:\n.*\n    Value: (.*)$", outputs, re.MULTILINE)[1])

    def test_the_changelog_has_a_section_of_a_release(self):
        changelog = (ROOT / "CHANGELOG.md").read_text()

        self.assertIn("\n## [Unreleased]\n", changelog)
        if not self.version.endswith("-SNAPSHOT"):
            self.assertRegex(changelog, rf"\n## \[{re.escape(self.version)}\] - \d{{4}}-\d\d-\d\d\n")


if __name__ == "__main__":
    unittest.main()
