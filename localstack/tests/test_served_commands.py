"""The commands of awslocal that the docs show, each run as it stands there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

from devtools import documented
from devtools.project import ROOT
from served import REGION, ROLE, client, endpoint

PROGRAMS = Path(sys.prefix) / "bin"
MACHINE = "partition-fan-in"
PASS = {"StartAt": "Done", "States": {"Done": {"Type": "Pass", "End": True}}}


class ServedCommandsTest(unittest.TestCase):
    def test_each_command_in_the_docs_succeeds(self) -> None:
        machine = client("stepfunctions").create_state_machine(name=MACHINE, definition=json.dumps(PASS), roleArn=ROLE)[
            "stateMachineArn"
        ]
        self.addCleanup(client("stepfunctions").delete_state_machine, stateMachineArn=machine)
        client("glue").create_database(DatabaseInput={"Name": "analytics"})
        self.addCleanup(client("glue").delete_database, Name="analytics")
        client("glue").create_table(DatabaseName="analytics", TableInput={"Name": "flights"})
        shown = documented.commands("awslocal")

        self.assertTrue(shown)
        # Two pages may show the same.
        for words in dict.fromkeys(one.words for one in shown):
            with self.subTest(command=" ".join(words)):
                # A placeholder for an ARN is that of the state machine; elsewhere it is a name.
                given = [machine if word == "PLACEHOLDER" else word for word in words[1:]]
                done = _awslocal(given)

                self.assertEqual(0, done.returncode, done.stdout + done.stderr)


def _awslocal(words: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "AWS_ENDPOINT_URL": endpoint(),
        "AWS_DEFAULT_REGION": REGION,
    }
    # By its interpreter: the environment may have been made in another folder.
    command = [sys.executable, PROGRAMS / "awslocal", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


if __name__ == "__main__":
    unittest.main()
