"""Refuses parameters of a stack that CloudFormation would refuse.

LocalStack takes any value for a parameter: allowed values, patterns and sizes in its template are ignored, so that
a stack can be created here that cannot be deployed to AWS.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from localstack.runtime import hooks

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


@hooks.on_infra_start()
def check_parameters() -> None:
    from localstack.services.cloudformation.engine.validations import ValidationError
    from localstack.services.cloudformation.v2.provider import CloudformationProviderV2

    resolve = CloudformationProviderV2._resolve_parameters
    if hasattr(resolve, "__wrapped__"):
        return

    @functools.wraps(resolve)
    def resolve_and_check(template: Any, *args: Any, **kwargs: Any) -> Any:
        resolved = resolve(template, *args, **kwargs)
        for name, declared in template.get("Parameters", {}).items():
            value = resolved[name].get("given_value")
            refusal = violation(name, declared, declared.get("Default") if value is None else value)
            if refusal:
                raise ValidationError(refusal)
        return resolved

    CloudformationProviderV2._resolve_parameters = staticmethod(resolve_and_check)


def violation(name: str, declared: Mapping[str, Any], value: Any) -> str | None:
    """CloudFormation's error for this value; None where it is accepted."""
    broken = _broken_constraint(declared, _text(value))
    if broken is None:
        return None
    told = declared.get("ConstraintDescription")
    return f"Parameter {name} failed to satisfy constraint: {told}" if told else f"Parameter '{name}' must {broken}"


def _broken_constraint(declared: Mapping[str, Any], value: str) -> str | None:
    if declared["Type"] not in ("String", "Number"):
        return None
    allowed = declared.get("AllowedValues")
    if allowed is not None and value not in map(_text, allowed):
        return "be one of AllowedValues"
    if declared["Type"] == "Number":
        return _broken_range(declared, value)
    if "AllowedPattern" in declared and not re.fullmatch(declared["AllowedPattern"], value):
        return f"match pattern {declared['AllowedPattern']}"
    if len(value) < int(declared.get("MinLength", 0)):
        return f"contain at least {declared['MinLength']} characters"
    if len(value) > int(declared.get("MaxLength", len(value))):
        return f"contain at most {declared['MaxLength']} characters"
    return None


def _broken_range(declared: Mapping[str, Any], text: str) -> str | None:
    if not NUMBER.fullmatch(text):
        return "be a number"
    value = float(text)
    if value < float(declared.get("MinValue", value)):
        return f"be a number not less than {declared['MinValue']}"
    if value > float(declared.get("MaxValue", value)):
        return f"be a number not greater than {declared['MaxValue']}"
    return None


def _text(value: Any) -> str:
    """As CloudFormation compares values: YAML's ``true`` is the text ``true``."""
    return str(value).lower() if isinstance(value, bool) else str(value)
