"""The state of a table, as its parameters in the Glue Data Catalog publish it to readers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from botocore.exceptions import ClientError

from partition_fan_in import contract
from partition_fan_in.aws import GlueClient, code, retrying
from partition_fan_in.errors import NotManaged, TableNotFound, UnknownContract, WrongZone

UTC = timezone.utc

_LOCAL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})")
_REGION = re.compile(r"[A-Za-z]\w*([/+-]\w+)*")
_RESOLUTION = timedelta(microseconds=1)
_MIDNIGHT = datetime.min.time()
_COUNT = re.compile(r"\d{1,18}")
_BETWEEN_NAMES = re.compile(r",(?=[^,/=]+=)")
"""Values may hold commas, but no equals sign: Hive escapes it."""


class Status(Enum):
    """The words of `fanin.status`."""

    COMPLETE = "COMPLETE"
    PARTIAL = "PARTIAL"


@dataclass(frozen=True)
class TableState:
    """What a table says about itself.

    complete_through: when the newest registered period begins before which nothing is outstanding or open, in UTC. That
    period is included. None if the table's keys are no times, or no period is known to be complete.
    outstanding: partitions that failed and are not registered since; outstanding_sample has the first of them, as Hive
    and Glue print them.
    waived: partitions given up by name; missing: periods without a prefix, where the spec counts them as outstanding.
    unverified: partitions that no run has looked at; None if the table does not say.
    registered: how many the last run registered; run: the URI of its folder, which ends in a slash.
    updated: when the catalog last changed the table; created: when the table was created there.
    zone: in which the table's keys are written, and in which times without a zone are read: that of `fanin.timeZone`,
    or the one given for a table without it, or UTC.
    local_through: complete_through in the zone, as the table says it: if clocks skip that time, complete_through is the
    moment of the change.
    """

    database: str
    table: str
    status: Status
    complete_through: datetime | None
    outstanding: int
    waived: int
    unverified: int | None
    run: str | None
    updated: datetime | None
    registered: int | None = None
    missing: int = 0
    outstanding_sample: tuple[str, ...] = ()
    zone: tzinfo = UTC
    created: datetime | None = None
    local_through: datetime | None = None

    @staticmethod
    def read(
        glue: GlueClient,
        database: str,
        table: str,
        *,
        catalog_id: str | None = None,
        zone: tzinfo | str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> TableState:
        """The table's state now; one GetTable, repeated while it is throttled.

        Raises TableNotFound, NotManaged, UnknownContract, WrongZone and Throttled, and ValueError for a zone that is
        none, or whose class tells no name.
        """
        request = {"DatabaseName": database, "Name": table, **({"CatalogId": catalog_id} if catalog_id else {})}
        try:
            found = retrying("glue:GetTable", lambda: glue.get_table(**request), sleep)["Table"]
        except ClientError as error:
            if code(error) == "EntityNotFoundException":
                raise TableNotFound(f"{database}.{table}") from error
            raise
        return TableState.of(
            found.get("Parameters") or {},
            database=database,
            table=table,
            updated=found.get("UpdateTime"),
            created=found.get("CreateTime"),
            zone=zone,
        )

    @staticmethod
    def of(
        parameters: Mapping[str, str],
        *,
        database: str,
        table: str,
        updated: datetime | None = None,
        created: datetime | None = None,
        zone: tzinfo | str | None = None,
    ) -> TableState:
        """The state in a table's parameters. Parameters that this package does not know are ignored.

        Raises NotManaged if there is no `fanin.status`, UnknownContract for a value that cannot be read, and WrongZone
        if the zone is given and `fanin.timeZone` is another; ValueError as `read`.
        """
        values = _Values(f"{database}.{table}", parameters)
        zone = values.zone(_usable(zone))
        return TableState(
            database=database,
            table=table,
            status=values.status(),
            complete_through=values.moment(contract.COMPLETE_THROUGH, zone),
            local_through=values.local(contract.COMPLETE_THROUGH),
            outstanding=values.count(contract.FAILED) or 0,
            waived=values.count(contract.WAIVED) or 0,
            unverified=values.count(contract.UNVERIFIED),
            run=values.run(),
            updated=updated,
            registered=values.count(contract.REGISTERED),
            missing=values.count(contract.MISSING) or 0,
            outstanding_sample=values.names(contract.FAILED_SAMPLE),
            zone=zone,
            created=created,
        )

    @property
    def name(self) -> str:
        return f"{self.database}.{self.table}"

    @property
    def page(self) -> str | None:
        """The S3 URI of the last run's page, which says what failed and what to do; None if no run is known."""
        return self.run and self.run + contract.REPORT_PAGE

    @property
    def report_uri(self) -> str | None:
        """The S3 URI of the last run's report; None if no run is known."""
        return self.run and self.run + contract.REPORT_DOCUMENT

    @property
    def outstanding_text(self) -> str:
        """How many partitions are outstanding, and the first of them, for messages."""
        count = "1 partition is" if self.outstanding == 1 else f"{self.outstanding} partitions are"
        which = f": {', '.join(self.outstanding_sample)}" if self.outstanding_sample else ""
        return f"{count} outstanding{which}"

    @property
    def missing_text(self) -> str:
        """How many periods are missing, for messages."""
        return "1 period is missing" if self.missing == 1 else f"{self.missing} periods are missing"

    @property
    def unverified_text(self) -> str:
        """How many partitions no run has looked at, for messages."""
        return (
            "1 partition is unverified" if self.unverified == 1 else f"{self.unverified or 0} partitions are unverified"
        )

    @property
    def zone_text(self) -> str:
        """The zone as the table would state it."""
        return str(self.zone).removeprefix("UTC") or "UTC"

    def is_complete_through(self, when: datetime, *, by_day: bool = False) -> bool:
        """Whether everything up to the period that begins at this time is complete, that period included.

        A time without a zone is one in the table's `zone`. A time inside of a period is reached with the next period.
        Where clocks skip the time through which the table is complete, the period that begins with the change may have
        failed beside it: a time counts as skipped if it is written so in the table's zone. With `by_day` the periods
        are days or longer: a skipped midnight is then the beginning of the day, which has no other.
        """
        through, local = self.complete_through, self.local_through
        if through is None:
            return False
        moment = self.moment(when)
        if local is None or moment != through or not self._is_skipped:
            return moment <= through
        is_local = when.tzinfo is None or _comparable(when.tzinfo) == _comparable(self.zone)
        asked = when.replace(tzinfo=None) if is_local else self._local(moment)
        return asked <= local or (by_day and local.time() == _MIDNIGHT)

    @property
    def reached(self) -> datetime | None:
        """What grows with each period: complete_through, or just before it where clocks skip the period's beginning."""
        through = self.complete_through
        return through - _RESOLUTION if through and self._is_skipped else through

    @property
    def _is_skipped(self) -> bool:
        """Whether clocks skip the time through which the table is complete."""
        through, local = self.complete_through, self.local_through
        return through is not None and local is not None and self._local(through) != local

    @property
    def through_text(self) -> str | None:
        """complete_through as the table says it, in its zone; None if it says none."""
        local = self.local_through or (self.complete_through and self._local(self.complete_through))
        return local.isoformat(timespec="minutes") if local else None

    def _local(self, when: datetime) -> datetime:
        return when.astimezone(self.zone).replace(tzinfo=None)

    def moment(self, when: datetime) -> datetime:
        """The time in UTC; one without a zone is read in the table's."""
        return when.astimezone(UTC) if when.tzinfo else first_shown(when, self.zone)

    def shown(self, when: datetime) -> str:
        """The time as the table's keys have it, without a zone."""
        return self._local(self.moment(when)).isoformat(timespec="minutes")


