"""What is shown of an execution while it runs, where there is no terminal."""

import contextlib
import io
import itertools
import unittest
from unittest import mock

from fanin_cli.executions import MapProgress, Moment
from fanin_cli.history import History
from fanin_cli.progress import LINE_SECONDS, Lines


class LinesTest(unittest.TestCase):
    def test_a_map_that_has_not_come_further_is_not_told_again(self):
        with mock.patch("time.monotonic", side_effect=itertools.count(100, LINE_SECONDS)):
            lines = shown(done=[0, 4, 4, 6, 6])

        self.assertEqual(["    4 of 24", "    6 of 24"], lines)

    def test_a_map_is_told_every_few_seconds(self):
        with mock.patch("time.monotonic", side_effect=itertools.count(100, LINE_SECONDS / 2)):
            lines = shown(done=[1, 2, 3, 4, 5])

        self.assertLess(len(lines), 5)


def shown(done):
    view = Lines()
    with contextlib.redirect_stdout(io.StringIO()) as out:
        for number in done:
            view.show(Moment("RUNNING", History(), MapProgress(number, 24)))
    return out.getvalue().splitlines()


if __name__ == "__main__":
    unittest.main()
