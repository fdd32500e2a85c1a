"""The parameters of a stack on LocalStack."""

from __future__ import annotations

import platform

NEWEST_RUNTIME_SINCE = (4, 14)
"""The LocalStack that has java25; older ones get java21."""
LOCAL_LIMITS = {"SnapStart": "None", "MaxConcurrency": "4"}
"""Each concurrent invocation is a JVM on this machine, hence the low MaxConcurrency."""
LOCAL_DEFAULTS = {
    "DataBuckets": "lake*,landing*",
    "TargetBuckets": "lake*",
    "SpecBuckets": "lake*",
    "Databases": "*",
}
LOCAL_SPECS = {"SpecsLocation": "s3://lake/specs/"}
"""For a stack without an environment, whose SpecBuckets may be others."""


def for_machine(localstack: tuple[int, ...], *parameters: dict[str, str]) -> dict[str, str]:
    """These, and what this version of LocalStack runs on this machine."""
    machine = {
        "LambdaRuntime": "java25" if localstack[:2] >= NEWEST_RUNTIME_SINCE else "java21",
        "LambdaArchitecture": "arm64" if platform.machine().lower() in ("arm64", "aarch64") else "x86_64",
    }
    return {key: value for some in (*parameters, machine) for key, value in some.items()}