@dataclass(frozen=True)
class _Values:
    table: str
    parameters: Mapping[str, str]

    def zone(self, given: tzinfo | None) -> tzinfo:
        text = self.parameters.get(contract.TIME_ZONE)
        if text is None:
            return given or UTC
        try:
            stated = zone_named(text)
        except _ZoneNotKnown as error:
            where = self._where(contract.TIME_ZONE)
            raise UnknownContract(where, text, "a time zone that is known here", error.advice) from None
        except ValueError:
            raise self._unknown(contract.TIME_ZONE, "a time zone such as Europe/Berlin or +05:30") from None
        if given is not None and _comparable(given) != _comparable(stated):
            raise WrongZone(self.table, text, str(given))
        return stated

    def status(self) -> Status:
        word = self.parameters.get(contract.STATUS)
        if word is None:
            raise NotManaged(self.table)
        try:
            return Status(word)
        except ValueError:
            raise self._unknown(contract.STATUS, " or ".join(one.value for one in Status)) from None

    def count(self, name: str) -> int | None:
        text = self.parameters.get(name)
        if text is None:
            return None
        if not _COUNT.fullmatch(text):
            raise self._unknown(name, "a number")
        return int(text)

    def moment(self, name: str, zone: tzinfo) -> datetime | None:
        try:
            local = self.local(name)
            return local and first_shown(local, zone)
        except (ValueError, ArithmeticError):
            # A time that is none, or so near the first or last year that it is none in UTC.
            raise self._unknown(name, "a local date and time such as 2013-02-08T16:00") from None

    def local(self, name: str) -> datetime | None:
        text = self.parameters.get(name)
        return None if text is None else local_time(text)

    def names(self, name: str) -> tuple[str, ...]:
        text = self.parameters.get(name)
        return tuple(_BETWEEN_NAMES.split(text)) if text else ()

    def run(self) -> str | None:
        folder = self.parameters.get(contract.RUN)
        if folder is not None and not (folder.startswith("s3://") and folder.endswith("/")):
            raise self._unknown(contract.RUN, "the URI of a run folder")
        return folder

    def _unknown(self, name: str, expected: str) -> UnknownContract:
        return UnknownContract(self._where(name), self.parameters[name], expected)

    def _where(self, name: str) -> str:
        return f"parameter {name} of table {self.table}"


