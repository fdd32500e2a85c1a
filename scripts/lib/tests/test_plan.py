"""What is shown of a plan."""

import contextlib
import io
import types
import unittest

from rich.console import Console

from fanin_cli import plan
from fanin_cli.report import Outcome, Verdict
from fanin_cli.system import System

DETECTION = {
    "from": "2013-02-06T23:00",
    "reasons": {"NEW": 12, "RETRIED": 1},
    "sample": [
        {"reason": "RETRIED", "partition": "dt=2013-02-08/hour=17", "prefix": "flights/dt=2013-02-08/hour=17/"},
        *({"reason": "NEW", "partition": f"dt=2013-02-09/hour={h}", "prefix": f"flights/{h}/"} for h in range(12)),
    ],
    "found": 20,
    "registered": 7,
    "waiting": {"count": 1, "sample": [{"partition": "hour=13", "prefix": "flights/13/", "detail": "has no _SUCCESS"}]},
    "setAside": {"count": 1, "sample": [{"partition": "hour=2", "prefix": "flights/2/", "detail": "failed 5 times"}]},
    "missing": {
        "count": 3,
        "sample": [
            {"first": "2013-02-07T03:00", "last": "2013-02-07T04:00", "count": 2},
            {"first": "2013-02-07T09:00", "last": "2013-02-07T09:00", "count": 1},
        ],
    },
    "skipped": {"HIDDEN": 1},
    "skippedSample": [{"prefix": "flights/_tmp/", "reason": "HIDDEN", "detail": "names that begin with '_'"}],
}
PLAN = {
    "table": "analytics.flights",
    "next": "PROCESS",
    "partitions": 13,
    "batches": 13,
    "detection": DETECTION,
    "requests": {"S3 ListObjectsV2": 3, "Glue GetTable": 1},
    "stateTransitions": 19,
    "processorMillis": 2600,
}


class PlanTest(unittest.TestCase):
    def test_the_input_of_a_dry_run_is_the_spec_and_a_flag(self):
        content = {"table": "flights"}

        self.assertEqual({"table": "flights", "dryRun": True}, plan.dry(content))
        self.assertEqual({"table": "flights"}, content)

    def test_the_headline_says_what_would_happen(self):
        self.assertEqual(
            "analytics.flights: 13 partitions in 13 batches would be processed"
            " (20 found from 2013-02-06T23:00 on, 7 of them registered).",
            plan.headline(PLAN),
        )
        self.assertEqual(
            "analytics.flights: 1 partition in 1 batch would be processed.",
            plan.headline({**PLAN, "partitions": 1, "batches": 1, "detection": {"found": 0}}),
        )
        self.assertIn(
            "13 partitions in 2 batches would be processed by a Glue job",
            plan.headline({**PLAN, "next": "PROCESS_BY_JOB", "batches": 2}),
        )
        self.assertIn("nothing new", plan.headline({**PLAN, "next": "NOTHING_NEW"}))
        self.assertIn("set right", plan.headline({**PLAN, "next": "REGISTER"}))

    def test_the_first_partitions_of_each_reason_are_named(self):
        rows = plan.rows(DETECTION)

        self.assertEqual(("new (12)", "dt=2013-02-09/hour=0", "flights/0/"), rows[0])
        self.assertEqual(("", "and 2 more", ""), rows[10])
        self.assertEqual(("failed before (1)", "dt=2013-02-08/hour=17", "flights/dt=2013-02-08/hour=17/"), rows[11])
        self.assertEqual(12, len(rows))

    def test_names_cannot_command_the_terminal(self):
        rows = plan.rows({"reasons": {"NEW": 1}, "sample": [{"reason": "NEW", "partition": "\x1b[2J", "prefix": "x"}]})

        self.assertEqual(r"\x1b[2J", rows[0][1])

    def test_everything_is_shown(self):
        shown = self._shown(PLAN)

        told = ("would be processed", "and 2 more", "flights/_tmp/", "S3 ListObjectsV2", "19", "2.6 s")
        seen = ("hour=13: has no _SUCCESS", "hour=2: failed 5 times", "2013-02-07T03:00 to 2013-02-07T04:00")
        for text in (*told, *seen):
            self.assertIn(text, shown)
        self.assertNotIn("2013-02-07T09:00 to", shown)

    def test_a_plan_of_nothing_has_no_partitions(self):
        shown = self._shown({"table": "a.b", "next": "NOTHING_NEW", "detection": {}, "stateTransitions": 3})

        self.assertIn("a.b: nothing new", shown)
        self.assertNotIn("prefix", shown)

    def test_a_plan_whose_spec_was_refused_is_not_shown(self):
        asked = []
        reports = types.SimpleNamespace(plan_of=asked.append)
        executions = types.SimpleNamespace(start=lambda name, content: f"arn:{name}")

        class Refused(System):
            def follow(self, arn):
                return Outcome(Verdict.FAILED, [])

        with contextlib.redirect_stdout(io.StringIO()):
            outcome = Refused(None, "arn:machine", executions, reports).plan({"table": "flights"})

        self.assertEqual(Verdict.FAILED, outcome.verdict)
        self.assertEqual([], asked)

    def _shown(self, content):
        output = io.StringIO()
        plan.show(content, Console(file=output, width=200, markup=False))
        return output.getvalue()


if __name__ == "__main__":
    unittest.main()
