"""Holds the package's names and fields to this repository's documents: it knows nothing else."""

import json
import re
import unittest
from pathlib import Path

from jsonschema import Draft202012Validator
from test_reports import REPORT

from partition_fan_in import Outcome, Report, Status, contract
from partition_fan_in.facts import FACTS

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
SCHEMA = json.loads((DOCS / "schemas" / "run-report-1.schema.json").read_text())
SOURCES = ROOT / "integrations" / "python" / "src" / "partition_fan_in"


class ParametersTest(unittest.TestCase):
    documented = (DOCS / "table-parameters.md").read_text()

    def test_every_parameter_is_documented(self):
        names = set(re.findall(r"`(fanin\.[A-Za-z_.]+)`", self.documented.partition("## Partition parameters")[0]))

        self.assertLessEqual(set(contract.PARAMETERS), names)

    def test_every_parameter_is_a_fact_that_is_handed_on(self):
        self.assertEqual(set(FACTS), set(contract.PARAMETERS))
        self.assertEqual(len(FACTS), len({name for name, _ in FACTS.values()}))

    def test_names_stand_in_one_place(self):
        for source in SOURCES.rglob("*.py"):
            if source.name != "contract.py":
                names = re.findall(r"[\"']fanin\.[A-Za-z_.]+[\"']", source.read_text())
                self.assertEqual(names, [], source)

    def test_macros_of_dbt_read_the_same(self):
        macros = (ROOT / "integrations" / "dbt" / "macros" / "fanin.sql").read_text()

        names = set(re.findall(r"'(fanin\.[a-z_.]+)'", macros))

        self.assertTrue(names)
        self.assertLessEqual(names, set(contract.PARAMETERS))

    def test_status_has_the_documented_words(self):
        row = next(line for line in self.documented.splitlines() if line.startswith("| `fanin.status`"))

        self.assertEqual(set(re.findall(r"`([A-Z_]+)`", row)), {one.value for one in Status})


class ReportSchemaTest(unittest.TestCase):
    def test_report_of_the_tests_is_one(self):
        Draft202012Validator(SCHEMA).validate(REPORT)

    def test_required_fields_of_the_schema_are_enough(self):
        least = {name: REPORT[name] for name in SCHEMA["required"]}

        self.assertEqual(Report.of(least).registered, 23)

    def test_every_field_that_is_read_is_in_the_schema(self):
        source = (SOURCES / "reports.py").read_text()
        for variable, properties in {
            "document": SCHEMA["properties"],
            "failure": SCHEMA["properties"]["failures"]["items"]["properties"],
            "usage": SCHEMA["properties"]["usage"]["properties"],
        }.items():
            with self.subTest(variable):
                read = set(re.findall(rf"\b{variable}(?:\[|\.get\()\"(\w+)\"", source))
                self.assertTrue(read)
                self.assertLessEqual(read, set(properties))

    def test_every_number_of_the_schema_is_read(self):
        numbers = {name for name, value in SCHEMA["properties"].items() if value.get("type") == "integer"}
        source = (SOURCES / "reports.py").read_text()

        self.assertEqual(set(), {one for one in numbers if f'"{one}"' not in source})

    def test_version_is_the_schema_s(self):
        self.assertEqual(contract.REPORT_VERSION, SCHEMA["properties"]["version"]["const"])
        event = json.loads((DOCS / "schemas" / "event-1.schema.json").read_text())
        self.assertEqual(contract.EVENT_VERSION, event["properties"]["schemaVersion"]["const"])


class StateKeysTest(unittest.TestCase):
    def test_keys_are_those_of_the_functions(self):
        keys = (ROOT / "model/src/main/java/io/fanin/model/names/StateKeys.java").read_text()
        for part in (
            contract.RUNS,
            contract.TABLES,
            contract.TABLE_PAGE,
            contract.REPORT_DOCUMENT,
            contract.REPORT_PAGE,
        ):
            self.assertIn(f'"{part}"', keys)


class ExecutionTest(unittest.TestCase):
    def test_errors_are_documented(self):
        for error in contract.ERRORS:
            self.assertIn(f"`{error}`", (DOCS / "errors.md").read_text())

    def test_ends_of_the_state_machines_are_all_known(self):
        ends = set()
        for machine in (ROOT / "state-machine").glob("*.asl.json"):
            text = machine.read_text()
            succeeding = set(re.findall(r'"([^"]+)": \{\s*"Type": "Succeed"', text))
            words = re.findall(r'"Variable": "\$\.next", "StringEquals": "(\w+)", "Next": "([^"]+)"', text)
            ends |= {word for word, state in words if state in succeeding}

        self.assertEqual(set(contract.NEXT), ends)

    def test_outcomes_are_the_words_of_fanin_run(self):
        words = re.search(r"`result` \(([^)]+)\)", (DOCS / "cli.md").read_text())[1]

        self.assertEqual(set(re.findall(r"`(\w+)`", words)), {one.value for one in Outcome})

    def test_fields_of_the_output_of_all_tables_are_documented(self):
        documented = (DOCS / "all-tables.md").read_text()
        for word in (contract.TOTALS, contract.LEFT_OUT_BY_MISTAKE, contract.TOTAL_BUSY, contract.TOTAL_NOTHING_NEW):
            self.assertIn(f"`{word}`", documented)

    def test_fields_of_the_input_are_documented(self):
        self.assertIn(f'"{contract.REDRIVE_OF}"', (DOCS / "table-spec.md").read_text())
        self.assertIn(f'"{contract.DRY_RUN}": true', (DOCS / "table-spec.md").read_text())
        self.assertIn(f'"{contract.ONLY}": "{contract.ONLY_EVENTS}"', (DOCS / "all-tables.md").read_text())
        self.assertIn(f'\\"{contract.SPEC}\\"', (DOCS / "all-tables.md").read_text())


if __name__ == "__main__":
    unittest.main()
