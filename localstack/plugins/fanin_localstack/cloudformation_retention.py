"""Keeps what CloudFormation keeps when a stack is deleted.

LocalStack knows the deletion policy ``RetainExceptOnCreate`` by name and deletes such a resource: only ``Retain`` is
kept. What CloudFormation does with it when a creation is rolled back does not arise, since LocalStack rolls none back.
"""

from __future__ import annotations

import functools
from typing import Any

from localstack.runtime import hooks


@hooks.on_infra_start()
def retain_resources() -> None:
    from localstack.services.cloudformation.engine.v2 import change_set_model_preproc as model

    # Older versions have no deletion policies.
    if hasattr(model, "DeletionPolicy"):
        retain(model.PreprocResource, model.DeletionPolicy.Retain)


def retain(resource: Any, kept: Any) -> None:
    """Has resources with the policy be as those with the policy ``kept``."""
    make = resource.__init__
    if hasattr(make, "__wrapped__"):
        return

    @functools.wraps(make)
    def make_and_retain(self: Any, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        if self.deletion_policy == "RetainExceptOnCreate":
            self.deletion_policy = kept

    resource.__init__ = make_and_retain
