"""Gives EventBridge's connections and API destinations names where the template has none, and lets it change them.

LocalStack's providers ask for a name, which AWS generates, and cannot update.
"""

from __future__ import annotations

import functools
import secrets
import string
from collections.abc import Callable
from typing import Any

from localstack.runtime import hooks
from localstack.services.cloudformation.resource_provider import ProgressEvent, ResourceRequest

from fanin_localstack.cloudformation_resources import Model, done

Create = Callable[[Any, ResourceRequest[Model]], ProgressEvent[Model]]


@hooks.on_infra_start()
def name_api_destinations() -> None:
    from localstack.services.events.resource_providers.aws_events_apidestination import EventsApiDestinationProvider
    from localstack.services.events.resource_providers.aws_events_connection import EventsConnectionProvider

    for provider, update in (
        (EventsConnectionProvider, "update_connection"),
        (EventsApiDestinationProvider, "update_api_destination"),
    ):
        if not hasattr(provider.create, "__wrapped__"):
            provider.create = _naming(provider.create)
            provider.update = functools.partialmethod(_update, update)


def _naming(create: Create) -> Create:
    @functools.wraps(create)
    def named(provider: Any, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        request.desired_state.setdefault("Name", _generated(request.logical_resource_id))
        return create(provider, request)

    return named


def _generated(logical_id: str) -> str:
    """As AWS's handlers of these types do, without the stack's name."""
    return f"{logical_id}-{''.join(secrets.choice(string.ascii_letters + string.digits) for _ in range(12))}"


def _update(_: Any, operation: str, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
    """Under the name and the ARN that it has."""
    model = {**request.desired_state, **{key: request.previous_state[key] for key in ("Name", "Arn")}}
    change = {key: value for key, value in model.items() if key not in ("Arn", "SecretArn")}
    getattr(request.aws_client_factory.events, operation)(**change)
    return done(request, model)
