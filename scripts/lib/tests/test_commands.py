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

    def test_an_older_commit_than_the_deployed_one_is_skipped_unless_it_is_asked_for(self):
        older, newer = 40 * "a", 40 * "b"
        for words, skipped in (([], False), (["--commit", older], True), (["--commit", older, "--older"], False)):
            with (
                self.subTest(words),
                mock.patch.object(commands, "Stack") as stack,
                mock.patch.object(commands, "smoke") as smoke,
                mock.patch.object(commands, "_local_endpoint"),
                mock.patch.object(commands.commits, "is_older", side_effect=lambda *pair: pair == (older, newer)),
                mock.patch.dict("os.environ", GITHUB_ACTIONS="true"),
                contextlib.redirect_stdout(io.StringIO()) as printed,
            ):
                stack.return_value.outputs.return_value = {}
                stack.return_value.commit.return_value = newer

                self.assertEqual(0, commands.deploy(arguments.parse(["deploy", "dev", "--yes", *words])))

                self.assertEqual(skipped, not stack.return_value.deploy.called)
                self.assertEqual(skipped, not smoke.test.called)
                self.assertEqual(skipped, printed.getvalue().startswith(f"::notice::Not deployed: {older} is older"))

    def test_options_about_commits_are_refused_where_they_would_be_passed_over(self):
        for words in (["--older"], ["--rollback", "--commit", 40 * "a"], ["--commit", "main"]):
            with (
                self.subTest(words),
                contextlib.redirect_stderr(io.StringIO()) as told,
                self.assertRaises(SystemExit),
            ):
                arguments.parse(["deploy", "dev", *words])
            self.assertIn("--", told.getvalue())


if __name__ == "__main__":
    unittest.main()
