from __future__ import annotations

import unittest
from pathlib import Path

from support import temporary_folder

from fanin_localstack.layers import combined


class LayersTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = temporary_folder()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def file(self, name: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)

    def combined(self, *layers: str) -> Path:
        return combined(self.root / "code", [self.root / layer for layer in layers], self.root / "task")

    def test_the_function_keeps_its_own_files(self) -> None:
        self.file("code/Probe.class")
        self.file("code/META-INF/services/a.B")
        self.file("code/lib/a.jar")

        task = self.combined()

        for name in ("Probe.class", "META-INF/services/a.B", "lib/a.jar"):
            self.assertEqual(f"code/{name}", (task / name).read_text())

    def test_jars_of_layers_come_after_those_of_the_function(self) -> None:
        self.file("code/lib/z.jar")
        self.file("one/java/lib/a.jar")
        self.file("two/java/lib/a.jar")
        self.file("two/java/lib/notes.txt")
        self.file("two/other/b.jar")

        task = self.combined("one", "two")

        jars = [path.read_text() for path in sorted(task.glob("lib/*"), key=lambda path: path.name)]
        self.assertEqual(["code/lib/z.jar", "one/java/lib/a.jar", "two/java/lib/a.jar"], jars)

    def test_a_function_may_have_no_jars_of_its_own(self) -> None:
        self.file("code/Probe.class")
        self.file("one/java/lib/a.jar")

        self.assertEqual(["~0-a.jar"], [path.name for path in self.combined("one").glob("lib/*")])


if __name__ == "__main__":
    unittest.main()
