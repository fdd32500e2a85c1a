"""Lets an update of a stack reach its EventBridge rules, and lets a changed schedule take the place of the one before.

LocalStack's provider of ``AWS::Events::Rule`` cannot update: what has changed is logged as unsupported, and the stack
is reported as updated. And its scheduler keeps the job of each ``PutTargets``: a rule that was put again fires twice,
and one that was disabled goes on firing.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import Any

from localstack.runtime import hooks
from localstack.services.cloudformation.resource_provider import ProgressEvent, ResourceRequest

Model = dict[str, Any]


@hooks.on_infra_start()
def update_rules() -> None:
    from localstack.services.events.resource_providers.aws_events_rule import EventsRuleProvider

    EventsRuleProvider.update = update


@hooks.on_infra_start()
def keep_one_job_for_each_rule() -> None:
    from localstack.services.events.rule import RuleService
    from localstack.services.events.scheduler import JobScheduler

    create = RuleService.create_schedule_job
    if hasattr(create, "__wrapped__"):
        return
    jobs: dict[str, str] = {}

    @functools.wraps(create)
    def create_and_cancel_earlier(rule: Any, function: Any) -> None:
        JobScheduler.instance().cancel_job(jobs.get(rule.arn))
        create(rule, function)
        jobs[rule.arn] = rule.job_id

    RuleService.create_schedule_job = create_and_cancel_earlier


def update(provider: Any, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
    """Puts the rule and its targets as creation does, under the name that it has, and removes targets that are gone.

    A rule with another name or bus is another rule, which takes the place of this one.
    """
    previous, desired = request.previous_state or {}, request.desired_state
    if _place(desired, previous) != _place(previous, previous):
        created = provider.create(request)
        provider.delete(replace(request, desired_state=previous))
        return created
    desired["Name"] = _name(previous)
    updated = provider.create(request)
    _remove_targets(request, previous, {target["Id"] for target in desired.get("Targets") or []})
    return updated


def _place(model: Model, previous: Model) -> tuple[str | None, str]:
    """Of a rule without a name in the template: the one that was generated for it."""
    return model.get("EventBusName"), model.get("Name") or _name(previous)


def _name(model: Model) -> str:
    return model["Id"].rsplit("|", maxsplit=1)[-1]


def _remove_targets(request: ResourceRequest[Model], previous: Model, kept: set[str]) -> None:
    gone = [target["Id"] for target in previous.get("Targets") or [] if target["Id"] not in kept]
    if gone:
        bus = {"EventBusName": previous["EventBusName"]} if previous.get("EventBusName") else {}
        request.aws_client_factory.events.remove_targets(Rule=_name(previous), Ids=gone, **bus)
