"""The changes that a deployment would make, as CloudFormation reports them beforehand."""

from __future__ import annotations

import time
from typing import Any

from botocore.exceptions import ClientError

from devtools.errors import CliError

SECONDS = 300
NOTHING = ("didn't contain changes", "No updates are to be performed")
BEGUN = "[EXECUTE_"
"""In a refusal, the status of a change set whose execution is in progress, complete or failed."""


class ChangeSet:
    """One change set of a stack; of a stack that is not there, creating it leaves an empty one until it is executed."""

    def __init__(self, client: Any, stack_name: str, is_new: bool) -> None:
        self._client = client
        self._is_new = is_new
        self._stack_id = stack_name
        self._place = {"StackName": stack_name, "ChangeSetName": f"fanin-{time.time_ns()}"}

    def create(self, request: dict[str, Any], pause: float) -> list[str]:
        """A line for each change; none where nothing would change. It is there only as long as it has lines."""
        kind = "CREATE" if self._is_new else "UPDATE"
        self._stack_id = self._client.create_change_set(**self._place, **request, ChangeSetType=kind)["StackId"]
        lines: list[str] = []
        try:
            lines = self._awaited(pause)
        finally:
            if not lines:
                self.delete()
        return lines

    def _awaited(self, pause: float) -> list[str]:
        deadline = time.monotonic() + SECONDS
        while True:
            found = self._client.describe_change_set(**self._place)
            reason = found.get("StatusReason", "")
            if found["Status"] == "CREATE_COMPLETE":
                return self._lines()
            if found["Status"] == "FAILED" and any(text in reason for text in NOTHING):
                return []
            if found["Status"] == "FAILED" or time.monotonic() > deadline:
                raise CliError(f"the change set is {found['Status']}: {reason or 'no reason is given'}")
            time.sleep(pause)

    def execute(self) -> None:
        """Begins its execution; the client repeats a request whose answer is lost, and may be refused then.

        Where it is rolled back, the versions of functions that it has published go, too. SAM retains them; one that was
        left would make the next deployment of the same code fail.
        """
        token = self._place["ChangeSetName"]
        try:
            self._client.execute_change_set(**self._place, RetainExceptOnCreate=True, ClientRequestToken=token)
        except ClientError as error:
            if not _has_begun(error):
                raise

    def delete(self) -> None:
        """With the empty stack that it came with, if it did: not with one that somebody else has filled since."""
        self._client.delete_change_set(**self._place)
        if self._is_new and self._is_empty():
            self._client.delete_stack(StackName=self._stack_id)

    def _is_empty(self) -> bool:
        """By its id: another stack may have got the name."""
        stack = self._client.describe_stacks(StackName=self._stack_id)["Stacks"][0]
        return stack["StackStatus"] == "REVIEW_IN_PROGRESS"

    def _lines(self) -> list[str]:
        pages = self._client.get_paginator("describe_change_set").paginate(**self._place)
        changes = [change["ResourceChange"] for page in pages for change in page.get("Changes", [])]
        return [_line(change) for change in sorted(changes, key=lambda change: change["LogicalResourceId"])]


def _has_begun(error: ClientError) -> bool:
    """Whether a change set is refused since its execution has begun before."""
    refusal = error.response["Error"]
    return refusal["Code"] == "InvalidChangeSetStatus" and BEGUN in refusal["Message"]


def _line(change: dict[str, Any]) -> str:
    replaced = {"True": ", replaced", "Conditional": ", perhaps replaced"}.get(change.get("Replacement", ""), "")
    return f"{change['Action']:6}  {change['LogicalResourceId']} ({change['ResourceType']}{replaced})"
