from __future__ import annotations

import unittest
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from botocore.exceptions import ClientError
from served import client


def partition(*values: str, **more: object) -> dict[str, object]:
    columns = [{"Name": "carrier", "Type": "string"}]
    location = "s3://lake/flights/" + "/".join(values)
    return {"Values": list(values), "StorageDescriptor": {"Columns": columns, "Location": location}, **more}


class ServedGlueTest(unittest.TestCase):
    """Through boto3, so that the codes are those that become typed exceptions in an SDK."""

    def setUp(self) -> None:
        self.glue = client("glue")
        self.database = f"db_{uuid4().hex}"
        self.glue.create_database(DatabaseInput={"Name": self.database})
        self.addCleanup(self.glue.delete_database, Name=self.database)
        keys = [{"Name": "dt", "Type": "string"}, {"Name": "hour", "Type": "string"}]
        self.glue.create_table(DatabaseName=self.database, TableInput={"Name": "flights", "PartitionKeys": keys})
        self.table = {"DatabaseName": self.database, "TableName": "flights"}

    def create(self, *partitions: dict[str, object]) -> list[dict[str, object]]:
        return self.glue.batch_create_partition(**self.table, PartitionInputList=list(partitions))["Errors"]

    def refused(self, code: str, call: Callable[..., object], **parameters: object) -> None:
        with self.assertRaises(ClientError) as raised:
            call(**parameters)
        self.assertEqual(code, raised.exception.response["Error"]["Code"])

    def all_values(self, **parameters: object) -> list[list[str]]:
        pages = self.glue.get_paginator("get_partitions").paginate(**self.table, **parameters)
        return [found["Values"] for page in pages for found in page["Partitions"]]

    def test_a_batch_reports_each_partition_that_existed(self) -> None:
        self.assertEqual([], self.create(partition("d1", "00"), partition("d1", "01")))

        errors = self.create(partition("d1", "01"), partition("d1", "02"))

        self.assertEqual(["d1", "01"], errors[0]["PartitionValues"])
        self.assertEqual("AlreadyExistsException", errors[0]["ErrorDetail"]["ErrorCode"])
        self.assertEqual(3, len(self.all_values()))

    def test_batches_over_the_limit_change_nothing(self) -> None:
        over = [partition("d1", str(number)) for number in range(101)]
        keys = [{"Values": one["Values"]} for one in over]
        entries = [{"PartitionValueList": one["Values"], "PartitionInput": one} for one in over]

        self.refused("ValidationException", self.glue.batch_create_partition, **self.table, PartitionInputList=over)
        self.refused("ValidationException", self.glue.batch_update_partition, **self.table, Entries=entries)
        self.refused(
            "ValidationException", self.glue.batch_delete_partition, **self.table, PartitionsToDelete=keys[:26]
        )
        self.refused(
            "ValidationException", self.glue.batch_get_partition, **self.table, PartitionsToGet=keys[:1] * 1001
        )
        self.assertEqual([], self.all_values())

    def test_one_empty_value_fails_the_whole_batch(self) -> None:
        self.refused(
            "ValidationException",
            self.glue.batch_create_partition,
            **self.table,
            PartitionInputList=[partition("d1", "00"), partition("d1", "")],
        )
        self.assertEqual([], self.all_values())

    def test_values_and_keys_have_to_match_in_number(self) -> None:
        self.refused("InvalidInputException", self.glue.create_partition, **self.table, PartitionInput=partition("d1"))

    def test_an_update_reports_each_partition_that_did_not_exist(self) -> None:
        self.create(partition("d1", "00"))
        entries = [
            {"PartitionValueList": ["d1", hour], "PartitionInput": partition("d1", hour, Parameters={"rows": "3"})}
            for hour in ("00", "01")
        ]

        errors = self.glue.batch_update_partition(**self.table, Entries=entries)["Errors"]

        self.assertEqual(["d1", "01"], errors[0]["PartitionValueList"])
        self.assertEqual("EntityNotFoundException", errors[0]["ErrorDetail"]["ErrorCode"])
        found = self.glue.get_partition(**self.table, PartitionValues=["d1", "00"])["Partition"]
        self.assertEqual({"rows": "3"}, found["Parameters"])

    def test_a_partition_is_not_moved_onto_another(self) -> None:
        self.create(partition("d1", "00"), partition("d1", "01"))
        entry = {"PartitionValueList": ["d1", "00"], "PartitionInput": partition("d1", "01")}

        errors = self.glue.batch_update_partition(**self.table, Entries=[entry])["Errors"]

        self.assertEqual("AlreadyExistsException", errors[0]["ErrorDetail"]["ErrorCode"])
        self.assertEqual([["d1", "00"], ["d1", "01"]], sorted(self.all_values()))

    def test_partitions_that_do_not_exist_are_left_out_of_a_batch_that_is_read(self) -> None:
        self.create(partition("d1", "00"))

        answer = self.glue.batch_get_partition(
            **self.table, PartitionsToGet=[{"Values": ["d1", "00"]}, {"Values": ["d9", "00"]}]
        )

        self.assertEqual([["d1", "00"]], [found["Values"] for found in answer["Partitions"]])
        self.assertEqual([], answer["UnprocessedKeys"])

    def test_deleting_reports_each_partition_that_did_not_exist(self) -> None:
        self.create(partition("d1", "00"))
        keys = [{"Values": ["d1", "00"]}, {"Values": ["d1", "01"]}]

        errors = self.glue.batch_delete_partition(**self.table, PartitionsToDelete=keys)["Errors"]

        self.assertEqual([["d1", "01"]], [error["PartitionValues"] for error in errors])
        self.assertEqual([], self.all_values())

    def test_pages_and_segments_together_hold_every_partition_once(self) -> None:
        for day in range(3):
            self.create(*(partition(f"d{day}", f"{number:03}") for number in range(100)))

        self.assertEqual(300, len(self.all_values(PaginationConfig={"PageSize": 7})))
        segments = [self.all_values(Segment={"SegmentNumber": number, "TotalSegments": 4}) for number in range(4)]
        self.assertEqual(300, len({tuple(values) for segment in segments for values in segment}))
        self.assertEqual(300, sum(len(segment) for segment in segments))
        self.assertTrue(all(segments))
        first = self.glue.get_partitions(**self.table, MaxResults=10)
        self.assertEqual((10, True), (len(first["Partitions"]), "NextToken" in first))
        self.refused(
            "ValidationException",
            self.glue.get_partitions,
            **self.table,
            Segment={"SegmentNumber": 0, "TotalSegments": 11},
        )

    def test_expressions_filter_and_an_empty_one_does_not(self) -> None:
        self.create(*(partition(f"d{day}", "00") for day in range(5)))

        self.assertEqual([["d3", "00"], ["d4", "00"]], sorted(self.all_values(Expression="dt >= 'd3'")))
        self.assertEqual(5, len(self.all_values(Expression="")))
        self.refused("InvalidInputException", self.glue.get_partitions, **self.table, Expression="no such key = 1")

    def test_expressions_compare_numbers_as_numbers_and_text_as_text(self) -> None:
        keys = [{"Name": "year", "Type": "string"}, {"Name": "month", "Type": "int"}, {"Name": "day", "Type": "date"}]
        self.glue.create_table(DatabaseName=self.database, TableInput={"Name": "delays", "PartitionKeys": keys})
        self.table["TableName"] = "delays"
        late = ["2026", "10", "2026-10-01"]
        self.create(
            partition("2026", "9", "2026-09-07"),
            partition("2026", "09", "2026-09-08"),
            partition(*late),
            partition("2025", "12", "2025-12-31"),
        )
        window = "year >= '2026' AND (year > '2026' OR (month >= 9 AND (month > 9 OR day >= '2026-09-08')))"

        self.assertEqual([["2026", "09", "2026-09-08"], late], sorted(self.all_values(Expression=window)))

        self.create(partition("__HIVE_DEFAULT_PARTITION__", "1", "2026-01-01"))
        self.assertEqual(2, len(self.all_values(Expression="year > '2026' OR month = 10")))
        self.create(partition("2026", "__HIVE_DEFAULT_PARTITION__", "2026-01-01"))
        self.refused("InvalidStateException", self.glue.get_partitions, **self.table, Expression="month > 9")

    def test_what_is_no_expression_or_segment_is_refused_whatever_the_table_holds(self) -> None:
        for expression in ("dt", "dt >=", "nope = 1", "dt = 'a' AND index = 'b'", "(dt = 'a'", "key = 'a'"):
            self.refused("InvalidInputException", self.glue.get_partitions, **self.table, Expression=expression)
        self.refused(
            "InvalidInputException",
            self.glue.get_partitions,
            **self.table,
            Segment={"SegmentNumber": 3, "TotalSegments": 3},
        )

    def test_columns_are_left_out_on_request(self) -> None:
        self.create(partition("d1", "00"))

        found = self.glue.get_partitions(**self.table, ExcludeColumnSchema=True)["Partitions"][0]

        self.assertEqual({"Location": "s3://lake/flights/d1/00"}, found["StorageDescriptor"])
        whole = self.glue.get_partition(**self.table, PartitionValues=["d1", "00"])["Partition"]
        self.assertIn("Columns", whole["StorageDescriptor"])

    def test_an_update_of_a_stale_version_is_refused(self) -> None:
        def update(**more: object) -> None:
            self.glue.update_table(DatabaseName=self.database, TableInput={"Name": "flights"}, **more)

        first = self.glue.get_table(DatabaseName=self.database, Name="flights")["Table"]["VersionId"]
        self.assertEqual("0", first)
        update(VersionId=first, SkipArchive=True)

        self.refused("ConcurrentModificationException", update, VersionId=first)

        current = self.glue.get_table(DatabaseName=self.database, Name="flights")["Table"]
        self.assertEqual(("1", None), (current["VersionId"], current.get("PartitionKeys")))
        update(VersionId="1")
        versions = self.glue.get_table_versions(**self.table)["TableVersions"]
        self.assertEqual(["2", "1"], [version["VersionId"] for version in versions])

    def test_a_table_has_the_indexes_that_it_was_created_with(self) -> None:
        keys = [{"Name": "dt", "Type": "string"}, {"Name": "hour", "Type": "string"}]
        self.glue.create_table(
            DatabaseName=self.database,
            TableInput={"Name": "indexed", "PartitionKeys": keys},
            PartitionIndexes=[{"IndexName": "dt", "Keys": ["dt"]}],
        )

        of_table = self.glue.get_partition_indexes(DatabaseName=self.database, TableName="indexed")
        of_other = self.glue.get_partition_indexes(**self.table)

        self.assertEqual(["dt"], [index["IndexName"] for index in of_table["PartitionIndexDescriptorList"]])
        self.assertEqual([], of_other["PartitionIndexDescriptorList"])

    def test_what_exists_or_does_not_is_a_typed_exception(self) -> None:
        errors = self.glue.exceptions
        with self.assertRaises(errors.AlreadyExistsException):
            self.glue.create_database(DatabaseInput={"Name": self.database})
        with self.assertRaises(errors.AlreadyExistsException):
            self.glue.create_table(DatabaseName=self.database, TableInput={"Name": "flights"})
        with self.assertRaises(errors.EntityNotFoundException):
            self.glue.get_table(DatabaseName=self.database, Name="nope")
        with self.assertRaises(errors.EntityNotFoundException):
            self.glue.get_partitions(DatabaseName=self.database, TableName="nope")
        with self.assertRaises(errors.EntityNotFoundException):
            self.glue.get_partition(**self.table, PartitionValues=["d9", "00"])
        with self.assertRaises(errors.EntityNotFoundException):
            self.glue.get_database(Name="nope")

    def test_names_are_kept_in_lower_case_and_found_in_any(self) -> None:
        self.glue.create_table(DatabaseName=self.database.upper(), TableInput={"Name": "Delays"})

        self.assertEqual("delays", self.glue.get_table(DatabaseName=self.database, Name="DELAYS")["Table"]["Name"])
        names = [table["Name"] for table in self.glue.get_tables(DatabaseName=self.database)["TableList"]]
        self.assertEqual(["delays", "flights"], names)

    def test_a_catalog_id_is_accepted(self) -> None:
        answer = self.glue.get_partitions(**self.table, CatalogId="000000000000", Expression="dt = 'x'")

        self.assertEqual([], answer["Partitions"])

    def test_planners_get_empty_statistics(self) -> None:
        answer = self.glue.get_column_statistics_for_partition(
            **self.table, PartitionValues=["d1", "00"], ColumnNames=["carrier"]
        )

        self.assertEqual(([], []), (answer["ColumnStatisticsList"], answer["Errors"]))

    def test_concurrent_batches_create_each_partition_once(self) -> None:
        batch = [partition("d1", f"{number:03}") for number in range(100)]
        with ThreadPoolExecutor(8) as pool:
            errors = list(pool.map(lambda _: self.create(*batch), range(8)))

        self.assertEqual(700, sum(len(one) for one in errors))
        self.assertEqual(100, len(self.all_values()))

    def test_of_concurrent_updates_of_one_version_one_succeeds(self) -> None:
        def update(number: int) -> bool:
            table = {"Name": "flights", "Parameters": {"by": str(number)}}
            try:
                self.glue.update_table(DatabaseName=self.database, TableInput=table, VersionId="0")
            except self.glue.exceptions.ConcurrentModificationException:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            self.assertEqual(1, sum(pool.map(update, range(16))))


if __name__ == "__main__":
    unittest.main()
