"""Addresses of pages."""

from __future__ import annotations

import csv
import unittest
from pathlib import Path

from partition_fan_in.links import execution_page, partition_of, run_page, table_page

ROOT = Path(__file__).resolve().parents[3]
FOLDER = "s3://state-1/runs/nightly~3D1/"
ARN = "arn:aws-cn:states:cn-north-1:123456789012:execution:partition-fan-in:nightly=1"


class LinksTest(unittest.TestCase):
    def test_pages_lie_in_the_state_bucket_of_the_partition(self) -> None:
        for partition, host in (
            ("aws", "s3.console.aws.amazon.com"),
            ("aws-cn", "console.amazonaws.cn"),
            ("aws-us-gov", "console.amazonaws-us-gov.com"),
        ):
            with self.subTest(partition):
                self.assertEqual(
                    f"https://{host}/s3/object/state-1?prefix=runs%2Fnightly~3D1%2Freport.html",
                    run_page(FOLDER, partition=partition),
                )
                self.assertEqual(
                    f"https://{host}/s3/object/state-1?prefix=tables%2Fanalytics%2Fflights%2Findex.html",
                    table_page(FOLDER, "analytics", "flights", partition=partition),
                )

    def test_partition_is_that_of_the_execution(self) -> None:
        self.assertEqual(("aws-cn", ""), (partition_of(ARN), partition_of("nightly-1")))

    def test_console_serves_them_by_the_same_paths(self) -> None:
        console = "http://127.0.0.1:8099/"
        for partition in ("aws", "aws-eusc", None):
            self.assertEqual(
                "http://127.0.0.1:8099/runs/nightly~3D1/", run_page(FOLDER, partition=partition, console=console)
            )
            self.assertEqual(
                "http://127.0.0.1:8099/tables/analytics/flights/",
                table_page(FOLDER, "analytics", "flights", partition=partition, console=console),
            )

    def test_run_of_all_tables_has_no_page(self) -> None:
        for console in (None, "http://127.0.0.1:8099/"):
            self.assertIsNone(run_page("s3://state-1/all-tables/nightly/", partition="aws", console=console))

    def test_nothing_leads_to_a_console_that_is_not_known(self) -> None:
        arn = "arn:aws-eusc:states:eusc-de-east-1:123456789012:execution:partition-fan-in:nightly-1"
        for partition in (partition_of(arn), "", None):
            self.assertIsNone(run_page(FOLDER, partition=partition))
            self.assertIsNone(table_page(FOLDER, "analytics", "flights", partition=partition))
        self.assertIsNone(execution_page(arn))

    def test_execution_has_the_page_that_the_functions_link(self) -> None:
        with (ROOT / "model" / "src" / "test" / "resources" / "execution-pages.csv").open(newline="") as rows:
            pages = list(csv.DictReader(rows))
        self.assertTrue(pages)
        for row in pages:
            with self.subTest(row["execution"]):
                self.assertEqual(row["page"], execution_page(row["execution"]))

    def test_other_arns_have_no_page(self) -> None:
        for arn in ("", "arn:aws:states:eu-west-1:1:stateMachine:x", "arn:aws:s3:::bucket", "nightly-1"):
            with self.subTest(arn):
                self.assertIsNone(execution_page(arn))
