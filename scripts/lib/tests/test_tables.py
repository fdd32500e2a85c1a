"""What is shown of a table."""

import unittest

from fanin_cli import tables
from fanin_cli.report import RERUN


class PartitionNameTest(unittest.TestCase):
    def test_a_partition_is_named_as_runs_and_reports_name_it(self):
        name = tables.partition_name(["inserted_at", "carrier"], ["2013/02/08/17", "Ü 1%"])

        self.assertEqual("inserted_at=2013%2F02%2F08%2F17/carrier=Ü 1%25", name)

    def test_an_empty_value_has_hives_name(self):
        self.assertEqual("carrier=__HIVE_DEFAULT_PARTITION__", tables.partition_name(["carrier"], [""]))


class Known:
    """The executions whose status is known."""

    def __init__(self, **statuses):
        self._statuses = statuses

    def find(self, name):
        return {"name": name, "status": self._statuses[name]} if name in self._statuses else None


class NextTest(unittest.TestCase):
    EXECUTIONS = Known(held="FAILED", allowed="SUCCEEDED")

    def test_a_held_execution_is_redriven(self):
        self.assertRegex(tables.next_step("held", self.EXECUTIONS), "redrive held$")

    def test_a_run_whose_name_is_encoded_is_redriven_by_its_name(self):
        executions = Known(**{"a(b)=1": "FAILED"})

        self.assertRegex(tables.next_step("a~28b~29~3D1", executions), r"redrive 'a\(b\)=1'$")

    def test_what_cannot_be_redriven_is_not_told_to_be(self):
        for run in ("allowed", "forgotten", None):
            with self.subTest(run):
                self.assertEqual(RERUN, tables.next_step(run, self.EXECUTIONS))


if __name__ == "__main__":
    unittest.main()
