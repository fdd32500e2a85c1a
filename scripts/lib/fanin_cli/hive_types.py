"""Hive's types, as the catalog writes them, in DuckDB's notation."""

from __future__ import annotations

import re

from fanin_cli.errors import CliError

_SIMPLE = {
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "integer": "INTEGER",
    "bigint": "BIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "binary": "BLOB",
    "decimal": "DECIMAL(10,0)",
}
_CHARACTERS = re.compile(r"(?:var)?char\(\d+\)")
_DECIMAL = re.compile(r"decimal\((\d+)(?:,(\d+))?\)")


def in_duckdb(hive: str) -> str:
    """The type; a CliError names one that no query can read."""
    text = re.sub(r"\s", "", hive)
    folded = text.lower()
    if folded in _SIMPLE:
        return _SIMPLE[folded]
    if _CHARACTERS.fullmatch(folded):
        return "VARCHAR"
    decimal = _DECIMAL.fullmatch(folded)
    if decimal:
        return f"DECIMAL({decimal[1]},{decimal[2] or 0})"
    kind, opening, rest = text.partition("<")
    if opening and rest.endswith(">"):
        inner = _parts(rest[:-1])
        if kind.lower() == "array" and len(inner) == 1:
            return f"{in_duckdb(inner[0])}[]"
        if kind.lower() == "map" and len(inner) == 2:
            return f"MAP({in_duckdb(inner[0])}, {in_duckdb(inner[1])})"
        if kind.lower() == "struct":
            return f"STRUCT({', '.join(_field(part) for part in inner)})"
    raise CliError(f"'{hive}' is no type that a query can read")


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _field(part: str) -> str:
    name, _, kind = part.partition(":")
    return f"{identifier(name)} {in_duckdb(kind)}"


def _parts(text: str) -> list[str]:
    """Splits at the commas that stand in no brackets."""
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        depth += (letter in "<(") - (letter in ">)")
        if letter == "," and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]
