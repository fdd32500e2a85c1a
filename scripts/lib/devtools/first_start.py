"""Plays the demo as somebody does who has just cloned the project, and holds the README to what it prints."""

from __future__ import annotations

import re
from collections.abc import Iterable

from devtools.clone import Clone
from devtools.errors import CliError
from devtools.project import LOGS, ROOT
from devtools.suites import Suite, log_of

TITLE = "First start"
GAP = "..."
VARYING = (
    # The name of an execution: when it was started, and for one of all tables a digest.
    (re.compile(r"\d{8}T\d{6}-\d{3}(-[0-9a-f]{10})?"), "NAME"),
    (re.compile(r" --port \d+"), ""),
)
PROGRESS = re.compile(r"\s+\d+ of \d+")
"""How far a Map is: a line that appears or not."""


def suite(clone: Clone) -> Suite:
    def check() -> str:
        clone.run("demo", log_of(TITLE))
        printed = (LOGS / log_of(TITLE)).read_text(encoding="utf-8")
        missing = first_missing(promised((ROOT / "README.md").read_text(encoding="utf-8")), printed)
        if missing:
            raise CliError("scripts/demo does not print what the README shows:\n" + "\n".join(missing))
        return "scripts/demo prints what the README shows"

    return Suite(TITLE, check)


def promised(readme: str) -> list[list[str]]:
    """What the README shows of the demo: parts without a gap."""
    block = readme.partition("```console\n$ ./scripts/demo\n")[2].partition("```\n")[0]
    parts: list[list[str]] = [[]]
    for line in _fixed(block):
        if line == GAP:
            parts.append([])
        else:
            parts[-1].append(line)
    return [part for part in parts if part]


def first_missing(parts: list[list[str]], printed: str) -> list[str]:
    """The first part that is not printed behind the one before it; nothing where all are there."""
    lines = list(_fixed(printed))
    start = 0
    for part in parts:
        found = (number for number in range(start, len(lines)) if lines[number : number + len(part)] == part)
        place = next(found, None)
        if place is None:
            return part
        start = place + len(part)
    return [] if parts else ["nothing: the README has no block that begins with ./scripts/demo"]


def _fixed(text: str) -> Iterable[str]:
    """The lines, without what differs from run to run."""
    for line in text.splitlines():
        if not PROGRESS.fullmatch(line):
            for pattern, fixed in VARYING:
                line = pattern.sub(fixed, line)
            yield line.rstrip()
