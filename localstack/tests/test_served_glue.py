from __future__ import annotations

import unittest
from uuid import uuid4

from served import client


class ServedGlueTest(unittest.TestCase):
    """What the tests' Glue in memory does not have; what both have is stated in ``GlueContract``, which both run."""

    def setUp(self) -> None:
        self.glue = client("glue")
        self.database = f"db_{uuid4().hex}"
        self.glue.create_database(DatabaseInput={"Name": self.database})
        self.addCleanup(self.glue.delete_database, Name=self.database)
        self.glue.create_table(DatabaseName=self.database, TableInput={"Name": "flights"})
        self.table = {"DatabaseName": self.database, "TableName": "flights"}

    def test_versions_are_archived_unless_told_otherwise(self) -> None:
        update = {"DatabaseName": self.database, "TableInput": {"Name": "flights"}}
        self.glue.update_table(**update, VersionId="0", SkipArchive=True)
        self.glue.update_table(**update, VersionId="1")

        versions = self.glue.get_table_versions(**self.table)["TableVersions"]

        self.assertEqual(["2", "1"], [version["VersionId"] for version in versions])

    def test_planners_get_empty_statistics(self) -> None:
        answer = self.glue.get_column_statistics_for_partition(
            **self.table, PartitionValues=["d1", "00"], ColumnNames=["carrier"]
        )

        self.assertEqual(([], []), (answer["ColumnStatisticsList"], answer["Errors"]))

    def test_statistics_that_are_not_there_cannot_be_deleted(self) -> None:
        with self.assertRaises(self.glue.exceptions.EntityNotFoundException):
            self.glue.delete_column_statistics_for_partition(
                **self.table, PartitionValues=["d1", "00"], ColumnName="carrier"
            )


if __name__ == "__main__":
    unittest.main()
