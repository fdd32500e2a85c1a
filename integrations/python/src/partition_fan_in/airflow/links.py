"""Buttons of a task in Airflow's UI. Each leads to what the task has pushed as an XCom of the link's key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import attrs
from airflow.providers.common.compat.sdk import XCom
from airflow.sdk import BaseOperatorLink

if TYPE_CHECKING:
    from airflow.sdk import BaseOperator, Context
    from airflow.sdk.types import TaskInstanceKey


@attrs.define()
class PushedLink(BaseOperatorLink):
    """A link whose address is known when the task runs."""

    name: ClassVar[str]
    key: ClassVar[str]

    @property
    def xcom_key(self) -> str:
        """Where the task pushes the address, and Airflow looks for it."""
        return self.key

    def get_link(self, operator: BaseOperator, *, ti_key: TaskInstanceKey) -> str:
        """What was pushed; empty as long as nothing is."""
        return XCom.get_value(ti_key=ti_key, key=self.key) or ""

    @classmethod
    def push(cls, context: Context, address: str | None) -> None:
        """Makes the button lead there, if there is such a page; also where the task then fails."""
        if address:
            context["ti"].xcom_push(key=cls.key, value=address)


@attrs.define()
class RunPageLink(PushedLink):
    """The page of the run that changed the table last."""

    name: ClassVar[str] = "Run (partition-fan-in)"
    key: ClassVar[str] = "fanin_run_page"


@attrs.define()
class TablePageLink(PushedLink):
    """The page of the table."""

    name: ClassVar[str] = "Table (partition-fan-in)"
    key: ClassVar[str] = "fanin_table_page"


@attrs.define()
class ExecutionLink(PushedLink):
    """The execution in the console of Step Functions."""

    name: ClassVar[str] = "Execution (Step Functions)"
    key: ClassVar[str] = "fanin_execution_page"


__all__: list[Any] = ["ExecutionLink", "RunPageLink", "TablePageLink"]
