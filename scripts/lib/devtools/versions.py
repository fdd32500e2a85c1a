"""Deletes the old versions of functions, which CloudFormation keeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from devtools.aws_errors import CALLS
from devtools.project import warn

KEPT = 3
"""The newest versions of a function, which stay."""


def delete_old(client: Any, functions: Iterable[str]) -> None:
    """Deletes each function's versions before the newest ones, unless an alias names them.

    They count towards the code storage of the account, which is limited. None is needed for a rollback, which publishes
    the code again. What cannot be deleted is left to the next deployment.
    """
    for function in functions:
        try:
            for version in _old(client, function):
                client.delete_function(FunctionName=function, Qualifier=version)
        except CALLS as error:
            warn(f"old versions of {function} are left to the next deployment: {error}")


def _old(client: Any, function: str) -> list[str]:
    pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
    numbers = sorted(int(one["Version"]) for page in pages for one in page["Versions"] if one["Version"] != "$LATEST")
    aliases = client.get_paginator("list_aliases").paginate(FunctionName=function)
    named = {
        version
        for page in aliases
        for alias in page["Aliases"]
        for version in (alias["FunctionVersion"], *alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {}))
    }
    return [str(number) for number in numbers[:-KEPT] if str(number) not in named]
