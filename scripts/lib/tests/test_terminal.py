"""Nothing that came in from outside acts on the terminal, or is a command in the log of a workflow."""

import io
import unittest
from contextlib import redirect_stderr, redirect_stdout
from unittest import mock

from devtools import __main__ as entry
from devtools import early
from devtools.errors import CliError
from devtools.project import say, warn
from devtools.terminal import harmless

HOSTILE = "dt=\x1b]0;x\x07\x1b[2J\r\u202e\u2028\x9b\ud800"


class TerminalTest(unittest.TestCase):
    def test_characters_that_act_become_question_marks(self):
        self.assertEqual("  | a\u00e9 \U0001f600 dt=?]0;x??[2J?????", harmless("  | a\u00e9 \U0001f600 " + HOSTILE))

    def test_ordinary_text_stays_as_it_is(self):
        for text in ("", "a: b", "a::b", "  {x} -> 'y'", "# heading", "one\n\ntwo"):
            with self.subTest(text):
                self.assertEqual(text, harmless(text))
        self.assertEqual("a    b\nc", harmless("a\tb\r\nc"))

    def test_no_line_is_a_command_of_a_workflow(self):
        self.assertEqual("?:error::x", harmless("::error::x"))
        self.assertEqual("a\n  ?:set-output name=x::y", harmless("a\n  ::set-output name=x::y"))
        self.assertEqual("a ?#[error]x ?#[group]", harmless("a ##[error]x ##[group]"))
        self.assertEqual("?::error::x", harmless("\u200b::error::x"))

    def test_all_that_the_scripts_print_is_harmless(self):
        out, err = io.StringIO(), io.StringIO()
        with (
            redirect_stdout(out),
            redirect_stderr(err),
            mock.patch.object(early, "run", side_effect=CliError(HOSTILE + "\n::error::x", HOSTILE)),
        ):
            say(HOSTILE + "\n::error::x")
            warn(HOSTILE)
            code = entry.main(["down"])

        self.assertEqual(2, code)
        self.assertIn("\n?:error::x", out.getvalue())
        self.assertIn("\n?:error::x", err.getvalue())
        self.assertNotRegex(out.getvalue() + err.getvalue(), "[\x1b\x07\r\u202e\x9b]")


if __name__ == "__main__":
    unittest.main()