class _ZoneNotKnown(ValueError):
    """What may be the name of a zone, and is none in the database of this system or of the package tzdata."""

    advice = "install the package tzdata, or a newer one"

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no time zone that is known here: {self.advice}")


def zone_named(text: str) -> tzinfo:
    """The zone of a name as `fanin.timeZone` has it: a region of the IANA database, UTC, or an offset such as +05:30.

    Raises ValueError for anything else.
    """
    offset = _OFFSET.fullmatch(text)
    if offset:
        sign, hours, minutes = offset.groups()
        length = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-length if sign == "-" else length)
    if text == "UTC":
        return UTC
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, OSError) as error:
        if _REGION.fullmatch(text):
            raise _ZoneNotKnown(text) from error
        raise ValueError(f"{text!r} is no time zone") from error


def _usable(zone: tzinfo | str | None) -> tzinfo | None:
    """The zone, of the standard library's class if it has a name: a time may not be given one of pytz's as its zone.

    Raises ValueError for text that is no zone, and for a zone of pytz's without a name.
    """
    if zone is None or isinstance(zone, (ZoneInfo, timezone)):
        return zone
    if isinstance(zone, str):
        return zone_named(zone)
    fixed = zone.utcoffset(None)
    if fixed is not None:
        return timezone(fixed)
    for name in (getattr(zone, "key", None), getattr(zone, "zone", None), str(zone)):
        try:
            return zone_named(name or "")
        except ValueError:
            continue
    if hasattr(zone, "localize"):
        raise ValueError(f"zone {zone!r} has no name that is known here: name one, such as Europe/Berlin")
    return zone


def _comparable(zone: tzinfo) -> object:
    name = getattr(zone, "key", None)
    return UTC if name == "UTC" else name or zone


def first_shown(local: datetime, zone: tzinfo) -> datetime:
    """When clocks in the zone first show a local time, in UTC; if they skip it, the moment at which they do."""
    late, early = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early >= late:
        return late
    # The offset after the change places a skipped time before the change, and the offset before it behind.
    offset = early.astimezone(zone).utcoffset()
    while late - early > _RESOLUTION:
        between = early + (late - early) // 2
        if between.astimezone(zone).utcoffset() == offset:
            early = between
        else:
            late = between
    return late


def local_time(text: Any) -> datetime:
    """A period as the contract writes it, a date and time without a zone.

    Raises ValueError for anything else.
    """
    if not isinstance(text, str) or not _LOCAL.fullmatch(text):
        raise ValueError(f"{text!r} is no local date and time")
    return datetime.fromisoformat(text)
