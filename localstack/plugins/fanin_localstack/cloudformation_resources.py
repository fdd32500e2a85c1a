"""What the providers of CloudFormation's resources have in common.

For a type without a provider LocalStack reports the resource as created and creates nothing.
"""

from __future__ import annotations

from typing import Any, ClassVar

from localstack.services.cloudformation.resource_provider import (
    CloudFormationResourceProviderPlugin,
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceRequest,
)

Model = dict[str, Any]


class ProviderPlugin(CloudFormationResourceProviderPlugin):
    """Offers one provider; a subclass names the type and the provider."""

    provider: ClassVar[type[ResourceProvider]]

    def __init__(self) -> None:
        self.factory: type[ResourceProvider] | None = None

    def load(self) -> None:
        self.factory = self.provider


def done(request: ResourceRequest[Model], model: Model) -> ProgressEvent[Model]:
    return ProgressEvent(status=OperationStatus.SUCCESS, resource_model=model, custom_context=request.custom_context)
