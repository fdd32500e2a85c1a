"""``AWS::Athena::WorkGroup`` for CloudFormation, which LocalStack reports as created without creating it."""

from __future__ import annotations

from typing import Any, ClassVar

from localstack.services.cloudformation.provider_utils import generate_default_name
from localstack.services.cloudformation.resource_provider import (
    CloudFormationResourceProviderPlugin,
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceRequest,
)

Model = dict[str, Any]


class WorkGroupProvider(ResourceProvider[Model]):
    TYPE = "AWS::Athena::WorkGroup"
    SCHEMA: ClassVar[Model] = {
        "typeName": TYPE,
        "properties": {"Name": {}, "Description": {}, "WorkGroupConfiguration": {}, "RecursiveDeleteOption": {}},
        "createOnlyProperties": ["/properties/Name"],
        "primaryIdentifier": ["/properties/Name"],
    }

    def create(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        model = request.desired_state
        model["Name"] = model.get("Name") or generate_default_name(request.stack_name, request.logical_resource_id)
        _athena(request).create_work_group(
            Name=model["Name"],
            Description=model.get("Description", ""),
            Configuration=model.get("WorkGroupConfiguration", {}),
        )
        return _done(request)

    def read(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        _athena(request).get_work_group(WorkGroup=request.desired_state["Name"])
        return _done(request)

    def update(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        """Made anew, since moto changes none: queries need nothing of it but that it is there."""
        self.delete(request)
        return self.create(request)

    def delete(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        name = (request.previous_state or request.desired_state)["Name"]
        _athena(request).delete_work_group(WorkGroup=name, RecursiveDeleteOption=True)
        return _done(request)


class WorkGroupPlugin(CloudFormationResourceProviderPlugin):
    name = WorkGroupProvider.TYPE

    def __init__(self) -> None:
        self.factory: type[ResourceProvider] | None = None

    def load(self) -> None:
        self.factory = WorkGroupProvider


def _athena(request: ResourceRequest[Model]) -> Any:
    return request.aws_client_factory.athena


def _done(request: ResourceRequest[Model]) -> ProgressEvent[Model]:
    return ProgressEvent(
        status=OperationStatus.SUCCESS, resource_model=request.desired_state, custom_context=request.custom_context
    )
