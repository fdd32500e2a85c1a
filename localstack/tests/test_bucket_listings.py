from __future__ import annotations

import random
import unittest
from types import SimpleNamespace
from typing import Any
from unittest import mock
from urllib.parse import unquote

from localstack.aws.api.s3 import InvalidArgument
from localstack.services.s3 import models, provider
from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack import bucket_listings

CHARACTERS = "aA=/:~{ é-"


class BucketListingsTest(unittest.TestCase):
    def setUp(self) -> None:
        for owner, names in (
            (models.KeyStore, ("set", "pop", "values")),
            (models.VersionedKeyStore, ("set", "pop", "values")),
            (provider.S3Provider, ("list_objects_v2",)),
        ):
            for name in names:
                patch = mock.patch.object(owner, name, getattr(owner, name))
                patch.start()
                self.addCleanup(patch.stop)
        bucket_listings.index_keys()

    def test_pages_hold_what_s3_would_return(self) -> None:
        chance = random.Random(20130208)
        for _ in range(300):
            keys = {"k" + word(chance) for _ in range(chance.randrange(30))}
            bucket = Bucket(models.KeyStore(), keys)
            for key in [key for key in sorted(keys) if chance.random() < 0.2]:
                bucket.remove(key)
                keys.discard(key)
            prefix, after, delimiter = "k" + word(chance, 1), "k" + word(chance), chance.choice(["", "/"])
            encoding = chance.choice([None, "url"])

            pages = bucket.pages(
                prefix=prefix, start_after=after, delimiter=delimiter, encoding_type=encoding, max_keys=3
            )

            self.assertEqual(expected(keys, prefix, after, delimiter), pages, (keys, prefix, after))

    def test_a_listing_reads_only_the_keys_of_its_prefix(self) -> None:
        bucket = Bucket(models.KeyStore(), {f"lake/{number:05}/a" for number in range(10_000)})

        with mock.patch.object(models.KeyStore, "get", autospec=True, side_effect=models.KeyStore.get) as get:
            self.assertEqual(["lake/00077/a"], bucket.pages(prefix="lake/00077/"))

        self.assertEqual(1, get.call_count)

    def test_deleted_and_older_versions_are_not_listed(self) -> None:
        bucket = Bucket(models.VersionedKeyStore(), {"a/kept", "a/gone", "a/replaced", "b"})
        bucket.store.set("a/gone", models.S3DeleteMarker(key="a/gone", version_id="2"))
        bucket.store.set("a/replaced", stored("a/replaced", "3"))

        self.assertEqual(["a/kept", "a/replaced"], bucket.pages(prefix="a/"))
        bucket.store.pop("a/gone", "2")
        self.assertEqual(["a/gone", "a/kept", "a/replaced"], bucket.pages(prefix="a/"))

    def test_parameters_come_back_as_they_were_sent(self) -> None:
        bucket = Bucket(models.KeyStore(), {"a b", "c"})

        self.assertEqual("a b", bucket.page(start_after="a b")["StartAfter"])
        self.assertEqual("a%20b", bucket.page(start_after="a b", encoding_type="url")["StartAfter"])
        token = bucket.page(max_keys=1)["NextContinuationToken"]
        self.assertEqual(token, bucket.page(continuation_token=token)["ContinuationToken"])

    def test_an_empty_continuation_token_is_refused(self) -> None:
        with self.assertRaises(InvalidArgument):
            Bucket(models.KeyStore(), {"a"}).page(continuation_token="")


class Bucket:
    """A bucket in a store of its own, listed by LocalStack's provider."""

    def __init__(self, store: Any, keys: set[str]) -> None:
        self.store = store
        for key in keys:
            store.set(key, stored(key, "1"))

    def remove(self, key: str) -> None:
        self.store.pop(key)

    def page(self, **parameters: Any) -> dict[str, Any]:
        bucket = SimpleNamespace(objects=self.store, bucket_region="us-east-1")
        served = SimpleNamespace(_get_cross_account_bucket=lambda *_: (None, bucket))
        return provider.S3Provider.list_objects_v2(served, None, "lake", **parameters)

    def pages(self, **parameters: Any) -> list[str]:
        found: list[str] = []
        while True:
            page = self.page(**parameters)
            names = [entry["Key"] for entry in page.get("Contents", [])]
            names += [entry["Prefix"] for entry in page.get("CommonPrefixes", [])]
            found += [unquote(name) if parameters.get("encoding_type") else name for name in names]
            if not page["IsTruncated"]:
                return sorted(found)
            parameters["continuation_token"] = page["NextContinuationToken"]


def stored(key: str, version: str) -> models.S3Object:
    return models.S3Object(key=key, etag="e", size=1, version_id=version)


def word(chance: random.Random, length: int = 5) -> str:
    return "".join(chance.choice(CHARACTERS) for _ in range(chance.randrange(length + 1)))


def expected(keys: set[str], prefix: str, after: str, delimiter: str) -> list[str]:
    found = set()
    for key in keys:
        if key.startswith(prefix) and key > after:
            head, mark, _ = key[len(prefix) :].partition(delimiter) if delimiter else (key, "", "")
            found.add(prefix + head + mark if mark else key)
    return sorted(found)


if __name__ == "__main__":
    unittest.main()
