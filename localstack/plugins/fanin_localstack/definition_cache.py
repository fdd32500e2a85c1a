"""Keeps the syntax trees of state machines.

LocalStack's Step Functions engine parses the definition again for every execution: 60 ms of processor time. What it
makes of the tree has a state and is made anew for each; the tree is only read.
"""

from __future__ import annotations

import functools
from typing import Any

from localstack.runtime import hooks

CACHED_DEFINITIONS = 64


@hooks.on_infra_start()
def cache_definitions() -> None:
    from localstack.services.stepfunctions.asl.parse import asl_parser

    parser = asl_parser.AmazonStateLanguageParser
    parse = parser.parse
    if hasattr(parse, "tree"):
        return

    @functools.lru_cache(maxsize=CACHED_DEFINITIONS)
    def tree(definition: str) -> Any:
        return parse(definition)[1]

    def parse_once(definition: str) -> tuple[Any, Any]:
        known = tree(definition)
        return asl_parser.Preprocessor().visit(known), known

    parse_once.tree = tree  # type: ignore[attr-defined]
    parser.parse = staticmethod(parse_once)
