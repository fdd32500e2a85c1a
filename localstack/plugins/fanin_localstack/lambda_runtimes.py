"""Lets LocalStack 4.9.2, the last that runs on Python 3.11, take the Lambda runtime ``java25``.

It came out before that runtime did and refuses the name; nothing else about the runtime matters to it.
"""

from __future__ import annotations

from localstack.runtime import hooks

JAVA_25 = "java25"


@hooks.on_infra_start()
def accept_java_25() -> None:
    from localstack.services.lambda_ import runtimes

    # The modules that use these hold the same objects, so they are changed in place.
    runtimes.IMAGE_MAPPING.setdefault(JAVA_25, "java:25")
    for known in (runtimes.ALL_RUNTIMES, runtimes.SUPPORTED_RUNTIMES, runtimes.SNAP_START_SUPPORTED_RUNTIMES):
        if JAVA_25 not in known:
            known.append(JAVA_25)
