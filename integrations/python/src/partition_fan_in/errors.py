"""The errors of this package. Errors of AWS other than those named here are botocore's own, unchanged."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partition_fan_in.runs import Run
    from partition_fan_in.state import TableState


class FaninError(Exception):
    """The base of all errors of this package; they can be pickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args, vars(self))


def _restored(kind: type[FaninError], arguments: tuple[Any, ...], attributes: dict[str, Any]) -> FaninError:
    """An error as it was raised; its message is not made again."""
    error = kind.__new__(kind)
    error.args = arguments
    vars(error).update(attributes)
    return error


class TableNotFound(FaninError):
    """The catalog has no such table."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no table {name} in the catalog")
        self.name = name


class NotManaged(FaninError):
    """The table has no `fanin.status`: no run has registered anything in it, or another tool has dropped it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"table {name} has no parameter fanin.status: no run of partition-fan-in has registered its partitions,"
            " or another tool has dropped its parameters, which the next run restores"
        )
        self.name = name


class WrongZone(FaninError):
    """The table says that its keys are in another zone than the one that was given for it."""

    def __init__(self, name: str, found: str, given: str) -> None:
        super().__init__(f"the keys of table {name} are in the time zone {found}, not in {given}: state zone={found!r}")
        self.name = name


class ConnectionNotReadable(FaninError):
    """No client can be made of a connection: whoever keeps it does not answer, or refuses it."""

    def __init__(self, name: str | None, error: Exception) -> None:
        super().__init__(f"no client can be made of the connection {name}: {type(error).__name__}: {error}")
        self.name = name


class UnknownContract(FaninError):
    """A value that this package cannot read: a newer version has written it, or its time zone is not known here."""

    def __init__(
        self,
        where: str,
        found: object,
        expected: str,
        advice: str = "it may come from a newer version than this package",
    ) -> None:
        super().__init__(f"{where} is {found!r}, expected {expected}: {advice}")
        self.where = where
        self.found = found


class PeriodOutstanding(FaninError):
    """The wanted period cannot be reached while partitions are outstanding."""

    def __init__(self, state: TableState, wanted: datetime) -> None:
        reached = state.through_text or "no period"
        page = f". See {state.page}" if state.page else ""
        super().__init__(
            f"{state.name} is complete through {reached} and cannot be complete through {state.shown(wanted)}"
            f" while {state.outstanding_text}{page}"
        )
        self.state = state
        self.wanted = wanted
        self.partitions = state.outstanding_sample
        """The first outstanding partitions, as Hive and Glue print them."""
        self.page = state.page


class WaitTimeout(FaninError):
    """What was waited for has not come in time. `state` is the table's last state, `run` the run's."""

    def __init__(self, message: str, *, state: TableState | None = None, run: Run | None = None) -> None:
        super().__init__(message)
        self.state = state
        self.run = run


class RunError(FaninError):
    """An execution has ended otherwise than hoped; `run` says how."""

    def __init__(self, run: Run, message: str) -> None:
        super().__init__(message)
        self.run = run


class RunFailed(RunError):
    """The execution failed, timed out or was stopped; or a run of all tables has left some out by mistake."""


class RunPartial(RunError):
    """The run is held: what succeeded is registered, and a redrive processes what failed."""


class TableBusy(RunError):
    """Another execution is working on the table, or on one of all tables; this one has changed nothing there."""


class RunExists(FaninError):
    """There is an execution of this name already, with another input, or ended."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is an execution called {name} already")
        self.name = name


class Throttled(FaninError):
    """AWS has refused a request for its rate through all retries."""

    def __init__(self, operation: str, attempts: int) -> None:
        super().__init__(f"{operation} was throttled {attempts} times")
        self.operation = operation
