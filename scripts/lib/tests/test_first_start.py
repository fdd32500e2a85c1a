"""How what the demo prints is compared with what the README shows of it."""

import unittest

from devtools import first_start
from devtools.project import ROOT

README = """
```sh
./scripts/demo
```
```console
$ ./scripts/demo
...
$ scripts/fanin run samples/flights.json
Execution analytics-flights-20261120T101221-746
    3 of 24
analytics.flights is PARTIAL: 23 registered, 1 outstanding.
...
5 rows
```
"""
PRINTED = """Building ...
$ scripts/fanin run samples/flights.json --port 40001
Execution analytics-flights-20130209T150000-001
    1 of 24
    19 of 24
analytics.flights is PARTIAL: 23 registered, 1 outstanding.
Next: redrive
5 rows
See the pages
"""


class FirstStartTest(unittest.TestCase):
    def missing(self, printed: str, readme: str = README) -> list[str]:
        return first_start.first_missing(first_start.promised(readme), printed)

    def test_names_ports_and_progress_may_differ(self):
        self.assertEqual([], self.missing(PRINTED))

    def test_other_counts_are_found(self):
        missing = self.missing(PRINTED.replace("23 registered, 1", "21 registered, 3"))

        self.assertIn("analytics.flights is PARTIAL: 23 registered, 1 outstanding.", missing)

    def test_a_line_that_the_readme_does_not_show_is_found(self):
        self.assertNotEqual([], self.missing(PRINTED.replace("analytics.flights is", "Retrying\nanalytics.flights is")))

    def test_parts_in_another_order_are_found(self):
        self.assertEqual(["5 rows"], self.missing("5 rows\n" + PRINTED.replace("5 rows\n", "")))

    def test_a_readme_that_shows_nothing_is_found(self):
        self.assertNotEqual([], self.missing(PRINTED, "nothing"))

    def test_the_readme_shows_counts_of_each_step(self):
        shown = [line for part in first_start.promised((ROOT / "README.md").read_text()) for line in part]

        self.assertIn("analytics.flights is PARTIAL: 23 registered, 1 outstanding.", shown)
        self.assertIn("analytics.flights is COMPLETE: 1 registered, 0 outstanding.", shown)
        self.assertIn("analytics.flights_parquet is COMPLETE: 24 registered, 0 outstanding.", shown)


if __name__ == "__main__":
    unittest.main()
