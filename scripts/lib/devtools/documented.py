"""The commands that README.md and docs/ show, for the tests that parse and run them.

Commands stand in blocks that say ``sh``, or behind a prompt in blocks that say ``console``, and in the text as code.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from devtools.project import ROOT

DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))

PROGRAM = re.compile(r"(?:\.\.?/)*((?:scripts|benchmarks)/[\w-]+|fanin|sam|aws|awslocal|mvn)")
OF_AWS = ("aws", "sam")
HELPERS = ("cd", "curl", "export", "jq", "npx", "pip", "sh", "dbt", "fanin-dbt-freshness")
"""What blocks use besides."""
PLACEHOLDER = re.compile(r"<[^<>]+>")
OPTIONAL = re.compile(r"(?<!\S)\[([^\[\]]+)\](?!\S)")
VARIABLE = re.compile(r"\w+=")
CODE = re.compile(r"`([^`]+)`")
AWS = re.compile(r"\bAWS\b")


class UnknownProgramError(Exception):
    """A line that is shown as a command begins with no program that the project knows."""


@dataclass(frozen=True)
class Shown:
    """A command in a document.

    It is marked where the page's title, the section's heading or a comment in the block says AWS. It needs AWS where it
    has ``--aws``; one of aws or sam also where it is marked. A step on AWS is one that is marked and stands in a block.
    """

    where: str
    words: tuple[str, ...]
    is_step_on_aws: bool
    needs_aws: bool
    is_mention: bool

    @property
    def program(self) -> str:
        return self.words[0]

    @property
    def arguments(self) -> list[str]:
        return list(self.words[1:])

    @property
    def options(self) -> frozenset[str]:
        return frozenset(word for word in self.words if word.startswith("-"))


def commands(*programs: str) -> list[Shown]:
    """Those of these programs in all documents; of all programs where none is named."""
    shown = [one for document in DOCUMENTS for one in read(document.name, document.read_text())]
    return [one for one in shown if not programs or one.program in programs]


def read(name: str, text: str) -> Iterator[Shown]:
    """The commands in a document's text."""
    lines = enumerate(text.splitlines(), 1)
    title = heading = comments = ""
    block = None
    for number, line in lines:
        line = line.lstrip()
        where = f"{name}:{number}"
        if line.startswith("```"):
            block = line[3:].strip() if block is None else None
            comments = ""
        elif block is None:
            if line.startswith("#"):
                heading = line
                title = title or line
            for code in CODE.findall(line):
                if PROGRAM.fullmatch(code.split()[0]) and ("/" in code or " " in code):
                    yield from _split(where, code, title + heading, True)
        elif block == "sh" or (block == "console" and line.startswith("$ ")):
            while line.endswith("\\"):
                line = line[:-1] + next(lines)[1]
            comments += line.partition("# ")[2]
            yield from _split(where, line.removeprefix("$ "), title + heading + comments, False)
        elif not block and (line.startswith("$ ") or PROGRAM.fullmatch(line.split(" ")[0])):
            raise UnknownProgramError(f"{where}: a block with commands begins with ```sh or ```console")


def _split(where: str, line: str, marks: str, in_text: bool) -> Iterator[Shown]:
    words = shlex.split(OPTIONAL.sub(r"\1", PLACEHOLDER.sub("PLACEHOLDER", line)), comments=not in_text)
    while words:
        end = words.index("|") if "|" in words else len(words)
        command, words = words[:end], words[end + 1 :]
        while VARIABLE.match(command[0]):
            command.pop(0)
        program = PROGRAM.fullmatch(command[0])
        if program:
            is_marked = bool(AWS.search(marks))
            needs_aws = "--aws" in command or (program[1] in OF_AWS and is_marked)
            # In the text a command may be called by its name alone.
            is_mention = in_text and not any(word.startswith("-") for word in command)
            yield Shown(where, (program[1], *command[1:]), is_marked and not in_text, needs_aws, is_mention)
        elif command[0] not in HELPERS:
            raise UnknownProgramError(f"{where}: {line}")
