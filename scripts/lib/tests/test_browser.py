from __future__ import annotations

import contextlib
import io
import os
import unittest
from unittest import mock

from devtools import browser
from devtools.errors import CliError


class BrowserTest(unittest.TestCase):
    def test_the_browser_that_is_there_is_named(self) -> None:
        self.assertEqual((["-Dbrowser=google-chrome"], ""), self._options({"google-chrome", "chromedriver"}))

    def test_without_a_browser_its_tests_are_left_out_with_a_message(self) -> None:
        for there in (set(), {"chromium"}, {"chromedriver"}):
            options, told = self._options(there)

            self.assertEqual(["-Dtests.in.browser=**/*InBrowserIT.java"], options)
            self.assertIn("NOT TESTED", told)

    def test_continuous_integration_installs_it(self) -> None:
        there = {"apt-get"}
        with (
            mock.patch.object(browser, "run_logged", side_effect=lambda command, *_: there.update(command[1:])) as run,
            mock.patch.object(browser, "DRIVER", "chromium-driver"),
        ):
            self.assertEqual((["-Dbrowser=chromium"], ""), self._options(there, CI="true"))

        self.assertEqual(["update", "install"], [call.args[0][1] for call in run.call_args_list])

    def test_continuous_integration_fails_without_it(self) -> None:
        with self.assertRaisesRegex(CliError, "no Chromium"):
            self._options(set(), CI="true")

    def _options(self, there: set[str], **variables: str) -> tuple[list[str], str]:
        said = io.StringIO()
        with (
            contextlib.redirect_stdout(said),
            mock.patch("shutil.which", side_effect=lambda name: name if name in there else None),
            mock.patch("os.geteuid", return_value=0),
            mock.patch.dict(os.environ, variables),
        ):
            if not variables:
                os.environ.pop("CI", None)
            return browser.maven_options(), said.getvalue()


if __name__ == "__main__":
    unittest.main()
