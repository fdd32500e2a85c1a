"""Takes the functions' image that is there, where its registry does not answer.

LocalStack pulls it at each start before it creates a function, and fails without giving a reason.
"""

from __future__ import annotations

import functools
import logging
from typing import Any

from localstack import config
from localstack.runtime import hooks
from localstack.utils.container_utils.container_client import ContainerException

LOG = logging.getLogger(__name__)


@hooks.on_infra_start(should_load=lambda: config.LAMBDA_RUNTIME_EXECUTOR != "process")
def take_present_images() -> None:
    from localstack.services.lambda_.invocation import docker_runtime_executor

    take_present_images_in(docker_runtime_executor)


def take_present_images_in(module: Any) -> None:
    """Wraps the module's pulling, once."""
    pull = module._ensure_runtime_image_present
    if hasattr(pull, "__wrapped__"):
        return

    @functools.wraps(pull)
    def pull_or_take_present(image: str, platform: str) -> None:
        try:
            pull(image, platform)
        except ContainerException as error:
            LOG.warning("The image %r cannot be pulled: %r", image, str(error.__cause__ or error))
            module.CONTAINER_CLIENT.inspect_image(image, pull=False)  # fails where there is none
            module.PULLED_IMAGES.add((image, platform))

    module._ensure_runtime_image_present = pull_or_take_present
