"""Which commit is older."""

import subprocess
import tempfile
import unittest
from pathlib import Path

from devtools.commits import is_older


class CommitsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self._git("init", "--quiet", "--initial-branch", "main")
        self.first, self.second = self._commit("first"), self._commit("second")
        self._git("checkout", "--quiet", "-b", "other", self.first)
        self.other = self._commit("other")

    def test_only_a_commit_in_the_history_of_the_deployed_one_is_older(self):
        for commit, deployed, older in (
            (self.first, self.second, True),
            (self.second, self.first, False),
            (self.second, self.second, False),
            (self.second, self.other, False),
        ):
            with self.subTest(commit=commit, deployed=deployed):
                self.assertEqual(older, is_older(commit, deployed, self.root))

    def test_nothing_is_older_than_what_is_not_known(self):
        for deployed in (None, 40 * "a"):
            with self.subTest(deployed):
                self.assertFalse(is_older(self.first, deployed, self.root))

    def _commit(self, message):
        self._git("commit", "--quiet", "--allow-empty", "--message", message)
        return self._git("rev-parse", "HEAD")

    def _git(self, *words):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        command = ["git", *identity, *words]
        return subprocess.run(command, cwd=self.root, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    unittest.main()
