"""The names and words of the documented contract that this package reads, each in one place.

Table parameters: docs/table-parameters.md. Execution input, output and errors: docs/table-spec.md, docs/redrive.md,
docs/all-tables.md, docs/errors.md. The run's report: docs/schemas/run-report-1.schema.json. The package's tests hold
everything here to those documents.
"""

from __future__ import annotations

from typing import Final

STATUS: Final = "fanin.status"
REGISTERED: Final = "fanin.registered"
FAILED: Final = "fanin.failed"
FAILED_SAMPLE: Final = "fanin.failed.sample"
WAIVED: Final = "fanin.waived"
UNVERIFIED: Final = "fanin.unverified"
COMPLETE_THROUGH: Final = "fanin.complete_through"
TIME_ZONE: Final = "fanin.timeZone"
MISSING: Final = "fanin.missing"
RUN: Final = "fanin.run"
"""The URI of the run folder, which ends in a slash."""

PARAMETERS: Final = (
    STATUS,
    REGISTERED,
    FAILED,
    FAILED_SAMPLE,
    WAIVED,
    UNVERIFIED,
    COMPLETE_THROUGH,
    TIME_ZONE,
    MISSING,
    RUN,
)

RUNS: Final = "runs/"
TABLES: Final = "tables/"
TABLE_PAGE: Final = "index.html"
REPORT_DOCUMENT: Final = "report.json"
REPORT_PAGE: Final = "report.html"
"""Parts of keys in the state bucket."""

REPORT_VERSION: Final = 1
"""The version of the report that this package reads; a version only gets more fields."""

EVENT_VERSION: Final = 1

TABLE_PARTIAL: Final = "io.fanin.tablecreator.TablePartialException"
TABLES_PARTIAL: Final = "io.fanin.tablecreator.summary.TablesPartialException"
TABLES_FAILED: Final = "io.fanin.tablecreator.summary.TablesFailedException"
TABLE_BUSY: Final = "io.fanin.tablecreator.TableBusyException"
REDRIVEN_WHILE_BUSY: Final = "io.fanin.detector.RedrivenWhileBusyException"
ERRORS: Final = (TABLE_PARTIAL, TABLES_PARTIAL, TABLES_FAILED, TABLE_BUSY, REDRIVEN_WHILE_BUSY)
"""The errors with which executions end in a way that can be continued."""

SPEC: Final = "spec"
REDRIVE_OF: Final = "redriveOf"
DRY_RUN: Final = "dryRun"
ONLY: Final = "only"
"""Fields of an execution's input."""

ONLY_EVENTS: Final = "events"
"""A value of `only`."""

NEXT_NOTHING_NEW: Final = "NOTHING_NEW"
NEXT_NO_TABLES: Final = "NOTHING"
NEXT_PARTIAL: Final = "PARTIAL"
NEXT_PLANNED: Final = "PLANNED"
NEXT_BUSY: Final = "BUSY"
NEXT: Final = (NEXT_NOTHING_NEW, NEXT_NO_TABLES, NEXT_PARTIAL, NEXT_PLANNED, NEXT_BUSY)
"""Values of `next` in the output of an execution that ended after detection."""

TOTALS: Final = "totals"
TOTAL_BUSY: Final = "BUSY"
TOTAL_NOTHING_NEW: Final = "NOTHING_NEW"
LEFT_OUT_BY_MISTAKE: Final = "leftOutByMistake"
"""Fields of the output of a run of all tables, and two of its totals."""
