"""Holds the roles of the stack to what they asked for in the integration tests, which the emulator has written down.

    python -m devtools.permissions FILE

Nothing that a test needed may be refused. And each statement of a role's policies, each of its actions and each of its
resources is taken away in turn: where nothing is refused without it, no test needs it, and ``UNNEEDED`` says why the
role has it all the same. It needs SAM's translator.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from devtools.errors import CliError
from devtools.permissions_unneeded import SOMETIMES, UNNEEDED
from devtools.policies import ALLOWED, Case, evaluate_all
from devtools.recording import Group, Recording
from devtools.roles import ACCOUNT, OF_AWS, Stack, Template, transformed

Evaluator = Callable[[Iterable[Case]], list[list[str]]]

KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/made"
MOST = {
    "DataKeys": KEY,
    "StateKey": KEY,
    "GlueJobs": "job",
    "AllowDeregister": "true",
    "ProcessorLayers": f"arn:aws:lambda:us-east-1:{ACCOUNT}:layer:made:1",
}
"""Parameters that bring statements which the tests' stack may lack."""


def refused(template: Template, recording: Recording, evaluator: Evaluator) -> list[str]:
    """What roles asked for and may not do."""
    asked, cases = [], []
    for group in recording.groups:
        stack = Stack(template, group.alike, recording.parameters(group))
        for role, requests in group.asked.items():
            policies = [_document(one.content for one in stack.roles().get(role, []))]
            for is_state in (True, False):
                some = [request for request in requests if stack.is_state(request.resource) == is_state]
                asked.append((group.stack, role, some))
                cases.append(Case(policies, some, role, stack.bucket_policy if is_state else None))
    return [
        f"{role} of {name}: {request.action} on {request.resource}: {result}"
        for (name, role, requests), results in zip(asked, evaluator(cases))
        for request, result in zip(requests, results)
        if result != ALLOWED
    ]


def unneeded(template: Template, recording: Recording, evaluator: Evaluator) -> list[str]:
    """What can be taken away from the roles of the stack that was tested most, and no request of a test is refused."""
    name = max(recording.groups, key=lambda group: group.count).stack
    groups = [group for group in recording.groups if group.stack == name]
    missed: dict[str, bool] = {}
    for group in groups:
        for missing, is_missed in _mutants(Stack(template, group.alike, recording.parameters(group)), group, evaluator):
            missed[missing] = missed.get(missing, False) or is_missed
    most = Stack(template, groups[0].alike, {**recording.parameters(groups[0]), **MOST})
    for statement in (one for statements in most.roles().values() for one in statements if one.owner != OF_AWS):
        missed.setdefault(statement.name, False)
    survived = [missing for missing, is_missed in missed.items() if not is_missed]
    # Where a whole statement is not needed, nor are its parts.
    return [one for one in survived if not any(one != other and one.startswith(other + " ") for other in survived)]


def _mutants(stack: Stack, group: Group, evaluator: Evaluator) -> list[tuple[str, bool]]:
    """What was taken away from the stack's policies, and whether a request was refused without it."""
    roles = stack.roles()
    held = [(role, one) for role, statements in roles.items() for one in statements if one.owner != OF_AWS]
    asked = [group.asked.get(role, []) for role, _ in held]
    alone = evaluator(Case([_document([one.content])], requests) for (_, one), requests in zip(held, asked))
    mutants, cases = [], []
    for (role, one), requests, results in zip(held, asked, alone):
        served = [request for request, result in zip(requests, results) if result == ALLOWED]
        others = [other.content for other in roles[role] if other is not one]
        for missing, rest in one.mutants():
            mutants.append(missing)
            cases.append(Case([_document(others + ([rest] if rest else []))], served))
    return [(missing, any(one != ALLOWED for one in results)) for missing, results in zip(mutants, evaluator(cases))]


def _document(statements: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def unexplained(survived: Sequence[str], reasons: Mapping[str, str], sometimes: Mapping[str, str]) -> list[str]:
    """Of what can be taken away, that for which there is no reason; and of reasons, those for what is needed by now."""
    patterns = [*reasons, *sometimes]
    without = [one for one in survived if not any(re.fullmatch(pattern, one) for pattern in patterns)]
    stale = [pattern for pattern in reasons if not any(re.fullmatch(pattern, one) for one in survived)]
    return [f"no test needs {one}" for one in without] + [f"tests do need {pattern}" for pattern in stale]


def judged(lines: Sequence[str], template: Template, evaluator: Evaluator) -> str:
    recording = Recording.read(lines, template)
    if not recording.count:
        raise CliError("the emulator has written down no request of the stack's roles")
    wrong = refused(template, recording, evaluator)
    if not wrong:
        wrong = unexplained(unneeded(template, recording, evaluator), UNNEEDED, SOMETIMES)
    if wrong:
        raise CliError("\n".join([f"{len(wrong)} permissions are wrong", *wrong]))
    roles = {role for group in recording.groups for role in group.asked}
    return f"{recording.count} requests of {len(roles)} roles"


def main() -> int:
    file = Path(sys.argv[1])
    lines = file.read_text().splitlines() if file.is_file() else []
    try:
        print(judged(lines, transformed(), evaluate_all))
    except CliError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
