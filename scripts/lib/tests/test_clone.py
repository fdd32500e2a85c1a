import tempfile
import unittest
from pathlib import Path

from devtools import jobs
from devtools.clone import Clone


class CloneTest(unittest.TestCase):
    def test_its_emulator_is_stopped_also_where_the_suites_were_given_up(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        down = Path(folder.name) / "scripts" / "down"
        down.parent.mkdir()
        down.write_text("#!/bin/sh\ntouch stopped\n")
        down.chmod(0o755)
        self.addCleanup(jobs._given_up.clear)

        with Clone({}) as clone:
            clone.__dict__.update(_root=Path(folder.name), _is_made=True)
            jobs._given_up.set()

        self.assertTrue((Path(folder.name) / "stopped").exists())


if __name__ == "__main__":
    unittest.main()
