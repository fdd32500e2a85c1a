"""What the roles of stacks asked for, as the emulator has written it down: ``request_recorder`` says in which form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from devtools.errors import CliError
from devtools.policies import Request
from devtools.roles import ACCOUNT, Template

ACCOUNT_OF_EMULATOR = re.compile(r'(?<=[:"])0{12}(?=[:"])')
LONGEST_ID = 24
LONGEST_NAME = 63
SUFFIX = 8
"""Characters of a resource's logical ID that the emulator takes into its name, of that name, and of its random end."""

LEFT_OUT = {
    r"made-StateMachineRole lambda:InvokeFunction .*:function:fanin-it-[0-9a-f]{8}(:.*)?": "a function that a test "
    "puts in the place of the stack's",
    r"made-\w+ states:DescribeExecution .*:execution:fanin-it-[0-9a-f]{8}:.*": "an execution of a machine that a test "
    "puts in the place of the stack's",
    r"made-ObjectEventsFunctionRole s3:(GetObject|ListBucket) arn:aws:s3:::made-statebucket(/priming\.json)?": "asked "
    "once before the first event, only to open a connection: a refusal will do",
}
"""Requests that are not judged, and why."""

BESIDE = {
    r"made-ProcessorFunctionRole s3:PutObject arn:aws:s3:::fanin-it-lake/.*/part-0\.json": {
        "ProcessorLayers": f"arn:aws:lambda:us-east-1:{ACCOUNT}:layer:processors:1"
    },
}
"""Requests of functions that tests make beside the stack, and the parameters with which its own would be like them."""


@dataclass
class Group:
    """What the roles of a stack asked for.

    ``alike`` is the stack's name as it is written in resources, ``beside`` are parameters that the stack does not have,
    and ``asked`` is by the roles' logical IDs.
    """

    stack: str
    alike: str
    beside: Mapping[str, str]
    asked: dict[str, list[Request]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(map(len, self.asked.values()))


class Recording:
    def __init__(self) -> None:
        self._parameters: dict[str, dict[str, str]] = {}
        self._alike: dict[str, str] = {}
        self._groups: dict[str, Group] = {}

    @staticmethod
    def read(lines: Iterable[str], template: Template) -> Recording:
        recording = Recording()
        names = Names(template)
        for line in lines:
            entry = json.loads(ACCOUNT_OF_EMULATOR.sub(ACCOUNT, line))
            if "failed" in entry:
                raise CliError(f"the emulator has not understood a request: {entry['failed']}")
            if "stack" in entry:
                recording._alike[entry["stack"]] = entry["alike"]
                # The emulator takes the default for an empty value.
                given = {name: value for name, value in entry["parameters"].items() if value}
                recording._parameters.setdefault(entry["stack"], {}).update(given)
                continue
            stack = names.stack_of(entry["role"], recording._parameters)
            if stack:
                resource = names.logical(recording._alike[stack], names.logical(stack, entry["resource"]))
                request = Request(entry["action"], resource, entry["context"])
                recording._add(stack, names.logical(stack, entry["role"]), request)
        return recording

    @property
    def groups(self) -> list[Group]:
        return list(self._groups.values())

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    def parameters(self, group: Group) -> dict[str, str]:
        return {**self._parameters[group.stack], **group.beside}

    def _add(self, stack: str, role: str, request: Request) -> None:
        line = f"{role} {request.action} {request.resource}"
        if any(re.fullmatch(pattern, line) for pattern in LEFT_OUT):
            return
        pattern = next((one for one in BESIDE if re.fullmatch(one, line)), "")
        group = self._groups.setdefault(f"{stack} {pattern}", Group(stack, self._alike[stack], BESIDE.get(pattern, {})))
        requests = group.asked.setdefault(role, [])
        if request not in requests:
            requests.append(request)


class Names:
    """Tells what a name in the emulator was made of: the stack's name, a resource's logical ID, and a number."""

    def __init__(self, template: Template) -> None:
        self._ids = sorted(template["Resources"], key=len, reverse=True)
        self._roles = [name for name, one in template["Resources"].items() if one["Type"] == "AWS::IAM::Role"]

    def stack_of(self, role: str, stacks: Iterable[str]) -> str | None:
        """The stack that the role is one of; None where it was made otherwise."""
        candidates = sorted(stacks, key=len, reverse=True)
        return next((stack for stack in candidates if self.logical(stack, role) in self._roles_made), None)

    def logical(self, stack: str, text: str) -> str:
        """The text with ``made-ID`` for each resource that CloudFormation has named."""
        for one in self._ids:
            made = one[:LONGEST_ID]
            name = f"{stack[: LONGEST_NAME - len(made) - len('--') - SUFFIX]}-{made}"
            for physical, logical in ((name, one), (name.lower(), one.lower())):
                text = re.sub(rf"\b{re.escape(physical)}-[0-9a-f]{{{SUFFIX}}}", f"made-{logical}", text)
        return text

    @property
    def _roles_made(self) -> set[str]:
        return {f"made-{role}" for role in self._roles}
