"""The loop of docs/adopt.md that saves what is known before an adoption only, with programs that answer as told."""

import re
import subprocess
import tempfile
import textwrap
import unittest
from pathlib import Path

from devtools.project import ROOT

LOOP = re.compile(r"```text\n( +mkdir -p cut-over\n.*?)```", re.DOTALL)
FANIN = """#!/bin/sh
[ -e expired ] && exit 2
cat <<END
# $2: from crawler raw to runs, and back

## Parallel: both work on the table, and readers see what they saw
# 1. Keep the table's definition.
test -e $2.before.json || aws glue get-table > $2.catalog.json
test -e $2.before.json || sed -e s/a/a/ $2.catalog.json > $2.kept.json
test -e $2.before.json || mv $2.kept.json $2.before.json
# 2. Crawler raw goes on.
touch second-step
END
[ "$2" != raw.orders ] || exit 4
"""
AWS = """#!/bin/sh
[ ! -e ../expired ] && echo '{"Name": "t"}'
"""
PRINTOUTS = ["raw.orders.txt", "raw.users.txt"]
DEFINITIONS = ["raw.orders.before.json", "raw.users.before.json"]


class AdoptionLoopTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for path in ("bin/fanin", "bin/aws", "specs/raw.orders.json", "specs/raw.users.json"):
            file = self.folder / path
            file.parent.mkdir(exist_ok=True)
            file.write_text({"fanin": FANIN, "aws": AWS}.get(file.name, "{}"))
            file.chmod(0o755)
        self.loop = textwrap.dedent(LOOP.search((ROOT / "docs/adopt.md").read_text(encoding="utf-8"))[1])

    def test_each_table_gets_printout_and_definition_also_where_a_person_decides(self):
        self._run()

        self.assertEqual([True] * 4, [self._saved(name).stat().st_size > 0 for name in PRINTOUTS + DEFINITIONS])
        self.assertFalse(self._saved("second-step").exists())

    def test_repeated_with_expired_credentials_it_keeps_what_is_saved(self):
        self._run()
        before = [self._saved(name).read_text() for name in PRINTOUTS + DEFINITIONS]

        self._run(expired=True)

        self.assertEqual(before, [self._saved(name).read_text() for name in PRINTOUTS + DEFINITIONS])

    def test_nothing_empty_passes_for_saved(self):
        self._run(expired=True)

        self.assertEqual([], [name for name in PRINTOUTS + DEFINITIONS if self._saved(name).exists()])

    def test_credentials_that_expire_after_the_printout_keep_no_empty_definition(self):
        self._run()
        for name in DEFINITIONS:
            self._saved(name).unlink()

        self._run(expired=True)

        self.assertEqual([], [name for name in DEFINITIONS if self._saved(name).exists()])

    def test_the_specs_stay_by_themselves_and_are_those_that_steps_find(self):
        self._run()

        specs = sorted((self.folder / "specs").glob("*.*.json"))
        self.assertEqual(["raw.orders.json", "raw.users.json"], [spec.name for spec in specs])
        self.assertTrue(all(self._saved(spec.name).samefile(spec) for spec in specs))

    def _run(self, expired=False):
        if expired:
            (self.folder / "expired").touch()
        path = f"{self.folder / 'bin'}:/usr/bin:/bin"
        subprocess.run(["sh", "-c", self.loop], cwd=self.folder, env={"PATH": path}, capture_output=True, check=True)

    def _saved(self, name):
        return self.folder / "cut-over" / name


if __name__ == "__main__":
    unittest.main()
