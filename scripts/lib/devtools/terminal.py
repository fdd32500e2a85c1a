"""What may be printed: names and messages of others are in it, which neither a terminal nor a workflow may obey."""

from __future__ import annotations

import re
import unicodedata

ACTING = frozenset({"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"})
"""Categories of characters that control a terminal, turn text around, or are seen by no one."""
COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#\[)")
"""What GitHub takes for a command in the log of a job: ``::`` at the beginning of a line, ``##[`` anywhere in it."""


def harmless(text: str) -> str:
    """The text with a question mark for each character that acts; its lines stay lines."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    if not line.isascii() or not line.isprintable():
        line = "".join(map(_shown, line.removesuffix("\r").replace("\t", "    ")))
    return COMMAND.sub(lambda found: f"{found.group(1) or ''}?", line)


def _shown(character: str) -> str:
    return "?" if unicodedata.category(character) in ACTING else character
