"""Keeps parsed JSONPaths.

LocalStack's Step Functions engine parses every path again for every state of every Map item, and the parser builds its
tables each time: a Map of 500 items takes minutes. With the parsed paths kept it takes seconds. Paths come from state
machine definitions, so there are few of them, and a parsed path has no state of its own.
"""

from __future__ import annotations

import functools
import sys
from typing import Any

from localstack.runtime import hooks

CACHED_PATHS = 4096
RECURSION_LIMIT = 100_000
"""A reserve for inputs and Maps that nest deeply, which the engine and its copies of them follow by recursion. Python's
default of 1000 has been enough for everything that the tests run."""


@hooks.on_infra_start()
def cache_jsonpaths() -> None:
    from localstack.services.stepfunctions.asl.component.common.path import result_path
    from localstack.services.stepfunctions.asl.utils import json_path

    cache_parse(json_path)
    cache_parse(result_path)
    sys.setrecursionlimit(max(sys.getrecursionlimit(), RECURSION_LIMIT))


def cache_parse(module: Any) -> None:
    """Puts a cache before the module's ``parse``, once."""
    if not hasattr(module.parse, "cache_info"):
        module.parse = functools.lru_cache(maxsize=CACHED_PATHS)(module.parse)
