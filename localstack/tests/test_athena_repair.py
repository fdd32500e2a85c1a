from __future__ import annotations

import unittest
from typing import Any
from unittest import mock

from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack import athena_repair
from fanin_localstack.athena_repair import RepairError, repair

TABLE = {"Table": {"StorageDescriptor": {"Location": "s3://raw/t/"}, "PartitionKeys": [{"Name": "dt"}]}}


class RepairTest(unittest.TestCase):
    def setUp(self) -> None:
        self.glue, self.s3 = mock.Mock(), mock.Mock()
        self.glue.get_table.return_value = TABLE
        self.glue.get_paginator.return_value.paginate.return_value = [{"Partitions": [{"Values": ["0"]}]}]
        self.glue.batch_create_partition.return_value = {"Errors": []}
        folders = [{"Prefix": f"t/dt={day}/"} for day in range(4)]
        self.s3.get_paginator.return_value.paginate.return_value = [{"CommonPrefixes": folders}]

    def repaired(self) -> int:
        return repair("dw", "t", self.glue, self.s3)

    def refuses(self, *codes: str) -> None:
        errors = [{"PartitionValues": [str(day)], "ErrorDetail": _detail(code)} for day, code in enumerate(codes, 1)]
        self.glue.batch_create_partition.return_value = {"Errors": errors}

    def test_partitions_that_are_registered_are_left_out(self) -> None:
        self.assertEqual(3, self.repaired())

        created = self.glue.batch_create_partition.call_args.kwargs["PartitionInputList"]
        self.assertEqual([["1"], ["2"], ["3"]], [partition["Values"] for partition in created])

    def test_partitions_that_somebody_else_has_registered_meanwhile_are_not_counted(self) -> None:
        self.refuses("AlreadyExistsException", "AlreadyExistsException")

        self.assertEqual(1, self.repaired())

    def test_partitions_that_are_refused_fail_it_once_all_were_tried(self) -> None:
        self.refuses("AlreadyExistsException", "InternalServiceException")

        with (
            mock.patch.object(athena_repair, "BATCH", 2),
            self.assertRaisesRegex(RepairError, r"^2 partitions.*, the first \['2'\]: InternalServiceException: no$"),
        ):
            self.repaired()

        self.assertEqual(2, self.glue.batch_create_partition.call_count)


def _detail(code: str) -> dict[str, Any]:
    return {"ErrorCode": code, "ErrorMessage": "no"}


if __name__ == "__main__":
    unittest.main()
