"""Evaluates requests against IAM policies, by somebody else's evaluator: https://github.com/cloud-copilot/iam-simulate."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from devtools import validators
from devtools.errors import CliError
from devtools.project import SCRIPTS

ALLOWED = "Allowed"
SIMULATOR = SCRIPTS / "lib" / "node" / "simulate.mjs"
PSEUDO = {
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::AccountId": "123456789012",
    "AWS::URLSuffix": "amazonaws.com",
}


@dataclass(frozen=True)
class Request:
    """An operation on a resource, with the values of condition keys."""

    action: str
    resource: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """Requests of one role, and the policies that decide on them; ``bucket`` is that of the bucket they are about.

    Where there is a ``principal``, the ARN of another account's role or the name of a service, they are its.
    """

    policies: Sequence[Any]
    requests: Sequence[Request]
    role: str = "caller"
    bucket: Any = None
    principal: str = ""


def evaluate(policies: Sequence[Any], requests: Iterable[Request]) -> list[str]:
    """For each request ``Allowed``, ``ImplicitlyDenied``, ``ExplicitlyDenied``, or why IAM knows no such request."""
    (results,) = evaluate_all([Case(policies, list(requests))])
    return results


def evaluate_all(cases: Iterable[Case]) -> list[list[str]]:
    """The same for each case, in one run of the evaluator."""
    installed = validators.installed()
    # Node.js looks for packages beside the script.
    script = installed / SIMULATOR.name
    shutil.copy(SIMULATOR, script)
    told = json.dumps([asdict(case) for case in cases])
    ended = subprocess.run(["node", script], input=told, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise CliError(f"{SIMULATOR.name} failed: {ended.stderr.strip()}")
    results: list[list[str]] = json.loads(ended.stdout)
    return results


class Rendering:
    """A template's values, with its parameters, and a made-up one for what a resource is called when it exists."""

    def __init__(self, template: Mapping[str, Any], parameters: Mapping[str, str]) -> None:
        defaults = {name: one.get("Default", "") for name, one in template.get("Parameters", {}).items()}
        self._values = {**PSEUDO, **defaults, **parameters}
        self._conditions = template.get("Conditions", {})
        self._mappings = template.get("Mappings", {})

    def holds(self, condition: str) -> bool:
        return bool(self.value(self._conditions[condition]))

    def value(self, node: Any) -> Any:
        """The value with functions applied; ``None`` where there is none."""
        if isinstance(node, list):
            return [value for value in map(self.value, node) if value is not None]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            ((name, given),) = node.items()
            if name in FUNCTIONS:
                return FUNCTIONS[name](self, given)
        values = {key: self.value(value) for key, value in node.items()}
        return {key: value for key, value in values.items() if value is not None}

    def _named(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return None
        return self._values.get(name, f"made-{name}")

    def _attribute(self, given: str | Sequence[str]) -> Any:
        return self._named(given if isinstance(given, str) else ".".join(given))

    def _found(self, given: Sequence[Any]) -> Any:
        mapping, first, second = map(self.value, given)
        return self._mappings[mapping][first][second]

    def _substituted(self, given: str | Sequence[Any]) -> str:
        text, own = (given, {}) if isinstance(given, str) else given
        values = {**self._values, **{name: self.value(value) for name, value in own.items()}}
        for name, value in values.items():
            text = text.replace("${" + name + "}", str(value))
        return str(text)


FUNCTIONS = {
    "Ref": Rendering._named,
    "Condition": Rendering.holds,
    "Fn::Sub": Rendering._substituted,
    "Fn::If": lambda self, given: self.value(given[1] if self.holds(given[0]) else given[2]),
    "Fn::Equals": lambda self, given: self.value(given[0]) == self.value(given[1]),
    "Fn::Not": lambda self, given: not self.value(given[0]),
    "Fn::And": lambda self, given: all(self.value(one) for one in given),
    "Fn::Or": lambda self, given: any(self.value(one) for one in given),
    "Fn::FindInMap": Rendering._found,
    "Fn::GetAtt": Rendering._attribute,
    "Fn::Join": lambda self, given: given[0].join(map(str, self.value(given[1]))),
    "Fn::Split": lambda self, given: self.value(given[1]).split(given[0]),
    "Fn::Select": lambda self, given: self.value(given[1])[int(given[0])],
}
