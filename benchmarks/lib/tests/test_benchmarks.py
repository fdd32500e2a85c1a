"""Which benchmarks there are."""

import re
import unittest

from devtools.arguments import BENCHMARKS as NAMES
from devtools.project import BENCHMARKS

MAIN = BENCHMARKS / "src" / "main" / "java" / "io" / "fanin" / "benchmarks" / "BenchmarkRun.java"


class NamesTest(unittest.TestCase):
    def test_each_benchmark_of_the_program_can_be_named(self):
        self.assertEqual(set(re.findall(r'"(\w+)",\s+new \w+Benchmark\(\)', MAIN.read_text())), set(NAMES))


if __name__ == "__main__":
    unittest.main()
