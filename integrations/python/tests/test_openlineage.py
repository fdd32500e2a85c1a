"""Events of partition-fan-in as run events of OpenLineage, held to its own client and to the documented events."""

import json
import re
import unittest
import uuid
from datetime import datetime
from pathlib import Path

from jsonschema import Draft202012Validator
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import error_message_run, job_type_job, parent_run
from openlineage.client.generated.base import RunFacet
from openlineage.client.naming.dataset import S3, AWSGlue
from openlineage.client.serde import Serde

from partition_fan_in import FaninError, UnknownContract
from partition_fan_in.openlineage import run_event

EXAMPLES = sorted((Path(__file__).parent / "openlineage").glob("*.json"))
DOCS = Path(__file__).resolve().parents[3] / "docs"
EVENTS = (DOCS / "events.md").read_text()
SCHEMA = json.loads((DOCS / "schemas" / "event-1.schema.json").read_text())
PARTIAL = json.loads(re.search(r'```json\n(\{"schemaVersion".*?)\n```', EVENTS, re.DOTALL)[1])
COMPLETE = {**PARTIAL, "status": "COMPLETE", "outstanding": 0, "failed": 0, "failures": []}
FAILED = {
    **{name: PARTIAL[name] for name in ("schemaVersion", "id", "run", "execution", "database", "table")},
    "failures": [],
    "error": "io.fanin.model.spec.SpecException",
    "cause": "$.format: unknown",
}


def event(kind="Table Partial", detail=PARTIAL, **changed):
    return {
        "source": "partition-fan-in",
        "detail-type": kind,
        "time": "2013-02-09T00:10:00Z",
        "resources": [detail["execution"]],
        "detail": {**detail, **changed},
    }


class RunEventTest(unittest.TestCase):
    maxDiff = None

    def test_every_kind_of_run_is_mapped(self):
        for kind, detail, mapped in (
            ("Table Complete", COMPLETE, "COMPLETE"),
            ("Table Healed", COMPLETE, "COMPLETE"),
            ("Table Partial", PARTIAL, "FAIL"),
            ("Run Failed", FAILED, "FAIL"),
            ("Run Failed", {**FAILED, "ended": "ABORTED", "error": "Operator"}, "ABORT"),
            ("Run Failed", {**FAILED, "ended": "FAILED", "error": "ABORTED"}, "FAIL"),
        ):
            with self.subTest(kind, error=detail.get("error")):
                Draft202012Validator(SCHEMA).validate(detail)
                self.assertEqual(run_event(event(kind, detail))["eventType"], mapped)
                self.assertIn(f"`{kind}`", EVENTS)

    def test_run_events_are_those_that_the_stack_sends(self):
        """OpenLineageTest of the table-creator writes these examples."""
        kinds = set()
        for example in EXAMPLES:
            with self.subTest(example.name):
                both = json.loads(example.read_text())
                Draft202012Validator(SCHEMA).validate(both["event"]["detail"])
                self.assertEqual(run_event(both["event"]), both["runEvent"])
                kinds.add(both["event"]["detail-type"])
        self.assertEqual(kinds, {"Table Complete", "Table Healed", "Table Partial", "Run Failed"})

    def test_openlineage_s_client_takes_it_as_it_is(self):
        for example in EXAMPLES:
            mapped = json.loads(example.read_text())["runEvent"]
            with self.subTest(example.name):
                self.assertEqual(_without_empty(Serde.to_dict(_by_client(mapped))), _without_empty(mapped))

    def test_datasets_are_named_as_openlineage_says(self):
        mapped = run_event(event(), sources=["s3://landing/raw/flights/"])

        glue = AWSGlue("eu-west-1", "123456789012", "analytics", "flights")
        raw = S3("landing", "raw/flights")
        self.assertEqual(_name(mapped["outputs"][0]), (glue.get_namespace(), glue.get_name()))
        self.assertEqual([_name(one) for one in mapped["inputs"]], [(raw.get_namespace(), raw.get_name())])

    def test_folder_of_the_source_or_else_of_the_table_is_the_input_if_no_other_is_named(self):
        self.assertEqual([_name(one) for one in run_event(event(source="s3://raw/f/"))["inputs"]], [("s3://raw", "f")])
        self.assertEqual([_name(one) for one in run_event(event())["inputs"]], [("s3://lake", "flights")])
        self.assertEqual(run_event(event("Run Failed", FAILED))["inputs"], [])

    def test_progress_has_its_zone(self):
        zoned = {**PARTIAL, "completeThrough": "2013-02-08T16:00", "timeZone": "Europe/Berlin"}

        counts = run_event(event(detail=zoned))["run"]["facets"]["fanin_counts"]

        self.assertEqual((counts["completeThrough"], counts["timeZone"]), ("2013-02-08T16:00", "Europe/Berlin"))

    def test_counts_and_failures_are_facets(self):
        facets = run_event(event())["run"]["facets"]

        self.assertEqual((facets["fanin_counts"]["registered"], facets["fanin_counts"]["outstanding"]), (23, 1))
        self.assertEqual(facets["fanin_failures"]["failures"], PARTIAL["failures"])
        self.assertIn("dt=2013-02-08/hour=17: Truncated", facets["errorMessage"]["message"])
        self.assertNotIn("errorMessage", run_event(event("Table Complete", COMPLETE))["run"]["facets"])

    def test_each_pass_is_a_run_under_that_of_the_execution(self):
        first, again, second = (run_event(event(**{"pass": number}))["run"] for number in (0, 0, 1))
        ended = run_event(event("Run Failed", FAILED))["run"]

        self.assertEqual(first["runId"], again["runId"])
        self.assertNotEqual(first["runId"], second["runId"])
        for run in (first, second):
            self.assertEqual(run["facets"]["parent"]["run"]["runId"], ended["runId"])
        self.assertNotIn("parent", ended["facets"])

    def test_every_number_of_the_schema_is_a_count(self):
        fields = SCHEMA["properties"].items()
        numbers = {name: 7 for name, field in fields if field.get("$ref") or field.get("type") == "integer"}

        facet = run_event(event(**numbers))["run"]["facets"]["fanin_counts"]

        self.assertEqual(facet.pop("passNumber"), numbers.pop("pass"))
        self.assertLessEqual(numbers.items(), facet.items())

    def test_events_about_anything_else_are_refused(self):
        for kind, detail in (("Notice", PARTIAL), ("All Tables Complete", {"schemaVersion": 1, "execution": "arn:"})):
            with self.subTest(kind), self.assertRaisesRegex(FaninError, kind):
                run_event(event(kind, detail))

    def test_newer_versions_are_refused_by_name(self):
        with self.assertRaisesRegex(UnknownContract, "schemaVersion"):
            run_event(event(schemaVersion=2))


