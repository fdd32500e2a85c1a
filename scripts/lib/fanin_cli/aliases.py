"""Makes LocalStack's function aliases what CloudFormation would have made them.

LocalStack cannot move an alias: an update that publishes a version tries to create the alias anew, finds that it
exists, and rolls back half of the stack while it calls the update complete. So the aliases make way before an update,
and are set to the newest code and settings after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from fanin_cli.endpoint import Endpoint

MACHINE_TYPE = "AWS::StepFunctions::StateMachine"
ALIAS_ARN = re.compile(r"arn:aws[^:]*:lambda:[^:]*:\d*:function:([\w-]+):([\w-]+)")


@dataclass(frozen=True, order=True)
class Alias:
    """An alias that the state machine calls, whether it is there or not."""

    function: str
    name: str


class Aliases:
    """The aliases of one stack."""

    def __init__(self, endpoint: Endpoint, stack_name: str) -> None:
        self._lambda = endpoint.client("lambda")
        self._machines = endpoint.client("stepfunctions")
        self._cloudformation = endpoint.client("cloudformation")
        self._stack_name = stack_name

    def remove(self) -> None:
        for alias in self._defined():
            # Deleting one that is not there is no error.
            self._lambda.delete_alias(FunctionName=alias.function, Name=alias.name)

    def restore(self) -> None:
        """Points each alias at a version that holds the function's current code and settings."""
        for alias in self._defined():
            version = self._lambda.publish_version(FunctionName=alias.function)["Version"]
            target = {"FunctionName": alias.function, "Name": alias.name, "FunctionVersion": version}
            if self._version_of(alias) is None:
                self._lambda.create_alias(**target)
            else:
                self._lambda.update_alias(**target)

    def _version_of(self, alias: Alias) -> Any:
        try:
            return self._lambda.get_alias(FunctionName=alias.function, Name=alias.name)["FunctionVersion"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":
                return None
            raise

    def _defined(self) -> list[Alias]:
        """Read from the state machine: of a replaced alias the stack itself knows nothing any more."""
        resources = self._cloudformation.describe_stack_resources(StackName=self._stack_name)["StackResources"]
        machines = [found["PhysicalResourceId"] for found in resources if found["ResourceType"] == MACHINE_TYPE]
        definitions = [self._machines.describe_state_machine(stateMachineArn=arn)["definition"] for arn in machines]
        return sorted({Alias(*match) for text in definitions for match in ALIAS_ARN.findall(text)})
