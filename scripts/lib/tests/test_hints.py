"""Commands that are named as the next one talk to the same stack and the same endpoint."""

import unittest
from unittest import mock

from devtools import project
from devtools.project import Given, command


class HintsTest(unittest.TestCase):
    def command(self, *words: str, **given: object) -> str:
        with (
            mock.patch.object(project, "GIVEN", Given(**given)),
            mock.patch.object(project.Path, "cwd", lambda: project.ROOT),
        ):
            return command(*words)

    def test_what_was_left_to_the_defaults_is_not_repeated(self):
        self.assertEqual("scripts/fanin redrive x", self.command("fanin", "redrive", "x"))
        self.assertEqual("scripts/down", self.command("down"))

    def test_the_stack_is_repeated(self):
        self.assertEqual("scripts/fanin run --stack lake-2", self.command("fanin", "run", stack="lake-2"))
        self.assertEqual("scripts/down", self.command("down", stack="lake-2"))

    def test_the_port_is_repeated_as_the_command_takes_it(self):
        self.assertEqual("scripts/demo --port 4599", self.command("demo", port=4599))
        self.assertEqual("scripts/fanin run --port 4599", self.command("fanin", "run", port=4599))
        self.assertEqual("scripts/deploy --port 4599", self.command("deploy", port=4599))

    def test_the_port_is_repeated_where_the_environment_says_aws(self):
        with mock.patch.dict("os.environ", {"FANIN_AWS": "1"}):
            self.assertEqual("scripts/deploy --port 4566", self.command("deploy"))

    def test_a_release_has_fanin_where_it_is_unpacked(self):
        with mock.patch.object(project, "is_release", lambda: True):
            self.assertEqual("fanin status --stack dev", self.command("fanin", "status", "--stack", "dev"))

    def test_aws_is_repeated(self):
        self.assertEqual("scripts/deploy --aws --stack a", self.command("deploy", stack="a", aws=True))


if __name__ == "__main__":
    unittest.main()
