from __future__ import annotations

import base64
import unittest
from unittest import mock

from localstack.services.firehose.provider import FirehoseProvider
from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack import firehose_streams
from fanin_localstack.firehose_streams import StreamReader


class FakeKinesis:
    """A stream whose iterators are the shard and the place in it."""

    def __init__(self, shards: dict[str, list[bytes]]) -> None:
        self._shards = shards
        self.closed: set[str] = set()

    def list_shards(self, StreamName: str) -> dict:
        return {"Shards": [{"ShardId": shard} for shard in self._shards]}

    def get_shard_iterator(self, StreamName: str, ShardId: str, ShardIteratorType: str) -> dict:
        return {"ShardIterator": f"{ShardId}/0"}

    def get_records(self, ShardIterator: str) -> dict:
        shard, place = ShardIterator.split("/")
        records = self._shards[shard][int(place) :]
        return {
            "Records": [{"Data": data, "PartitionKey": "p", "SequenceNumber": "1"} for data in records],
            **({} if shard in self.closed else {"NextShardIterator": f"{shard}/{int(place) + len(records)}"}),
        }


class StreamReaderTest(unittest.TestCase):
    def setUp(self) -> None:
        self.shards = {"a": [b"1", b"2"], "b": [b"3"]}
        self.read: list[bytes] = []

    def reader(self, listener) -> StreamReader:
        return StreamReader(FakeKinesis(self.shards), "clicks", listener)

    def keep(self, records: list[dict]) -> None:
        self.read += [base64.b64decode(record["data"]) for record in records]

    def test_each_record_of_each_shard_is_handed_on_once(self) -> None:
        reader = self.reader(self.keep)
        reader.look()
        self.shards["b"].append(b"4")
        reader.look()

        self.assertEqual([b"1", b"2", b"3", b"4"], self.read)

    def test_a_closed_shard_is_read_to_its_end_once(self) -> None:
        reader = self.reader(self.keep)
        reader._client.closed.add("a")
        reader.look()
        reader.look()

        self.assertEqual([b"1", b"2", b"3"], self.read)

    def test_what_could_not_be_delivered_comes_again(self) -> None:
        listener = mock.Mock(side_effect=[OSError("no"), None, None])
        reader = self.reader(listener)
        with self.assertRaises(OSError):
            reader.look()
        reader.look()

        self.assertEqual(listener.call_args_list[0], listener.call_args_list[1])


class DelimiterTest(unittest.TestCase):
    def setUp(self) -> None:
        patch = mock.patch.object(FirehoseProvider, "_preprocess_records", FirehoseProvider._preprocess_records)
        patch.start()
        self.addCleanup(patch.stop)
        firehose_streams.append_delimiters()

    def test_a_line_end_is_put_behind_each_record(self) -> None:
        records = [{"data": base64.b64encode(b"{}")}, {"Data": base64.b64encode(b"[]")}]

        done = FirehoseProvider._preprocess_records(mock.Mock(), {"Type": "AppendDelimiterToRecord"}, records)

        self.assertEqual([{"data": base64.b64encode(b"{}\n")}, {"Data": base64.b64encode(b"[]\n")}], done)


if __name__ == "__main__":
    unittest.main()
