"""Lets an update of a stack move a function's alias to another version.

LocalStack's provider of ``AWS::Lambda::Alias`` cannot update, and as the function that it belongs to has changed it is
taken for another alias: it would be created, exists already, and half of the stack is rolled back while the update is
called complete. Here it answers all the time, as on AWS: an execution that is under way calls the old version until the
alias has moved, and then the new one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from localstack.runtime import hooks
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent, ResourceRequest

Model = dict[str, Any]


@hooks.on_infra_start()
def update_aliases() -> None:
    from localstack.services.lambda_.resource_providers.lambda_alias import LambdaAliasProvider

    LambdaAliasProvider.SCHEMA = {**LambdaAliasProvider.SCHEMA, "createOnlyProperties": []}
    LambdaAliasProvider.update = update


def update(provider: Any, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
    """Points the alias at the version that is wanted; one of another name or function takes the place of this one."""
    desired, previous = request.desired_state, request.previous_state or {}
    wanted = {name: desired[name] for name in ("FunctionName", "Name", "FunctionVersion")}
    lambda_ = request.aws_client_factory.lambda_
    if all(desired[name] == previous.get(name) for name in ("FunctionName", "Name")):
        alias = lambda_.update_alias(**wanted)
    else:
        alias = lambda_.create_alias(**wanted)
        provider.delete(replace(request, desired_state=previous))
    return ProgressEvent(OperationStatus.SUCCESS, resource_model={**desired, "Id": alias["AliasArn"]})
