"""What a run with many partitions is held against."""

import contextlib
import io
import unittest

from measurements.fan_out import MOST_SECONDS, PARTITIONS, Run, keys, show


class FanOutTest(unittest.TestCase):
    def shown(self, seconds: float) -> tuple[int, str]:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            code = show(Run(seconds, 1000, {"requests": {"S3 ListObjectsV2": 1500}, "stateTransitions": 7}))
        return code, printed.getvalue()

    def test_the_bound_itself_is_met(self) -> None:
        self.assertEqual(0, self.shown(MOST_SECONDS)[0])
        code, printed = self.shown(MOST_SECONDS + 0.1)
        self.assertEqual(1, code)
        self.assertIn("| NO |", printed)

    def test_what_the_run_has_used_is_shown(self) -> None:
        self.assertIn("1,500 S3 ListObjectsV2", self.shown(1)[1])

    def test_keys_are_distinct(self) -> None:
        self.assertEqual(PARTITIONS, len(set(keys("t"))))


if __name__ == "__main__":
    unittest.main()