def _by_client(mapped):
    """The same event, made of the classes of OpenLineage's client, which check it."""
    uuid.UUID(mapped["run"]["runId"])
    datetime.fromisoformat(mapped["eventTime"].replace("Z", "+00:00"))
    facets = {name: _facet(name, facet) for name, facet in mapped["run"]["facets"].items()}
    job = mapped["job"]
    job_type = {name: value for name, value in job["facets"]["jobType"].items() if not name.startswith("_")}
    return RunEvent(
        eventTime=mapped["eventTime"],
        eventType=RunState(mapped["eventType"]),
        producer=mapped["producer"],
        run=Run(mapped["run"]["runId"], facets),
        job=Job(
            job["namespace"],
            job["name"],
            {"jobType": job_type_job.JobTypeJobFacet(**job_type, producer=mapped["producer"])},
        ),
        inputs=[InputDataset(**one) for one in mapped["inputs"]],
        outputs=[OutputDataset(**one) for one in mapped["outputs"]],
    )


def _facet(name, facet):
    values = {key: value for key, value in facet.items() if not key.startswith("_")}
    producer = facet["_producer"]
    if name == "errorMessage":
        return error_message_run.ErrorMessageRunFacet(**values, producer=producer)
    if name == "parent":
        run, job = parent_run.Run(**values["run"]), parent_run.Job(**values["job"])
        return parent_run.ParentRunFacet(run=run, job=job, producer=producer)
    return RunFacet(producer=producer).with_additional_properties(**values)


def _without_empty(value):
    """The client writes a set of facets where there are none."""
    if isinstance(value, dict):
        return {name: _without_empty(one) for name, one in value.items() if one != {}}
    return [_without_empty(one) for one in value] if isinstance(value, list) else value


def _name(dataset):
    return dataset["namespace"], dataset["name"]


if __name__ == "__main__":
    unittest.main()
