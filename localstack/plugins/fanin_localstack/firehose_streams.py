"""Lets Firehose read Kinesis streams, and put a line end behind each record.

For each stream LocalStack starts a process of the Kinesis Client Library, which it has to download, and which keeps its
place in DynamoDB; here a thread reads. And LocalStack passes over the processor ``AppendDelimiterToRecord``, so that
records run together.
"""

from __future__ import annotations

import base64
import functools
import logging
import threading
from collections.abc import Callable
from typing import Any

from localstack.runtime import hooks

LOG = logging.getLogger(__name__)
INTERVAL = 1.0
"""Seconds between two looks; what comes in one look is one object in S3."""
DELIMITER = b"\n"

Record = dict[str, Any]
Listener = Callable[[list[Record]], Any]


@hooks.on_infra_start()
def read_streams() -> None:
    from localstack.utils.kinesis import kinesis_connector

    kinesis_connector.listen_to_kinesis = listen


@hooks.on_infra_start()
def append_delimiters() -> None:
    from localstack.services.firehose.provider import FirehoseProvider

    preprocess = FirehoseProvider._preprocess_records
    if hasattr(preprocess, "__wrapped__"):
        return

    @functools.wraps(preprocess)
    def delimited(provider: Any, processor: Record, records: list[Record]) -> list[Record]:
        if processor.get("Type") == "AppendDelimiterToRecord":
            return [_with_delimiter(record) for record in records]
        return preprocess(provider, processor, records)

    FirehoseProvider._preprocess_records = delimited


def _with_delimiter(record: Record) -> Record:
    member = "Data" if "Data" in record else "data"
    return {**record, member: base64.b64encode(base64.b64decode(record[member]) + DELIMITER)}


def listen(
    stream_name: str, account_id: str, region_name: str, listener_func: Listener, **_of_the_library: Any
) -> StreamReader:
    """Replaces LocalStack's own listener."""
    from localstack.aws.connect import connect_to

    client = connect_to(aws_access_key_id=account_id, region_name=region_name).kinesis
    reader = StreamReader(client, stream_name, listener_func)
    reader.start()
    return reader


class StreamReader(threading.Thread):
    """Hands on the records of the shards that the stream has when it is first read, from their beginning."""

    def __init__(self, client: Any, stream: str, listener: Listener) -> None:
        super().__init__(name=f"firehose-{stream}", daemon=True)
        self._client = client
        self._stream = stream
        self._listener = listener
        self._iterators: dict[str, str | None] = {}
        """Where each shard is read on; None where it is closed, and read to its end."""
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    def run(self) -> None:
        while not self._stopped.wait(INTERVAL):
            try:
                self.look()
            except Exception:
                # The stream may still be in the making; what was not delivered is read again.
                LOG.warning("Reading the stream %s failed, and is tried again", self._stream, exc_info=True)

    def look(self) -> None:
        """Advances in a shard only once the records read are delivered."""
        if not self._iterators:
            for shard in self._client.list_shards(StreamName=self._stream)["Shards"]:
                self._iterators[shard["ShardId"]] = self._client.get_shard_iterator(
                    StreamName=self._stream, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
                )["ShardIterator"]
        for shard, iterator in list(self._iterators.items()):
            if iterator is None:
                continue
            answer = self._client.get_records(ShardIterator=iterator)
            if answer["Records"]:
                self._listener([_as_firehose_takes_it(record) for record in answer["Records"]])
            self._iterators[shard] = answer.get("NextShardIterator")


def _as_firehose_takes_it(record: Record) -> Record:
    return {
        "data": base64.b64encode(record["Data"]),
        "partitionKey": record["PartitionKey"],
        "sequenceNumber": record["SequenceNumber"],
    }
