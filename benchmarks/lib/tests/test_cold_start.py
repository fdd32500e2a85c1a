"""What the start of the function is held against."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

from measurements.cold_start import Start, reported, show, unpacked

REPORT = "REPORT RequestId: 1\tDuration: 250.50 ms\tBilled Duration: 1251 ms\tInit Duration: 1000.00 ms"


class ReportedTest(unittest.TestCase):
    def test_init_and_duration_are_added_and_what_is_billed_is_not(self) -> None:
        self.assertAlmostEqual(1.2505, reported(f"START\n{REPORT}\n"))

    def test_a_log_without_a_report_says_nothing(self) -> None:
        self.assertEqual(0, reported("START"))


class UnpackedTest(unittest.TestCase):
    def test_a_library_unpacked_twice_is_counted_under_one_name(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            environment = Path(folder) / "a-1"
            environment.mkdir()
            for name in ("libduckdb_java1234567.so", "libduckdb_java7654321.so", "libzstd-jni-1.5.7-6123456789.so"):
                (environment / name).touch()
            (environment / "other.txt").touch()

            self.assertEqual({"libduckdb_java": 2, "libzstd-jni": 1}, unpacked(Path(folder)))

    def test_without_environments_nothing_is_unpacked(self) -> None:
        self.assertEqual({}, unpacked(Path("/nowhere")))


class ShowTest(unittest.TestCase):
    def code(self, seconds: float, libraries: dict[str, int]) -> int:
        with contextlib.redirect_stdout(io.StringIO()):
            return show([Start(9.0, 8.0, 0.1, {}), Start(seconds, 1.0, 0.1, libraries)])

    def test_the_best_start_counts(self) -> None:
        self.assertEqual(0, self.code(2.0, {}))
        self.assertEqual(1, self.code(2.1, {}))

    def test_no_library_is_unpacked_twice(self) -> None:
        self.assertEqual(0, self.code(1.0, {"libzstd-jni": 1}))
        self.assertEqual(1, self.code(1.0, {"libduckdb_java": 2}))


if __name__ == "__main__":
    unittest.main()
