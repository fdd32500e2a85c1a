"""The trial of a deployed stack, with a `fanin` that answers as it is told."""

import contextlib
import io
import json
import tarfile
import tempfile
import unittest
from pathlib import Path

from devtools import smoke
from devtools.endpoint import Endpoint
from devtools.errors import CliError

OLDER = {"name": "versions", "ok": False, "found": "the functions are of version 1.0.0, and this program of 1.1.0"}
READ = {"name": "catalog", "ok": True, "found": "read"}
HIDDEN = {"name": "state bucket", "ok": False, "found": "the state bucket may not be read"}
LEFT_OUT = {"name": "specs", "ok": False, "found": "runs of all tables leave out raw.a.json, which is INVALID"}
CRAWLED = {"name": "crawlers", "ok": False, "found": "daily updates analytics.flights"}
SPEC = "s3://lake/specs/flights.json"


class TrialTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.source = Path(folder.name)

    def test_an_older_version_of_the_functions_is_a_note_after_a_rollback(self):
        printed = self._try(4, OLDER, READ)

        self.assertIn(f"note     versions: {OLDER['found']}\nok       catalog: read\n", printed)
        self.assertIn("$ fanin plan", printed)
        self.assertEqual(["doctor", "plan"], self._called())

    def test_the_same_version_is_well(self):
        self.assertIn("ok       versions: 1.1.0\n", self._try(0, {"name": "versions", "ok": True, "found": "1.1.0"}))

    def test_any_other_problem_says_that_the_stack_does_not_work(self):
        with self.assertRaisesRegex(CliError, "fanin doctor ended with 4: the stack dev is deployed and does not work"):
            self._try(4, OLDER, HIDDEN)

        self.assertEqual(["doctor"], self._called())

    def test_a_program_that_fails_says_so(self):
        with self.assertRaisesRegex(CliError, "fanin doctor ended with 2"):
            self._try(2)

    def test_after_a_deployment_versions_have_to_be_the_same(self):
        with self.assertRaisesRegex(CliError, "fanin doctor ended with 4"):
            self._try(4, OLDER, is_rollback=False)

    def test_mistakes_of_those_who_own_tables_are_notes(self):
        for is_rollback in (False, True):
            with self.subTest(is_rollback=is_rollback):
                printed = self._try(4, READ, LEFT_OUT, CRAWLED, is_rollback=is_rollback)

                self.assertIn(f"note     specs: {LEFT_OUT['found']}\nnote     crawlers: {CRAWLED['found']}\n", printed)
                self.assertIn("$ fanin plan", printed)

    def test_such_mistakes_hide_no_other_problem(self):
        with self.assertRaisesRegex(CliError, "fanin doctor ended with 4"):
            self._try(4, LEFT_OUT, HIDDEN, is_rollback=False)

    def _try(self, code, *checks, is_rollback=True):
        """Returns what is printed."""
        self._install(code, json.dumps({"ok": code == 0, "checks": checks}) if checks else "")
        # A file, as the programs that are called write to it, too.
        with tempfile.TemporaryFile("w+") as output, contextlib.redirect_stdout(output):
            smoke.test(Endpoint("http://127.0.0.1:1", "us-east-1"), "dev", SPEC, self.source, is_rollback)
            output.seek(0)
            return output.read()

    def _install(self, code, answer):
        script = f"""#!/bin/sh
echo "$1" >> '{self.source}/called'
[ "$1" = doctor ] || exit 1
cat <<'END'
{answer}
END
exit {code}
"""
        member = tarfile.TarInfo("fanin-1/bin/fanin")
        member.mode, member.size = 0o755, len(script)
        with tarfile.open(self.source / "fanin-1.tar.gz", "w:gz") as archive:
            archive.addfile(member, io.BytesIO(script.encode()))

    def _called(self):
        return (self.source / "called").read_text().split()


if __name__ == "__main__":
    unittest.main()
