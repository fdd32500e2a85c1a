"""What CloudFormation says of a stack."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

DEAD = frozenset({"ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS"})
"""A stack in this state holds nothing and cannot be updated, only deleted."""
UNFINISHED = DEAD | {"ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"}
"""A stack in this state was not created to its end, or is half deleted. On LocalStack it holds nothing of value."""


def is_changing(stack: dict[str, Any] | None) -> bool:
    """One in review waits for its first change set to be executed, which nobody may ever do."""
    return stack is not None and stack["StackStatus"].endswith("_IN_PROGRESS") and stack["StackStatus"] not in DEAD


def is_missing(error: ClientError) -> bool:
    """Whether it is said of a stack that there is none."""
    return error.response["Error"]["Code"] == "ValidationError"


def outputs_of(stack: dict[str, Any]) -> dict[str, str]:
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def parameters_of(stack: dict[str, Any] | None) -> dict[str, str]:
    found = stack.get("Parameters", []) if stack else []
    return {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in found}
