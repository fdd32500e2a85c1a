"""What commands ask a person."""

import contextlib
import io
import unittest
from unittest import mock

from devtools import arguments, commands
from devtools.errors import CliError


class AskingTest(unittest.TestCase):
    def test_nothing_but_yes_is_an_approval(self):
        for answer, approved in (("y\n", True), (" YES\n", True), ("n\n", False), ("\n", False), ("", False)):
            with self.subTest(answer):
                self.assertEqual(approved, self._asked(answer, is_terminal=True))

    def test_without_a_terminal_the_option_is_named(self):
        with self.assertRaisesRegex(CliError, "(?s)no terminal.*--yes"):
            self._asked("y\n", is_terminal=False)

    def _asked(self, answer, is_terminal):
        given = io.StringIO(answer)
        given.isatty = lambda: is_terminal
        with mock.patch("sys.stdin", given), contextlib.redirect_stdout(io.StringIO()):
            return commands._ask()


class DeployTest(unittest.TestCase):
    def test_versions_may_differ_after_a_rollback_only(self):
        for words, is_rollback in (([], False), (["--rollback"], True)):
            with (
                self.subTest(words),
                mock.patch.object(commands, "Stack") as stack,
                mock.patch.object(commands, "smoke") as smoke,
                mock.patch.object(commands, "_local_endpoint"),
                contextlib.redirect_stdout(io.StringIO()),
            ):
                stack.return_value.outputs.return_value = {}

                self.assertEqual(0, commands.deploy(arguments.parse(["deploy", "dev", "--yes", *words])))

                self.assertEqual(is_rollback, smoke.test.call_args.args[-1])


if __name__ == "__main__":
    unittest.main()
