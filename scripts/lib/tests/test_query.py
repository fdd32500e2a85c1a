"""Answering a query over what is registered, from a catalog and a bucket in memory."""

from __future__ import annotations

import contextlib
import gzip
import io
import tempfile
import unittest
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from fanin_cli.errors import CliError
from fanin_cli.hive_types import in_duckdb
from fanin_cli.query import Answer, Query

JSON = "org.openx.data.jsonserde.JsonSerDe"
LAZY = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"
QUOTED = "org.apache.hadoop.hive.serde2.OpenCSVSerde"


class Bucket:
    """Objects of one bucket, behind the calls of boto3 that a query makes."""

    def __init__(self, objects: dict[str, bytes]) -> None:
        self.objects = objects
        self.read: list[str] = []

    def get_paginator(self, name: str) -> Bucket:
        return self

    def paginate(self, Bucket: str, Prefix: str) -> list[dict[str, Any]]:
        keys = sorted(key for key in self.objects if key.startswith(Prefix))
        return [{"Contents": [{"Key": key, "Size": len(self.objects[key])} for key in keys]}, {}]

    def download_file(self, bucket: str, key: str, place: str) -> None:
        self.read.append(key)
        Path(place).write_bytes(self.objects[key])


class Glue:
    """One table's catalog."""

    def __init__(self, serde: str, partitions: dict[tuple[str, ...], str], **others: Any) -> None:
        self.expression: str | None = None
        self._partitions = [
            {"Values": list(values), "StorageDescriptor": {"Location": location}}
            for values, location in partitions.items()
        ]
        self._table = {
            "DatabaseName": "analytics",
            "Name": "flights",
            "Parameters": others.get("parameters", {}),
            "PartitionKeys": others.get("keys", [{"Name": "dt", "Type": "date"}, {"Name": "hour", "Type": "int"}]),
            "StorageDescriptor": {
                "Location": "s3://lake/a",
                "Columns": others.get("columns", [{"Name": "carrier", "Type": "string"}, {"Name": "n", "Type": "int"}]),
                "SerdeInfo": {"SerializationLibrary": serde, "Parameters": others.get("settings", {})},
            },
        }

    def get_table(self, **_: Any) -> dict[str, Any]:
        return {"Table": self._table}

    def get_paginator(self, name: str) -> Glue:
        return self

    def paginate(self, Expression: str | None = None, **_: Any) -> list[dict[str, Any]]:
        self.expression = Expression
        return [{"Partitions": self._partitions}]


