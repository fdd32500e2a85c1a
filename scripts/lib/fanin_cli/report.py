"""Says what came of an execution, and what to do next."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from fanin_cli.executions import Moment
from fanin_cli.project import command

SHOWN_REASONS = 10
SHOWN_ALIKE = 3
SHOWN_SKIPS = 5
REMARKS = {
    "waiting": "Not ready yet",
    "setAside": "Set aside, no longer tried unless named",
    "missing": "Periods without any prefix",
}
RERUN = "Next, once they are mended: start a run for the table again"
PARTIAL_ERROR = "TablePartialException"
BUSY_ERROR = "TableBusyException"


class Verdict(Enum):
    """How an execution ended; the value is the command's exit code."""

    DONE = 0
    PARTIAL = 1
    FAILED = 2
    BUSY = 3


@dataclass(frozen=True)
class Outcome:
    """How an execution ended, and the lines that tell it."""

    verdict: Verdict
    lines: list[str] = field(default_factory=list)


class Reports:
    """The run reports in the state bucket."""

    def __init__(self, s3: Any, state_bucket: str) -> None:
        self._s3 = s3
        self.state_bucket = state_bucket

    def of_run(self, name: str) -> dict[str, Any] | None:
        return self.document(f"runs/{name}/report.json")

    def plan_of(self, name: str) -> dict[str, Any] | None:
        """What a dry run has found out."""
        return self.document(f"runs/{name}/plan.json")

    def at(self, uri: str) -> dict[str, Any] | None:
        return self.document(urlsplit(uri).path.lstrip("/"))

    def document(self, key: str) -> dict[str, Any] | None:
        """A JSON document of the state bucket, or None where there is none."""
        try:
            return json.load(self._s3.get_object(Bucket=self.state_bucket, Key=key)["Body"])
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                return None
            raise


def outcome(name: str, moment: Moment, reports: Reports) -> Outcome:
    """What came of the execution with this name."""
    if moment.status == "SUCCEEDED":
        return _succeeded(moment, reports)
    if (moment.error or "").endswith(PARTIAL_ERROR):
        return _partial(name, moment, reports.of_run(_run(name, moment)))
    if (moment.error or "").endswith(BUSY_ERROR):
        return Outcome(Verdict.BUSY, [error_message(moment.error, moment.cause)])
    ended = "was stopped" if moment.status == "ABORTED" else moment.status.lower().replace("_", " ")
    return Outcome(Verdict.FAILED, [f"Execution {name} {ended}: {error_message(moment.error, moment.cause)}"])


def _run(name: str, moment: Moment) -> str:
    """The run's id, as its own detector or gate told it."""
    return (moment.history.detection or {}).get("run", name)


def error_message(error: str | None, cause: str | None) -> str:
    """What a person has to know of an execution's failure: of a Lambda's error the message, without its stack trace."""
    try:
        parsed = json.loads(cause or "")
    except ValueError:
        parsed = None
    if isinstance(parsed, dict) and parsed.get("errorMessage"):
        return str(parsed["errorMessage"])
    if isinstance(parsed, dict) and parsed.get("errorType"):
        return str(parsed["errorType"])
    return ": ".join(part for part in (error, cause) if part) or "no reason is given"


def failure_lines(failures: Iterable[dict[str, Any]]) -> list[str]:
    """The first of the reasons, each after the first of the partitions that failed for it."""
    by_reason: dict[str, list[dict[str, Any]]] = {}
    for failure in failures:
        reason = f"{printable(failure.get('error'))}: {printable(failure.get('message'))}"
        by_reason.setdefault(reason, []).append(failure)
    lines = []
    for reason, alike in list(by_reason.items())[:SHOWN_REASONS]:
        lines += [_failed(failure) for failure in alike[:SHOWN_ALIKE]]
        lines += [f"  and {len(alike) - SHOWN_ALIKE} more"] if len(alike) > SHOWN_ALIKE else []
        lines.append(f"    {reason}")
    others = sum(len(alike) for alike in list(by_reason.values())[SHOWN_REASONS:])
    return lines + ([f"  and {others} more"] if others else [])


def _failed(failure: dict[str, Any]) -> str:
    attempts = failure.get("attempts", 1)
    aside = ", set aside" if failure.get("setAside") else ""
    tried = f" (tried {attempts} times{aside})" if attempts > 1 or aside else ""
    return f"  {printable(failure.get('partition'))}{tried}"


