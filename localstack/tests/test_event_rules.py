from __future__ import annotations

import unittest
from unittest import mock

from localstack.services.events import rule
from localstack.services.events.scheduler import JobScheduler
from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack import event_rules


class ScheduledJobsTest(unittest.TestCase):
    def setUp(self) -> None:
        for patch in (
            mock.patch.object(rule.RuleService, "create_schedule_job", rule.RuleService.create_schedule_job),
            mock.patch.object(JobScheduler, "_instance", None),
        ):
            patch.start()
            self.addCleanup(patch.stop)
        event_rules.keep_one_job_for_each_rule()

    def put(self, state: str) -> None:
        service = rule.RuleService.create_rule_service(
            "hourly",
            "us-east-1",
            "000000000000",
            schedule_expression="rate(1 hour)",
            state=state,
            event_bus_name="default",
        )
        service.create_schedule_job(lambda: None)

    def test_a_rule_that_is_put_again_has_one_job(self) -> None:
        self.put("DISABLED")
        self.put("ENABLED")

        self.assertEqual([True], [job.is_enabled for job in JobScheduler.instance().jobs])

    def test_a_rule_that_is_disabled_no_longer_fires(self) -> None:
        self.put("ENABLED")
        self.put("DISABLED")

        self.assertEqual([False], [job.is_enabled for job in JobScheduler.instance().jobs])


if __name__ == "__main__":
    unittest.main()
