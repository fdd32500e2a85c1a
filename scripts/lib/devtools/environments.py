"""The environments of samconfig.toml, whose form is SAM's: `sam deploy --config-env dev` reads the same."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devtools.errors import CliError
from devtools.project import ROOT, shown

try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib

FILE = ROOT / "samconfig.toml"
EXAMPLE = (
    """write parameter_overrides = ["DataBuckets=raw-*", 'ScheduleExpression="rate(1 hour)"'], tags = ["team=data"]"""
)


@dataclass(frozen=True)
class Environment:
    """A stack and its parameters; what is not named has the template's default.

    `smoke_spec` is the URI of the spec whose dry run shows that a deployment works. `tags` are those of the stack, None
    where the file names none. `region`, `profile` and `role_arn` are those that SAM deploys
    with, where it names any.
    """

    stack: str
    parameters: dict[str, str]
    smoke_spec: str | None
    tags: dict[str, str] | None = None
    region: str | None = None
    profile: str | None = None
    role_arn: str | None = None

    def check_place(self, region: str | None, profile: str | None) -> None:
        """Raises a CliError where the caller would deploy elsewhere, or as somebody else, than SAM would.

        `profile` is None where the caller has other credentials, which win over any.
        """
        its = f"the environment of stack {self.stack} has"
        if self.role_arn:
            raise CliError(
                f"{its} role_arn {self.role_arn}, which only sam deploy uses",
                "assume a role that may deploy, and take role_arn out of the file",
            )
        if self.region and self.region != region:
            raise CliError(
                f"{its} region {self.region}, and the caller has {region}",
                f"set AWS_REGION={self.region}, or take region out of the file",
            )
        if self.profile and self.profile != profile:
            set_it = f"set AWS_PROFILE={self.profile}" if profile else "unset the variables with credentials"
            raise CliError(
                f"{its} profile {self.profile}, and the caller has {profile or 'credentials of no profile'}",
                f"{set_it}, or take profile out of the file",
            )


def read(name: str, file: Path | None = None) -> Environment:
    file = file or FILE
    try:
        sections = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CliError(f"{shown(file)} cannot be read: {error}", "it is TOML in UTF-8, as SAM reads it") from error
    if not isinstance(sections.get(name), dict) or not sections[name]:
        names = [key for key, section in sections.items() if isinstance(section, dict)]
        raise CliError(f"{shown(file)} has no environment {name}", f"it has {', '.join(names)}")
    try:
        return _environment(name, sections[name])
    except ValueError as error:
        raise CliError(f"{shown(file)}, environment {name}: {error}", EXAMPLE) from error


def _environment(name: str, commands: dict[str, Any]) -> Environment:
    """What is wrong with it is a ValueError."""
    deploy = {**_parameters(commands, "global"), **_parameters(commands, "deploy")}
    stack = deploy.get("stack_name")
    if not isinstance(stack, str) or not stack:
        raise ValueError(f"no stack_name in [{name}.deploy.parameters]")
    overrides = deploy.get("parameter_overrides", [])
    pairs = map(_pair if isinstance(overrides, str) else _override, _words(overrides))
    tags = dict(map(_tag, _words(deploy["tags"]))) if "tags" in deploy else None
    place = {key: str(deploy[key]) for key in ("region", "profile", "role_arn") if key in deploy}
    return Environment(stack, dict(pairs), _parameters(commands, "smoke").get("spec"), tags, **place)


def _parameters(commands: dict[str, Any], name: str) -> dict[str, Any]:
    """Those of one of SAM's commands, or of all that it calls global."""
    section = commands.get(name, {})
    parameters = section.get("parameters", {}) if isinstance(section, dict) else None
    if not isinstance(parameters, dict):
        raise ValueError(f"{name}.parameters is no table")
    return parameters


def _words(given: Any) -> list[str]:
    """SAM takes a list, and a text with spaces in between, as `sam deploy --guided` writes it."""
    if isinstance(given, str):
        return shlex.split(given)
    if not isinstance(given, list) or not all(isinstance(word, str) for word in given):
        raise ValueError(f"{given!r} is neither a text nor a list of texts")
    return given


def _tag(text: str) -> tuple[str, str]:
    """Of several `=` in one text SAM makes other tags than it says, or two."""
    if text.count("=") != 1:
        raise ValueError(f"{text!r} is not a tag of a stack")
    return _pair(text)


def _override(text: str) -> tuple[str, str]:
    """Of spaces outside of quotes SAM makes another value, or several parameters."""
    key, value = _pair(text)
    if text == f"{key}={value}" and " " in value:
        raise ValueError(f"the value of {key} has spaces and no double quotes: {text!r}")
    return key, value


def _pair(text: str) -> tuple[str, str]:
    """As SAM reads it: a value with spaces, or an empty one, is in double quotes."""
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise ValueError(f"{text!r} is not of the form KEY=VALUE")
    quoted = len(value) > 1 and value.startswith('"') and value.endswith('"')
    return key, value[1:-1] if quoted else value
