"""What the folder of a build may replace: an earlier build, and nothing of somebody's own."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

from devtools import distribution
from devtools.errors import CliError


class ReplacedFolderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "dist"
        self.folder.mkdir()

    def test_a_file_that_no_build_has_made_is_kept(self):
        self._build("template.yaml", "fanin-1.tar.gz")
        (self.folder / "notes.txt").touch()

        self._is_refused("holds notes.txt, which was not built")

    def test_a_folder_in_it_is_kept(self):
        self._build("template.yaml", "own")
        (self.folder / "own").unlink()
        (self.folder / "own").mkdir()

        self._is_refused("holds own, which was not built")

    def test_checksums_of_something_else_make_it_no_build(self):
        self._build("image.iso")

        self._is_refused("holds SHA256SUMS, which was not built")

    def test_files_without_checksums_are_kept(self):
        (self.folder / "template.yaml").touch()

        self._is_refused("holds template.yaml, which was not built")

    def test_what_an_earlier_build_has_made_is_replaced(self):
        self._build("template.yaml", "fanin-1.tar.gz", "../outside")
        outside = self.folder.parent / "outside"
        root = self.folder.parent / "sources"
        (root / distribution.python_package.BUILT).mkdir(parents=True)
        (root / "template.yaml").write_text("Resources: {}\n")
        for module in distribution.MODULES:
            (root / module / "target").mkdir(parents=True)
            (root / module / "target" / f"{module}-sbom.json").touch()

        distribution._fill(self.folder, root)

        names = {path.name for path in self.folder.iterdir()}
        self.assertEqual({"template.yaml", *(f"{module}-sbom.json" for module in distribution.MODULES)}, names)
        self.assertTrue(outside.exists())

    def _build(self, *names):
        for name in names:
            (self.folder / name).touch()
        (self.folder / "SHA256SUMS").write_text("".join(f"{'0' * 64}  {name}\n" for name in names))

    def _is_refused(self, why):
        before = set(self.folder.iterdir())
        started = AssertionError("it was built")
        with (
            mock.patch.object(distribution.prerequisites, "build_environment", side_effect=started),
            self.assertRaisesRegex(CliError, why),
        ):
            distribution.make(self.folder)
        self.assertEqual(before, set(self.folder.iterdir()))


if __name__ == "__main__":
    unittest.main()
