"""Addresses of pages."""

from __future__ import annotations

import unittest

from partition_fan_in.links import execution_page, run_page, table_page

FOLDER = "s3://state-1/runs/nightly~3D1/"
ARN = "arn:aws-cn:states:cn-north-1:123456789012:execution:partition-fan-in:nightly=1"


class LinksTest(unittest.TestCase):
    def test_pages_lie_in_the_state_bucket(self) -> None:
        self.assertEqual(
            "https://s3.console.aws.amazon.com/s3/object/state-1?prefix=runs%2Fnightly~3D1%2Freport.html",
            run_page(FOLDER),
        )
        self.assertEqual(
            "https://s3.console.aws.amazon.com/s3/object/state-1?prefix=tables%2Fanalytics%2Fflights%2Findex.html",
            table_page(FOLDER, "analytics", "flights"),
        )

    def test_console_serves_them_by_the_same_paths(self) -> None:
        console = "http://127.0.0.1:8099/"
        self.assertEqual("http://127.0.0.1:8099/runs/nightly~3D1/", run_page(FOLDER, console=console))
        self.assertEqual(
            "http://127.0.0.1:8099/tables/analytics/flights/",
            table_page(FOLDER, "analytics", "flights", console=console),
        )

    def test_execution_has_a_page_in_its_region_and_partition(self) -> None:
        self.assertEqual(
            "https://cn-north-1.console.amazonaws.cn/states/home?region=cn-north-1#/v2/executions/details/"
            "arn%3Aaws-cn%3Astates%3Acn-north-1%3A123456789012%3Aexecution%3Apartition-fan-in%3Anightly%3D1",
            execution_page(ARN),
        )

    def test_other_arns_are_refused(self) -> None:
        for arn in ("", "arn:aws:states:eu-west-1:1:stateMachine:x", "arn:aws:s3:::bucket", "nightly-1"):
            with self.subTest(arn), self.assertRaises(ValueError):
                execution_page(arn)
