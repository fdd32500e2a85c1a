"""What commands ask a person."""

import contextlib
import io
import unittest
from unittest import mock

from devtools import commands
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


if __name__ == "__main__":
    unittest.main()
