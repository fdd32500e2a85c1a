"""Registers with awswrangler what is in S3 and not in Glue, as a script of its users does.

Started with database, table and the table's location. It finds S3, Glue and its credentials in the environment.
"""

from __future__ import annotations

import sys

import awswrangler

COLUMNS = {"id": "int", "name": "string"}


def values_of(folder: str) -> list[str]:
    """Of the keys of a folder in Hive's layout."""
    return [segment.partition("=")[2] for segment in folder.rstrip("/").split("/") if "=" in segment]


def main() -> None:
    database, table, location = sys.argv[1:]
    folders = [
        hour for day in awswrangler.s3.list_directories(location) for hour in awswrangler.s3.list_directories(day)
    ]
    registered = {tuple(values) for values in awswrangler.catalog.get_partitions(database, table).values()}
    new = {folder: values_of(folder) for folder in folders if tuple(values_of(folder)) not in registered}
    if new:
        awswrangler.catalog.add_json_partitions(database, table, new, compression="gzip", columns_types=COLUMNS)
    print(f"{len(new)} partitions added")


if __name__ == "__main__":
    main()
