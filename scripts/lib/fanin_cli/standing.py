"""What the system believes of a table, and whether the catalog's copy says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fanin_cli.project import command
from fanin_cli.report import bad_record_lines, error_message, printable

COMPLETE, PARTIAL, DISAGREEING = 0, 1, 3
"""The command's exit codes."""
HELD_ERROR = "TablePartialException"


@dataclass(frozen=True)
class Standing:
    """A table's parameters in Glue, its record in the state bucket, and its last run's report and execution.

    Each is empty or None where there is none.
    """

    parameters: dict[str, str]
    record: dict[str, Any]
    report: dict[str, Any] | None = None
    execution: dict[str, Any] | None = None

    def exit_code(self) -> int:
        if self.differences():
            return DISAGREEING
        return PARTIAL if "PARTIAL" in (self._status(), self.parameters.get("fanin.status")) else COMPLETE

    def lines(self) -> list[str]:
        return [*self._unrecorded(), *self._last_run(), *self._open(), *self._disagreement()]

    def differences(self) -> list[str]:
        """Where the catalog's copy says otherwise than the record; a table without a record has none to differ from."""
        if not self.record:
            return []
        return [
            f"  {name} is {printable(self.parameters.get(name, 'absent'))}, "
            f"and should be {printable(value or 'absent')}"
            for name, value in self._published().items()
            if self.parameters.get(name) != value
        ]

    def set_aside(self) -> frozenset[str]:
        """The prefixes of the partitions that no scheduled run tries again, as the last run's report names them."""
        failures = (self.report or {}).get("failures", [])
        return frozenset(failure["prefix"] for failure in failures if failure.get("setAside"))

    def _status(self) -> str:
        return "PARTIAL" if self.record.get("outstanding") or self.record.get("missing") else "COMPLETE"

    def _published(self) -> dict[str, str | None]:
        last = self.record.get("lastRun")
        missing = self.record.get("missing")
        return {
            "fanin.status": self._status(),
            "fanin.failed": str(len(self.record.get("outstanding", []))),
            "fanin.complete_through": self.record.get("completeThrough"),
            "fanin.missing": None if missing is None else str(missing),
            "fanin.registered": str(last["registered"]) if last else None,
            "fanin.run": last["folder"] if last else None,
        }

    def _unrecorded(self) -> list[str]:
        if self.record or "fanin.status" not in self.parameters:
            return []
        return [
            "This stack has no record of the table: another stack has said this of it, or the state bucket is another. "
            f"A run that looks at the whole table finds out what is outstanding: {command('run')} SPEC"
        ]

    def _last_run(self) -> list[str]:
        last = self.record.get("lastRun")
        if not last:
            return []
        lines = [f"Last run: {printable(last['run'])}, {self._ended()}"]
        if self.report:
            counts = ", ".join(f"{self.report.get(name)} {name}" for name in ("registered", "failed", "outstanding"))
            lines.append(f"  Its report, of pass {self.report.get('pass')}: {counts}.")
            lines += [f"  {line}" for line in bad_record_lines(self.report)]
        else:
            lines.append("  It has no report: it has not come so far, or the report has expired.")
        return lines

    def _ended(self) -> str:
        if self.execution is None:
            return "whose execution is no longer known"
        status = self.execution["status"]
        if status == "RUNNING":
            return "which is at work"
        error = self.execution.get("error") or ""
        if error.endswith(HELD_ERROR):
            return "which is held until it is redriven"
        if status == "SUCCEEDED":
            return "which has succeeded"
        return f"which is {status}: {printable(error_message(error, self.execution.get('cause')))}"

    def _open(self) -> list[str]:
        moment = self.record.get("open")
        if not moment:
            return []
        return [f"Open since {printable(moment)}: that period was seen and waits, lies at two prefixes, or is missing."]

    def _disagreement(self) -> list[str]:
        differences = self.differences()
        if not differences:
            return []
        running = (self.execution or {}).get("status") == "RUNNING"
        mended = (
            "The run that is at work will put it right."
            if running
            else "A run has died, or another tool has rewritten the table. "
            f"The next run puts it right: {command('run')} SPEC"
        )
        return ["The catalog's copy does not say what the table's record says:", *differences, mended]
