"""The flags with which functions are deployed, and with which they are measured."""

from __future__ import annotations

import re

from devtools.project import ROOT

_DEPLOYED = re.compile(r"^      Common: (.+)$", re.MULTILINE)


def deployed() -> list[str]:
    """What template.yaml gives to all functions, at its default level of the log."""
    (flags,) = _DEPLOYED.findall((ROOT / "template.yaml").read_text(encoding="utf-8"))
    return [*flags.split(), "-Dfanin.log.level=INFO"]


def apart_from_compiler_and_collector() -> list[str]:
    """Of these flags those that do not say how the JVM works, for a comparison with its defaults."""
    return [flag for flag in deployed() if not flag.startswith("-XX:")]