def printable(text: object) -> str:
    """Names in S3 may hold anything, and a terminal obeys control characters."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(text))


def bad_record_lines(told: dict[str, Any]) -> list[str]:
    """Raw records that are not in the table, as a run's report or an execution's output counts them."""
    count = told.get("badRecords")
    if not count:
        return []
    left_out = f"{count} raw {'record was' if count == 1 else 'records were'} left out as bad"
    return [f"{left_out}: {printable(told['quarantine'])}" if told.get("quarantine") else f"{left_out}."]


def skip_lines(detection: dict[str, Any] | None) -> list[str]:
    """Names under the table's location that were not taken for partitions."""
    skipped = (detection or {}).get("skipped", 0)
    count = sum(skipped.values()) if isinstance(skipped, dict) else skipped
    if not count:
        return []
    sample = (detection or {}).get("skippedSample", [])[:SHOWN_SKIPS]
    lines = [f"Skipped {count} {'name that is' if count == 1 else 'names that are'} no partition:"]
    lines += [
        f"  {printable(skip.get('prefix'))} ({printable(skip.get('detail') or skip.get('reason'))})" for skip in sample
    ]
    return lines + ([f"  and {count - len(sample)} more"] if count > len(sample) else [])


def remark_lines(detection: dict[str, Any] | None) -> list[str]:
    """Partitions that were seen and are not processed, or were expected and not seen."""
    detection = detection or {}
    lines = []
    for name, title in REMARKS.items():
        count = detection.get(name, 0)
        sample = [printable(one) for one in detection.get(f"{name}Sample", [])][:SHOWN_SKIPS]
        if count:
            lines += [f"{title} ({count}):", *(f"  {one}" for one in sample)]
            lines += ["  and more"] if len(sample) < len(detection.get(f"{name}Sample", [])) else []
    return lines


def notes(detection: dict[str, Any] | None) -> list[str]:
    """What a person should know of a detection beside what is processed."""
    return [*remark_lines(detection), *skip_lines(detection)]


def _succeeded(moment: Moment, reports: Reports) -> Outcome:
    output = json.loads(moment.output or "{}")
    detection = moment.history.detection
    if output.get("next") == "BUSY":
        return _busy(output)
    if output.get("next") == "NOTHING_NEW":
        return Outcome(Verdict.DONE, [_nothing_new(output), *notes(output)])
    if output.get("next") == "PARTIAL":
        headline = f"{output.get('table')} is PARTIAL: nothing new, and nothing outstanding that this run tries again."
        next_line = f"Next: {command('status')} {output.get('table')} names what is outstanding"
        return Outcome(Verdict.PARTIAL, [headline, *notes(output), next_line])
    if output.get("next") == "PLANNED":
        count = output.get("partitions")
        noun = "partition" if count == 1 else "partitions"
        return Outcome(Verdict.DONE, [f"Planned: {count} {noun} of {output.get('table')}."])
    counts = f"{output.get('registered')} registered, {output.get('outstanding')} outstanding"
    if output.get("status") == "PARTIAL":
        report = reports.at(output["report"]) or {}
        lines = [f"{output.get('table')} is PARTIAL: {counts}.", *failure_lines(report.get("failures", []))]
        lines += [*bad_record_lines(output), *notes(detection), RERUN]
        return Outcome(Verdict.PARTIAL, lines)
    headline = f"{output.get('table')} is COMPLETE: {counts}."
    return Outcome(Verdict.DONE, [headline, *bad_record_lines(output), *notes(detection)])


def _nothing_new(output: dict[str, Any]) -> str:
    found = f"{output['found']} partitions found" if "found" in output else ""
    waiting = output.get("waiting", 0)
    if waiting:
        return f"Nothing is ready in {output.get('table')}: {found}, {waiting} of them not ready."
    return f"Nothing new: {output.get('table')} is up to date{found and ', ' + found}."


def _busy(output: dict[str, Any]) -> Outcome:
    lines = [
        f"{output.get('table')} is busy: another execution is working on it, and this one has done nothing.",
        f"  {output.get('holder')}",
        "Next, when that one has ended: start a run for the table again",
    ]
    return Outcome(Verdict.BUSY, lines)


def _partial(name: str, moment: Moment, report: dict[str, Any] | None) -> Outcome:
    if report is None:
        lines = [error_message(moment.error, moment.cause)]
    else:
        counts = f"{report.get('registered')} registered, {report.get('outstanding')} outstanding"
        lines = [f"{report.get('table')} is PARTIAL: {counts}.", *failure_lines(report.get("failures", []))]
        lines += bad_record_lines(report)
    lines += notes(moment.history.detection)
    return Outcome(Verdict.PARTIAL, [*lines, redrive_line(name)])


def redrive_line(name: str) -> str:
    """What to do about a run that is held. A redrive has its run's spec, so a mended one needs another run."""
    return (
        f"Next, once they are mended (where the spec is, start a run instead): {command('redrive')} {shlex.quote(name)}"
    )
