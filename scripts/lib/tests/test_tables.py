"""What is shown of a table."""

import unittest

from fanin_cli import tables


class PartitionNameTest(unittest.TestCase):
    def test_a_partition_is_named_as_runs_and_reports_name_it(self):
        name = tables.partition_name(["inserted_at", "carrier"], ["2013/02/08/17", "Ü 1%"])

        self.assertEqual("inserted_at=2013%2F02%2F08%2F17/carrier=Ü 1%25", name)

    def test_an_empty_value_has_hives_name(self):
        self.assertEqual("carrier=__HIVE_DEFAULT_PARTITION__", tables.partition_name(["carrier"], [""]))


if __name__ == "__main__":
    unittest.main()
