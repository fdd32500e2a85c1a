"""Binds the gateway to the address that GATEWAY_LISTEN names.

LocalStack's server takes the port from there and listens on all addresses, so that a developer's machine would offer
its emulator, which requires no password, to the whole network.
"""

from __future__ import annotations

import functools

from localstack import config
from localstack.runtime import hooks


@hooks.on_infra_start(should_load=lambda: not config.is_in_docker)
def bind_listen_address() -> None:
    from localstack.runtime.server import twisted

    hosts = {listen.host for listen in config.GATEWAY_LISTEN}
    if len(hosts) == 1:
        twisted.endpoints.TCP4ServerEndpoint = functools.partial(
            twisted.endpoints.TCP4ServerEndpoint, interface=hosts.pop()
        )
