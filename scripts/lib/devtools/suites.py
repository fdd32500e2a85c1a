"""Suites of checks or tests, and their results."""

from __future__ import annotations

import re
import time
import traceback
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from devtools.errors import CliError, NotAtHandError
from devtools.jobs import LAST_LINES, Job, run_all, run_logged
from devtools.project import LOGS, is_continuous_integration, say, shown

LINES_OF_A_TEST = 20
LINE_LENGTH = 400
LATER = ("nice",)
"""Before a command that others do not wait for: what compiles the Java tests comes first, the longest of the lanes."""


class Outcome(Enum):
    """The words in the summary."""

    PASSED = "passed"
    FAILED = "FAILED"
    NOT_RUN = "not run"


@dataclass(frozen=True)
class Result:
    """The result of a suite; `detail` says how much ran, what went wrong, or why it did not run, in one line.

    `failure` is the whole error of one that did not pass.
    """

    title: str
    outcome: Outcome
    detail: str
    seconds: float
    failure: str = ""


@dataclass(frozen=True)
class Suite:
    """Something that passes or raises, and says how much it has checked."""

    title: str
    check: Callable[[], str]

    def run(self) -> Result:
        started = time.monotonic()
        details: list[str] = []
        try:
            run_all([Job(self.title, lambda: details.append(self.check()))])
        except CliError as error:
            outcome = _without(error)
            left_out = f"{self.title}: left out, {error.message}" + (f"; {error.hint}" if error.hint else "")
            say(left_out if outcome is Outcome.NOT_RUN else str(error))
            return self._not_passed(outcome, error.message.splitlines()[0], str(error), started)
        except Exception as error:
            # A defect of one suite never takes away what the others have found.
            trace = "".join(traceback.format_exception(error)).rstrip()
            say(trace)
            return self._not_passed(Outcome.FAILED, repr(error), trace, started)
        return Result(self.title, Outcome.PASSED, details[0], time.monotonic() - started)

    def _not_passed(self, outcome: Outcome, detail: str, failure: str, started: float) -> Result:
        return Result(self.title, outcome, detail, time.monotonic() - started, failure)


def _without(error: CliError) -> Outcome:
    """In continuous integration a suite that does not run has failed."""
    away = isinstance(error, NotAtHandError) and not is_continuous_integration()
    return Outcome.NOT_RUN if away else Outcome.FAILED


def command(title: str, arguments: Iterable[str | Path], environment: dict[str, str] | None = None) -> Suite:
    """A command that succeeds when its exit code is 0."""

    def check() -> str:
        run_logged([*LATER, *arguments], log_of(title), title, environment)
        return "ok"

    return Suite(title, check)


def unittests(title: str, python: Path, folder: Path, environment: dict[str, str], pattern: str = "test*.py") -> Suite:
    """Python tests, of which none may be skipped."""

    def check() -> str:
        arguments = [*LATER, python, "-m", "unittest", "discover", "--start-directory", folder, "--pattern", pattern]
        run_logged(arguments, log_of(title), title, environment)
        output = (LOGS / log_of(title)).read_text(errors="replace")
        ran = re.search(r"^Ran (\d+) tests?", output, re.MULTILINE)
        skipped = re.search(r"skipped=(\d+)", output)
        if not ran or ran[1] == "0" or skipped:
            raise CliError(
                f"{skipped[1] if skipped else 'all'} tests were skipped", f"see {shown(LOGS / log_of(title))}"
            )
        return f"{ran[1]} tests"

    return Suite(title, check)


def failed_tests(lines: Sequence[str]) -> Sequence[str]:
    """Of what Maven prints, the tests that failed and why; its last lines where it failed before or after tests."""
    found: list[str] = []
    among = False
    details = 0
    for line in lines:
        if re.match(r"\[ERROR\] (Failures|Errors): *$", line):
            among = True
        elif line.startswith("[ERROR] Tests run:"):
            among = False
        elif among:
            details = 0 if line.startswith("[ERROR]   ") else details + 1
            if details <= LINES_OF_A_TEST:
                found.append(line if len(line) <= LINE_LENGTH else line[:LINE_LENGTH] + " ...")
    return found or lines[-LAST_LINES:]


@dataclass(frozen=True)
class Counts:
    """Tests of Java classes, from the reports that Maven writes."""

    tests: int
    skipped: int
    skipped_classes: tuple[str, ...]

    @staticmethod
    def read(reports: Iterable[Path]) -> Counts:
        roots = [_root(report) for report in reports]
        tests = sum(int(root.get("tests", 0)) for root in roots)
        skipped = sum(int(root.get("skipped", 0)) for root in roots)
        whole = [
            root.get("name", "?") for root in roots if 0 < int(root.get("tests", 0)) == int(root.get("skipped", 0))
        ]
        return Counts(tests, skipped, tuple(sorted(whole)))

    def checked(self, what: str) -> str:
        """How many ran; a class that was skipped as a whole has not been tested."""
        if not self.tests:
            raise CliError(f"no {what} ran")
        if self.skipped_classes:
            raise CliError(f"{what} were skipped: {', '.join(self.skipped_classes)}")
        return f"{self.tests - self.skipped} {what}" + (f" ({self.skipped} skipped)" if self.skipped else "")


def _root(report: Path) -> ElementTree.Element:
    """With its attributes alone: what tests have printed follows, and may hold what XML does not allow."""
    with report.open("rb") as content:
        _, root = next(ElementTree.iterparse(content, events=("start",)))
        return root


def log_of(title: str) -> str:
    return "test-" + re.sub(r"\W+", "-", title.lower()).strip("-") + ".log"
