"""The environments of samconfig.toml, whose form is SAM's: `sam deploy --config-env dev` reads the same."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from devtools.errors import CliError
from devtools.project import ROOT, shown

try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib

FILE = ROOT / "samconfig.toml"


@dataclass(frozen=True)
class Environment:
    """A stack and its parameters; what is not named has the template's default.

    `smoke_spec` is the URI of the spec whose dry run shows that a deployment works. `tags` are those of the stack, None
    where the file names none.
    """

    stack: str
    parameters: dict[str, str]
    smoke_spec: str | None
    tags: dict[str, str] | None = None


def read(name: str, file: Path = FILE) -> Environment:
    try:
        sections = tomllib.loads(file.read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CliError(f"{shown(file)} cannot be read: {error}") from error
    deploy = sections.get(name, {})
    names = [key for key, section in sections.items() if isinstance(section, dict)]
    if not isinstance(deploy, dict) or not deploy:
        raise CliError(f"{shown(file)} has no environment {name}", f"it has {', '.join(names)}")
    parameters = deploy.get("deploy", {}).get("parameters", {})
    if "stack_name" not in parameters:
        raise CliError(f"{shown(file)} has no stack_name in [{name}.deploy.parameters]")
    smoke_spec = deploy.get("smoke", {}).get("parameters", {}).get("spec")
    overrides = dict(map(_parameter, parameters.get("parameter_overrides", [])))
    tags = dict(map(_tag, _words(parameters["tags"]))) if "tags" in parameters else None
    return Environment(parameters["stack_name"], overrides, smoke_spec, tags)


def _words(tags: str | list[str]) -> list[str]:
    """SAM takes a list, and a text with spaces between tags."""
    return shlex.split(tags) if isinstance(tags, str) else tags


def _tag(text: str) -> tuple[str, str]:
    """Of several `=` in one text SAM makes other tags than it says, or two."""
    key, value = _parameter(text)
    if not key or text.count("=") != 1:
        raise CliError(f"{text!r} is not a tag of a stack", 'write tags = ["team=data", "project=lake"]')
    return key, value


def _parameter(text: str) -> tuple[str, str]:
    """As SAM reads it: a value with spaces, or an empty one, is in double quotes."""
    key, _, value = text.partition("=")
    quoted = len(value) > 1 and value.startswith('"') and value.endswith('"')
    return key, value[1:-1] if quoted else value
