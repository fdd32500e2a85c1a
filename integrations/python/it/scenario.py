"""A table of the emulator's stack whose 24 hours arrive in two loads, one of them cut short: for tests in each library.

The endpoint is that of ``AWS_ENDPOINT_URL``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from partition_fan_in import Run, TableState, start_run

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "samples"
STACK = "partition-fan-in"
BUCKET = "lake"
DATABASE, TABLE = "analytics", "flights"
FIRST = "dt=2013-02-08/hour=10"
BROKEN = "dt=2013-02-08/hour=17"
SPEC_KEY = f"specs/{DATABASE}/{TABLE}.json"
SPEC = f"s3://{BUCKET}/{SPEC_KEY}"
KEPT_SHARE = 0.6
"""The part of the broken object that is kept: enough for a valid beginning."""


class Scenario:
    """The sample's flights, in the table that the samples of the integrations name."""

    def client(self, service: str) -> Any:
        """Of the emulator."""
        return boto3.client(service, config=Config(s3={"addressing_style": "path"}))

    @cached_property
    def state_machine(self) -> str:
        """The ARN of the stack's state machine of one table."""
        stack = self.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
        return next(one["OutputValue"] for one in stack["Outputs"] if one["OutputKey"] == "StateMachineArn")

    def clear(self) -> None:
        """No table, and no data of it."""
        glue, s3 = self.client("glue"), self.client("s3")
        with contextlib.suppress(glue.exceptions.EntityNotFoundException):
            glue.delete_table(DatabaseName=DATABASE, Name=TABLE)
        with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):
            s3.create_bucket(Bucket=BUCKET)
        for found in s3.list_objects_v2(Bucket=BUCKET, Prefix=f"{TABLE}/").get("Contents", []):
            s3.delete_object(Bucket=BUCKET, Key=found["Key"])

    def begin(self) -> None:
        """A new table, with its first hour registered."""
        self.clear()
        self.client("s3").put_object(Bucket=BUCKET, Key=SPEC_KEY, Body=(SAMPLES / "flights.json").read_bytes())
        self._put(file for file in self._files() if FIRST in file.as_posix())
        self.start().wait(poll=0.5)

    def load_the_rest(self) -> Run:
        """23 more hours, one of which cannot be read; the run that finds them, as it begins."""
        self._put(file for file in self._files() if FIRST not in file.as_posix())
        for file in self._files():
            if BROKEN in file.as_posix():
                whole = file.read_bytes()
                self._object(file, whole[: int(len(whole) * KEPT_SHARE)])
        return self.start()

    def repair(self) -> None:
        """Replaces what cannot be read with the whole object."""
        self._put(file for file in self._files() if BROKEN in file.as_posix())

    def start(self) -> Run:
        """A run of the table."""
        return start_run(self.client("stepfunctions"), self.state_machine, SPEC)

    def state(self) -> TableState:
        """What the table says now."""
        return TableState.read(self.client("glue"), DATABASE, TABLE)

    def _files(self) -> list[Path]:
        return sorted((SAMPLES / TABLE).rglob("*.gz"))

    def _put(self, files: Iterable[Path]) -> None:
        for file in files:
            self._object(file, file.read_bytes())

    def _object(self, file: Path, content: bytes) -> None:
        self.client("s3").put_object(Bucket=BUCKET, Key=file.relative_to(SAMPLES).as_posix(), Body=content)