def parquet(sql: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.parquet"
        duckdb.sql(f"copy ({sql}) to '{file}' (format parquet)")
        return file.read_bytes()


def ask(sql: str, glue: Glue, bucket: Bucket, partitions: str | None = None, max_mib: int = 1) -> Answer:
    return Query(sql, partitions, max_mib).run(glue, bucket)


class QueryTest(unittest.TestCase):
    def setUp(self) -> None:
        self.glue = Glue(JSON, {("2013-02-08", "17"): "s3://lake/a/", ("2013-02-08", "18"): "s3://lake/b"})
        self.bucket = Bucket(
            {
                "a/1.json": b'{"carrier": "UA", "n": 1}\n{"carrier": "B6", "n": 2}\n',
                "a/_SUCCESS": b"x",
                "a/empty.json": b"",
                "b/1.json.gz": gzip.compress(b'{"n": 3}\n'),
                "bb/1.json": b'{"carrier": "no partition", "n": 9}\n',
                "c/1.json": b'{"carrier": "not registered", "n": 9}\n',
            }
        )

    def test_rows_have_the_columns_and_the_keys(self) -> None:
        answer = ask("select * from analytics.flights order by n", self.glue, self.bucket)
        self.assertEqual(["carrier", "n", "dt", "hour"], answer.columns)
        self.assertEqual([("UA", 17), ("B6", 17), (None, 18)], [(row[0], row[3]) for row in answer.rows])
        self.assertEqual("2013-02-08", str(answer.rows[0][2]))

    def test_nothing_but_the_registered_objects_is_read(self) -> None:
        ask("select count(*) from analytics.flights", self.glue, self.bucket)
        self.assertEqual(["a/1.json", "b/1.json.gz"], sorted(self.bucket.read))

    def test_names_may_be_quoted_and_in_capitals_and_stand_in_a_with(self) -> None:
        sql = 'with x as (select f.n from "Analytics"."FLIGHTS" f) select sum(n) from x'
        self.assertEqual([(6,)], ask(sql, self.glue, self.bucket).rows)

    def test_other_files_are_out_of_reach(self) -> None:
        for sql in (
            "select count(*) from analytics.flights, read_csv('/etc/hosts')",
            "select (select content from read_text('/etc/hosts')) from analytics.flights",
        ):
            with self.subTest(sql), self.assertRaisesRegex(CliError, "disabled by configuration"):
                ask(sql, self.glue, self.bucket)

    def test_one_select_is_expected(self) -> None:
        for sql in (
            "drop table analytics.flights",
            "select 1 from analytics.flights; select 2 from analytics.flights",
            "selct",
            "",
        ):
            with self.subTest(sql), self.assertRaisesRegex(CliError, "cannot be read"):
                ask(sql, self.glue, self.bucket)

    def test_another_statement_is_called_no_select(self) -> None:
        with self.assertRaisesRegex(CliError, "cannot be read: it is no SELECT statement\n"):
            ask("drop table analytics.flights", self.glue, self.bucket)

    def test_a_table_without_its_database_is_not_looked_for(self) -> None:
        with self.assertRaisesRegex(CliError, "names no table with its database"):
            ask("select * from flights", self.glue, self.bucket)

    def test_a_table_without_keys_is_what_lies_at_its_location(self) -> None:
        answer = ask("select * from analytics.flights order by n", Glue(JSON, {}, keys=[]), self.bucket)
        self.assertEqual(["carrier", "n"], answer.columns)
        self.assertEqual([("UA", 1), ("B6", 2)], answer.rows)

    def test_a_failure_names_the_object_and_not_its_copy(self) -> None:
        for number in range(2, 13):
            self.bucket.objects[f"a/{number}.json"] = b'{"n": 1}'
        self.bucket.objects["a/9.json"] = b'{"n": '
        with self.assertRaises(CliError) as raised:
            ask("select sum(n) from analytics.flights", self.glue, self.bucket)
        self.assertIn('"s3://lake/a/9.json"', str(raised.exception))

    def test_a_table_without_partitions_is_empty(self) -> None:
        answer = ask("select count(*), max(hour) from analytics.flights", Glue(JSON, {}), self.bucket)
        self.assertEqual([(0, None)], answer.rows)

    def test_an_expression_goes_to_glue(self) -> None:
        ask("select 1 from analytics.flights", self.glue, self.bucket, partitions="hour > 17")
        self.assertEqual("hour > 17", self.glue.expression)

    def test_more_than_was_allowed_is_not_copied(self) -> None:
        with self.assertRaisesRegex(CliError, "has 0 MiB in 2 objects of 2 partitions, and 0 MiB may be read"):
            ask("select 1 from analytics.flights", self.glue, self.bucket, max_mib=0)
        self.assertEqual([], self.bucket.read)

    def test_a_partial_table_says_what_the_answer_is_without(self) -> None:
        partial = Glue(JSON, {}, parameters={"fanin.status": "PARTIAL", "fanin.failed": "2"})
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            ask("select 1 from analytics.flights", partial, self.bucket)
        self.assertEqual("analytics.flights is PARTIAL: the answer is without 2 failed partitions.\n", said.getvalue())

    def test_one_failed_partition_is_one(self) -> None:
        partial = Glue(JSON, {}, parameters={"fanin.status": "PARTIAL", "fanin.failed": "1", "fanin.missing": "3"})
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            ask("select 1 from analytics.flights", partial, self.bucket)
        self.assertIn("without 1 failed partition and 3 missing periods.", said.getvalue())

    def test_the_null_of_hive(self) -> None:
        glue = Glue(JSON, {("__HIVE_DEFAULT_PARTITION__", "1"): "s3://lake/a/"})
        self.assertEqual([(None,)], ask("select distinct dt from analytics.flights", glue, self.bucket).rows)

    def test_values_and_columns_with_quotes(self) -> None:
        columns = [{"Name": "it's", "Type": "string"}]
        keys = {("O'Hare", '"'): "s3://lake/q/"}
        glue = Glue(JSON, keys, columns=columns)
        for key in glue.get_table()["Table"]["PartitionKeys"]:
            key["Type"] = "string"
        bucket = Bucket({"q/1.json": b'{"it\'s": "\'; drop view x; --"}'})
        self.assertEqual(
            [("'; drop view x; --", "O'Hare", '"')], ask("select * from analytics.flights", glue, bucket).rows
        )


class AnswerTest(unittest.TestCase):
    ANSWER = Answer(
        ["null", "empty", "flag", "list", "struct", "text"],
        [(None, "", True, ["a", None, 1.5], {date(2013, 2, 8): Decimal("1.50"), "b": False}, 'a "b", c')],
    )

    def printed(self, show: Callable[[], None]) -> str:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            show()
        return said.getvalue()

    def test_csv_tells_null_from_an_empty_text_and_nests_json(self) -> None:
        self.assertEqual(
            "null,empty,flag,list,struct,text\n"
            ',"",true,"[""a"", null, 1.5]","{""2013-02-08"": ""1.50"", ""b"": false}","a ""b"", c"\n',
            self.printed(self.ANSWER.write_csv),
        )

    def test_a_grid_tells_null_from_an_empty_text(self) -> None:
        row = self.printed(self.ANSWER.show).splitlines()[3]
        self.assertEqual(["NULL", "", "true", '["a", null, 1.5]'], [cell.strip() for cell in row.split("│")[1:5]])


class FormatTest(unittest.TestCase):
    PLACE = {("2013-02-08", "17"): "s3://lake/a/"}  # noqa: RUF012

    def rows(self, glue: Glue, content: bytes) -> list[tuple[Any, ...]]:
        return ask("select carrier, n from analytics.flights", glue, Bucket({"a/1.csv": content})).rows

    def test_delimited_text(self) -> None:
        glue = Glue(LAZY, self.PLACE, settings={"field.delim": "\t"})
        self.assertEqual([("UA", 1), (None, None)], self.rows(glue, b"UA\t1\n\\N\t\\N\n"))

    def test_a_null_text_of_ones_own(self) -> None:
        glue = Glue(LAZY, self.PLACE, settings={"field.delim": ",", "serialization.null.format": "-"})
        self.assertEqual([(None, 1), ("\\N", None)], self.rows(glue, b"-,1\n\\N,-\n"))

    def test_a_header_is_no_row(self) -> None:
        glue = Glue(LAZY, self.PLACE, settings={"field.delim": ","}, parameters={"skip.header.line.count": "1"})
        self.assertEqual([("UA", 1)], self.rows(glue, b"carrier,n\nUA,1\n"))

    def test_quoted_text(self) -> None:
        self.assertEqual([("a,b", 1)], self.rows(Glue(QUOTED, self.PLACE), b'"a,b","1"\n'))

    def test_parquet_goes_by_name_and_what_a_file_lacks_is_null(self) -> None:
        glue = Glue("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe", self.PLACE)
        self.assertEqual([(None, 7)], self.rows(glue, parquet('select 8 as other, 7::bigint as "N"')))

    def test_an_unknown_serde_is_named(self) -> None:
        with self.assertRaisesRegex(CliError, "analytics.flights is read by org.example.Avro"):
            self.rows(Glue("org.example.Avro", self.PLACE), b"x")


class TypeTest(unittest.TestCase):
    def test_types(self) -> None:
        for hive, expected in {
            "string": "VARCHAR",
            "BIGINT": "BIGINT",
            "varchar(10)": "VARCHAR",
            "decimal(10, 2)": "DECIMAL(10,2)",
            "array<array<int>>": "INTEGER[][]",
            "map<string,array<int>>": "MAP(VARCHAR, INTEGER[])",
            "struct<a:int,b:struct<c:decimal(3,1),d:string>>": (
                'STRUCT("a" INTEGER, "b" STRUCT("c" DECIMAL(3,1), "d" VARCHAR))'
            ),
        }.items():
            with self.subTest(hive):
                self.assertEqual(expected, in_duckdb(hive))

    def test_what_is_no_type(self) -> None:
        for hive in ("", "uniontype<int,string>", "array<int", "map<int>", "integer[]"):
            with self.subTest(hive), self.assertRaisesRegex(CliError, "no type"):
                in_duckdb(hive)


if __name__ == "__main__":
    unittest.main()
