"""``AWS::Athena::WorkGroup`` for CloudFormation."""

from __future__ import annotations

from typing import Any, ClassVar

from localstack.services.cloudformation.provider_utils import generate_default_name
from localstack.services.cloudformation.resource_provider import ProgressEvent, ResourceProvider, ResourceRequest

from fanin_localstack.cloudformation_resources import Model, ProviderPlugin, done


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
        return done(request, request.desired_state)

    def read(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        _athena(request).get_work_group(WorkGroup=request.desired_state["Name"])
        return done(request, request.desired_state)

    def update(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        """Creates it again, since moto cannot update one: queries only need it to exist."""
        self.delete(request)
        return self.create(request)

    def delete(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        name = (request.previous_state or request.desired_state)["Name"]
        _athena(request).delete_work_group(WorkGroup=name, RecursiveDeleteOption=True)
        return done(request, request.desired_state)


class WorkGroupPlugin(ProviderPlugin):
    name = WorkGroupProvider.TYPE
    provider = WorkGroupProvider


def _athena(request: ResourceRequest[Model]) -> Any:
    return request.aws_client_factory.athena
