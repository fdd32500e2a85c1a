"""What the catalog has registered, on this machine: the objects of a table's partitions, and a view over them.

Nothing else is read: what lies in S3 and is not registered is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fanin_cli.errors import CliError
from fanin_cli.hive_types import identifier, in_duckdb, literal

HIVE_NULL = "__HIVE_DEFAULT_PARTITION__"
PARALLEL_READS = 16
FOLDER = "p"
"""Of a partition's files, with its number behind."""
SUFFIXES = (".gz", ".zst")
LAZY_SIMPLE = "LazySimpleSerDe"
OPEN_CSV = "OpenCSVSerde"


@dataclass(frozen=True)
class Object:
    """An object of a partition, which is known by its number."""

    partition: int
    bucket: str
    key: str
    size: int


@dataclass(frozen=True)
class RegisteredTable:
    """A table, and those of its partitions that a query asks for."""

    table: dict[str, Any]
    partitions: list[dict[str, Any]]
    objects: list[Object]

    @staticmethod
    def of(table: dict[str, Any], partitions: list[dict[str, Any]], s3: Any) -> RegisteredTable:
        with ThreadPoolExecutor(PARALLEL_READS) as pool:
            listed = pool.map(lambda pair: list(_objects(s3, *pair)), enumerate(partitions))
            return RegisteredTable(table, partitions, [found for listing in listed for found in listing])

    @property
    def bytes(self) -> int:
        return sum(found.size for found in self.objects)

    def fetch(self, s3: Any, folder: Path) -> None:
        """Copies the objects to `folder/pN/`, each under a name that says how it is compressed."""

        def copy(copied: tuple[Path, Object]) -> None:
            file, found = copied
            file.parent.mkdir(parents=True, exist_ok=True)
            s3.download_file(found.bucket, found.key, str(file))

        with ThreadPoolExecutor(PARALLEL_READS) as pool:
            list(pool.map(copy, self._copies(folder)))

    def named(self, message: str, folder: Path) -> str:
        """A message about the copies in this folder, as one about the objects."""
        for file, found in reversed(self._copies(folder)):  # 12 before 1
            message = message.replace(str(file), f"s3://{found.bucket}/{found.key}")
        return message

    def _copies(self, folder: Path) -> list[tuple[Path, Object]]:
        return [
            (folder / f"{FOLDER}{found.partition}" / f"{number}{_suffix(found.key)}", found)
            for number, found in enumerate(self.objects)
        ]

    def view(self, folder: Path) -> str:
        """The query of a view with the table's columns and keys, in their order."""
        columns = [(column["Name"], in_duckdb(column["Type"])) for column in self._descriptor.get("Columns", [])]
        keys = [(key["Name"], in_duckdb(key["Type"])) for key in self.table.get("PartitionKeys", [])]
        if not self.objects:
            nothing = ", ".join(f"NULL::{kind} AS {identifier(name)}" for name, kind in [*columns, *keys])
            return f"SELECT {nothing} WHERE false"
        values = ", ".join(self._row(number) for number in sorted({found.partition for found in self.objects}))
        names = ", ".join(["number", *(f"k{number}" for number in range(len(keys)))])
        picked = [
            *(f"data.{identifier(name)}" for name, _ in columns),
            *(f"CAST(k{number} AS {kind}) AS {identifier(name)}" for number, (name, kind) in enumerate(keys)),
        ]
        place = f"{folder}/{FOLDER}"
        number = f"CAST(split_part(substr(data.filename, {len(place) + 1}), '/', 1) AS INTEGER)"
        return (
            f"SELECT {', '.join(picked)} FROM {self._reader(folder, columns)} AS data"
            f" JOIN (VALUES {values}) AS partition({names}) ON partition.number = {number}"
        )

    def _row(self, number: int) -> str:
        values = self.partitions[number]["Values"]
        return f"({', '.join([str(number), *('NULL' if value == HIVE_NULL else literal(value) for value in values)])})"

    def _reader(self, folder: Path, columns: list[tuple[str, str]]) -> str:
        files = literal(f"{folder}/{FOLDER}*/*")
        library = self._descriptor.get("SerdeInfo", {}).get("SerializationLibrary", "")
        typed = "{" + ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in columns) + "}"
        if "parquet" in library.lower():
            return self._parquet(files, columns)
        if "json" in library.lower():
            return f"read_json({files}, columns = {typed}, format = 'newline_delimited', filename = true)"
        settings = self._descriptor.get("SerdeInfo", {}).get("Parameters", {})
        header = self.table.get("Parameters", {}).get("skip.header.line.count", "0") != "0"
        common = f"columns = {typed}, header = {str(header).lower()}, auto_detect = false, filename = true"
        if library.endswith(LAZY_SIMPLE):
            delimiter = literal(settings.get("field.delim", "\x01"))
            null = literal(settings.get("serialization.null.format", "\\N"))
            return f"read_csv({files}, {common}, delim = {delimiter}, quote = '', escape = '', nullstr = {null})"
        if library.endswith(OPEN_CSV):
            delimiter = literal(settings.get("separatorChar", ","))
            return f"read_csv({files}, {common}, delim = {delimiter}, quote = '\"', escape = '\"')"
        name = f"{self.table.get('DatabaseName')}.{self.table['Name']}"
        raise CliError(f"{name} is read by {library or 'no SerDe'}, which a query here cannot do")

    @staticmethod
    def _parquet(files: str, columns: list[tuple[str, str]]) -> str:
        """By name, in whatever case; a column that a file lacks is null in it."""
        typed = ", ".join(f"CAST({identifier(name)} AS {kind}) AS {identifier(name)}" for name, kind in columns)
        known = ", ".join(f"NULL::{kind} AS {identifier(name)}" for name, kind in columns)
        read = f"read_parquet({files}, union_by_name = true, filename = true, hive_partitioning = false)"
        return f"(SELECT {typed}, filename FROM (SELECT {known} WHERE false UNION ALL BY NAME SELECT * FROM {read}))"

    @property
    def _descriptor(self) -> dict[str, Any]:
        return self.table.get("StorageDescriptor", {})


def _objects(s3: Any, number: int, partition: dict[str, Any]) -> Iterator[Object]:
    location = partition.get("StorageDescriptor", {}).get("Location", "")
    place = urlsplit(location, allow_fragments=False)
    prefix = location.partition("://")[2].partition("/")[2].rstrip("/") + "/"
    if place.scheme not in ("s3", "s3a", "s3n") or not place.netloc:
        raise CliError(f"partition {partition['Values']} lies at '{location}', and not in S3")
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=place.netloc, Prefix=prefix):
        yield from (
            Object(number, place.netloc, found["Key"], found["Size"])
            for found in page.get("Contents", [])
            if found["Size"] > 0 and not _is_hidden(found["Key"][len(prefix) :].split("/"))
        )


def _is_hidden(names: Iterable[str]) -> bool:
    """Readers of Hive's tables pass over such names."""
    return any(name.startswith(("_", ".")) for name in names)


def _suffix(key: str) -> str:
    return next((suffix for suffix in SUFFIXES if key.lower().endswith(suffix)), "")
