"""How the figures of programs that register partitions are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from devtools.project import say
from measurements import list_prices
from measurements.peer_programs import FAN_IN, Told
from measurements.request_log import Requests

NEW = "what is new"
HEAL = "the one again, when it is whole"
AGAIN = "nothing new"
RUNS = 1_000
"""Dollars are those of as many runs."""
NOT_RUN = {
    "a Glue crawler": "not run: there is none outside AWS",
    "`MSCK REPAIR TABLE`": "not run: Athena is on AWS alone; Trino's procedure is its counterpart",
    "partition projection": "nothing to run: it sends no request, and registers nothing",
}


@dataclass(frozen=True)
class Work:
    """One run of a program: what it was for, its requests, and what it has told."""

    what: str
    requests: Requests
    told: Told

    @property
    def dollars(self) -> float:
        """Of its requests."""
        return list_prices.of_requests(self.requests)

    @property
    def dollars_of_states(self) -> float:
        return self.told.state_transitions * list_prices.prices()["stateTransition"]


@dataclass(frozen=True)
class Row:
    """A program on a table that had partitions before: what it has registered, and its works in their order."""

    program: str
    before: int
    registered: int
    has_cut: bool
    """Whether the partition that is cut short is registered."""
    told: str
    query: str
    works: list[Work]


@dataclass(frozen=True)
class Measured:
    """The rows, why programs were left out, and how many partitions were new."""

    rows: Sequence[Row]
    skipped: Mapping[str, str]
    new: int


def show(measured: Measured) -> int:
    """Prints two tables in Markdown; the exit code."""
    say("\n## peers\n")
    say(
        f"| {measured.new} new partitions, one of them cut short | registered before | registered of the new "
        "| the one cut short | who runs it is told of that | a query of its day, in Trino "
        f"| dollars for {RUNS:,} times: what is new | nothing new |"
    )
    say("|---|---|---|---|---|---|---|---|")
    for row in measured.rows:
        money = " | ".join(_money(work) for work in row.works if work.what in (NEW, AGAIN))
        say(
            f"| {row.program} | {row.before:,} | {row.registered} | {'registered' if row.has_cut else 'held back'} "
            f"| {row.told} | {row.query} | {money} |"
        )
    for name, why in {**NOT_RUN, **{name: f"not measured: {why}" for name, why in measured.skipped.items()}}.items():
        say(f"| {name} | {why} |{' |' * 6}")
    say(f"\nDollars are those of requests to S3 and Glue, at the list prices of {list_prices.prices()['date']};")
    say("where two are added, the second is that of state transitions.\n")
    say("| requests | registered before | for | S3 | Glue |\n|---|---|---|---|---|")
    for row in measured.rows:
        for work in row.works:
            say(f"| {row.program} | {row.before:,} | {work.what} | {_sent(work, 'S3')} | {_sent(work, 'Glue')} |")
    return 0 if all(_is_kept(row, measured.new) for row in measured.rows if row.program == FAN_IN) else 1


def _is_kept(row: Row, new: int) -> bool:
    """The one that is cut short is held back and named, and nothing else is."""
    return row.registered == new - 1 and not row.has_cut and row.told == Told.NAMED


def _money(work: Work) -> str:
    states = f" + {work.dollars_of_states * RUNS:.2f}" if work.told.state_transitions else ""
    return f"{work.dollars * RUNS:.2f}{states}"


def _sent(work: Work, service: str) -> str:
    sent = {name.partition(" ")[2]: count for name, count in work.requests.items() if name.startswith(f"{service} ")}
    return ", ".join(f"{count:,} {name}" for name, count in sorted(sent.items())) or "none"
