"""Takes references to what the SAM transform makes: roles, versions and aliases of functions.

Before the transform LocalStack looks for macros in all of the template, and resolves references on its way. It refuses
those to resources that only come of the transform, which CloudFormation takes.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from localstack.runtime import hooks


@hooks.on_infra_start()
def take_references_to_generated_resources() -> None:
    from localstack.services.cloudformation.engine.v2.change_set_model_transform import ChangeSetModelTransform

    for name in ("visit_node_intrinsic_function_ref", "visit_node_intrinsic_function_fn_get_att"):
        visit = getattr(ChangeSetModelTransform, name)
        if not hasattr(visit, "__wrapped__"):
            setattr(ChangeSetModelTransform, name, _tolerant(visit))


def _tolerant(visit: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    from localstack.services.cloudformation.engine.validations import ValidationError

    @functools.wraps(visit)
    def visit_or_leave(self: Any, node: Any) -> Any:
        try:
            return visit(self, node)
        except ValidationError:
            return self.visit(node.arguments)

    return visit_or_leave
