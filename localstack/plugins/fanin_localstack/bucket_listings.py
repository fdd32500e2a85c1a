"""Lists a page of a bucket without reading all of the bucket's keys.

For each page LocalStack sorts all objects of the bucket and encodes each of their keys: with 10,000 objects that takes
longer than all else in a run, and it grows with what the run itself writes. It also compares encoded keys, so that
``StartAfter`` skips keys that S3 returns. Here an index, sorted as S3 sorts, gives the keys that a page may have, and
LocalStack's own code makes the page of these.
"""

from __future__ import annotations

import base64
import bisect
import itertools
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from threading import RLock
from typing import Any
from urllib.parse import quote

from localstack.runtime import hooks


@dataclass(frozen=True)
class KeyRange:
    """The keys with this prefix, from one key on, or after it."""

    prefix: str
    start: str = ""
    inclusive: bool = True

    def first(self, keys: list[str]) -> int:
        if self.prefix > self.start:
            return bisect.bisect_left(keys, self.prefix)
        return (bisect.bisect_left if self.inclusive else bisect.bisect_right)(keys, self.start)

    def keys(self, keys: list[str]) -> Iterator[str]:
        rest = itertools.islice(keys, self.first(keys), None)
        return itertools.takewhile(lambda key: key.startswith(self.prefix), rest)


LISTED: ContextVar[KeyRange | None] = ContextVar("listed", default=None)
"""What the listing in progress returns; none while anything else reads the bucket."""


@hooks.on_infra_start()
def index_keys() -> None:
    from localstack.services.s3 import models, provider

    for store in (models.KeyStore, models.VersionedKeyStore):
        keep_index(store, models.S3Object)
    provider.S3Provider.list_objects_v2 = of_a_range(provider.S3Provider.list_objects_v2)


def keep_index(store: type[Any], listed: type[Any]) -> None:
    """Keeps the keys sorted, and gives a listing the objects of its range: of this type, so no delete markers."""
    put, pop, values = store.set, store.pop, store.values
    lock = RLock()

    def sorted_keys(self: Any) -> list[str]:
        if "_sorted_keys" not in self.__dict__:
            self._sorted_keys = sorted(self._store)
        return self._sorted_keys

    def indexed_set(self: Any, object_key: str, s3_object: Any) -> None:
        with lock:
            keys = sorted_keys(self)
            if object_key not in self._store:
                bisect.insort(keys, object_key)
            put(self, object_key, s3_object)

    def indexed_pop(self: Any, object_key: str, *args: Any, **kwargs: Any) -> Any:
        with lock:
            keys = sorted_keys(self)
            was_there = object_key in self._store
            popped = pop(self, object_key, *args, **kwargs)
            if was_there and object_key not in self._store:
                del keys[bisect.bisect_left(keys, object_key)]
            return popped

    def values_of_range(self: Any, *args: Any, **kwargs: Any) -> list[Any]:
        key_range = LISTED.get()
        if key_range is None:
            return values(self, *args, **kwargs)
        with lock:
            found = [self.get(key) for key in key_range.keys(sorted_keys(self))]
        return [s3_object for s3_object in found if isinstance(s3_object, listed)]

    store.set, store.pop, store.values = indexed_set, indexed_pop, values_of_range


def of_a_range(list_objects: Callable[..., Any]) -> Callable[..., Any]:
    """LocalStack's listing, which sees no other keys than those that its parameters select."""

    def list_objects_v2(
        self: Any,
        context: Any,
        bucket: str,
        prefix: str | None = None,
        continuation_token: str | None = None,
        start_after: str | None = None,
        **parameters: Any,
    ) -> Any:
        if continuation_token:
            selected = KeyRange(prefix or "", key_of(continuation_token))
            echo = {"ContinuationToken": continuation_token}
        else:
            selected = KeyRange(prefix or "", start_after or "", inclusive=not start_after)
            encoded = quote(start_after or "") if parameters.get("encoding_type") else start_after
            echo = {"StartAfter": encoded} if start_after else {}
        token = LISTED.set(selected)
        try:
            empty = {"continuation_token": ""} if continuation_token == "" else {}  # which is refused
            return {**list_objects(self, context, bucket, prefix=prefix, **empty, **parameters), **echo}
        finally:
            LISTED.reset(token)

    return list_objects_v2


def key_of(continuation_token: str) -> str:
    """The key from which a page goes on. LocalStack writes them all, and reads only those in ASCII."""
    return base64.b64decode(continuation_token, altchars=b"._").decode()
