"""Skips the work on each request whose result is never read.

Twisted formats a line of an access log that is not there, and parses the type of a request's content as that of a mail:
a tenth of what a small request takes.
"""

from __future__ import annotations

import functools

from localstack.runtime import hooks
from twisted.web import http

CACHED_TYPES = 1024


@hooks.on_infra_start()
def spare_requests() -> None:
    http.HTTPFactory.log = _write_no_line
    if not hasattr(http._parseContentType, "cache_info"):
        http._parseContentType = functools.lru_cache(CACHED_TYPES)(http._parseContentType)


def _write_no_line(_factory: http.HTTPFactory, _request: http.Request) -> None:
    """LocalStack logs requests itself."""
