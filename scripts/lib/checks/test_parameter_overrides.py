"""What the docs say of the stack's parameters is what `sam deploy` makes of it: its own parser reads it here."""

import re
import shlex
import tempfile
import unittest
from pathlib import Path

from samcli.cli.types import CfnParameterOverridesType, CfnTags
from samcli.commands.deploy.command import cli as deploy
from samcli.lib.config.samconfig import SamConfig
from samcli.yamlhelper import yaml_parse

from devtools import environments

ROOT = Path(__file__).resolve().parents[3]
PARAMETERS = yaml_parse((ROOT / "template.yaml").read_text())["Parameters"]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

COMMAND = re.compile(r"^sam deploy (?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
OPTION = "--parameter-overrides"
CODE = re.compile(r"`([^`\n]+)`")
NAMED = re.compile(rf"'?(?:{'|'.join(PARAMETERS)})=")


def forms(document):
    """The arguments that a reader copies, each as the shell would hand it over."""
    text = document.read_text()
    for command in COMMAND.findall(text):
        words = shlex.split(command.replace("\\\n", " "))
        yield from words[words.index(OPTION) + 1 :] if OPTION in words else []
    for code in CODE.findall(text):
        if NAMED.match(code):
            yield from shlex.split(code)


def parsed(*forms):
    arguments = ["--stack-name", "checked", "--template-file", str(ROOT / "template.yaml")]
    context = deploy.make_context("deploy", [*arguments, OPTION, *forms])
    return context.params["parameter_overrides"]


def refusal(name, value):
    """Why CloudFormation would not take a value, or None."""
    declared = PARAMETERS[name]
    if declared["Type"] == "Number":
        number = int(value)
        if not declared.get("MinValue", number) <= number <= declared.get("MaxValue", number):
            return "out of range"
    elif not re.fullmatch(declared.get("AllowedPattern", "[\\s\\S]*"), value):
        return f"does not match {declared['AllowedPattern']}"
    elif len(value) > declared.get("MaxLength", 4096):
        return f"longer than {declared['MaxLength']}"
    allowed = [str(one) for one in declared.get("AllowedValues", [value])]
    return None if value in allowed else f"none of {allowed}"


class ParameterOverridesTest(unittest.TestCase):
    def test_each_form_in_the_docs_comes_out_as_meant(self):
        for document in DOCUMENTS:
            for form in forms(document):
                with self.subTest(f"{document.name}: {form}"):
                    name, _, meant = form.partition("=")
                    value = parsed(form)[name]
                    self.assertEqual(re.sub(r'^"([^"]*)"$', r"\1", meant), value)
                    self.assertIsNone(refusal(name, value), value)

    def test_the_docs_show_how_a_table_is_scheduled(self):
        shown = {form.partition("=")[0] for document in DOCUMENTS for form in forms(document)}

        self.assertLessEqual({"SpecsLocation", "ScheduleExpression", "DataBuckets", "EventBus"}, shown)

    def test_environments_keep_executions_for_as_many_tables_as_run_at_once(self):
        defaults = {name: declared.get("Default") for name, declared in PARAMETERS.items()}
        for name in ("dev", "beta", "prod"):
            values = {**defaults, **environments.read(name, ROOT / "samconfig.toml").parameters}
            with self.subTest(name):
                kept = int(values["TableCreatorConcurrency"])
                self.assertTrue(kept == 0 or kept >= int(values["TableConcurrency"]), kept)

    def test_every_default_can_be_given(self):
        for name, declared in PARAMETERS.items():
            default = str(declared.get("Default", "lake"))
            with self.subTest(f"{name}={default}"):
                self.assertEqual({name: default}, parsed(f'{name}="{default}"'))
                self.assertIsNone(refusal(name, default))

    def test_keys_with_equals_signs_and_commas_arrive_whole(self):
        meant = {"SpecsLocation": "s3://my.lake/specs/team=a,b/flights+(new)/", "DataBuckets": "raw-*,lake"}

        self.assertEqual(meant, parsed(*(f"{name}={value}" for name, value in meant.items())))
        self.assertIsNone(refusal("SpecsLocation", meant["SpecsLocation"]))

    def test_environments_are_what_sam_reads_in_samconfig(self):
        for name in ("dev", "beta", "prod"):
            ours = environments.read(name)
            context = SamConfig(ROOT).get_all(["deploy"], "parameters", name)
            read = parsed(*context["parameter_overrides"])
            with self.subTest(name):
                self.assertEqual(context["stack_name"], ours.stack)
                self.assertEqual(read, ours.parameters)
                for parameter, value in read.items():
                    self.assertIsNone(refusal(parameter, value), parameter)

    def test_tags_are_what_sam_makes_of_them(self):
        texts = ['"team=data project=lake"', "'team=data note=\"a b\"'"]
        lists = ["['team=data', 'project=lake']", "['cost center=a b', 'note=\"a b\"']", "[]"]
        for written in texts + lists:
            with self.subTest(written):
                given, ours = self._read("tags", written)

                self.assertEqual(CfnTags().convert(given, None, None), ours.tags)

    def test_parameters_are_what_sam_makes_of_them(self):
        texts = ['"A=1 B=x-*,y C=s3://b/k=v/"', '\'A="rate(1 hour)" B="" C=2\'']
        lists = ["['A=1', 'B=x-*,y']", "['A=\"rate(1 hour)\"', 'B=\"\"', 'C=k=v']", "[]"]
        for written in texts + lists:
            with self.subTest(written):
                given, ours = self._read("parameter_overrides", written)

                self.assertEqual(CfnParameterOverridesType().convert(given, None, None), ours.parameters)

    def _read(self, name, written):
        """What SAM has from its file, and what is made of it here."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "samconfig.toml"
            file.write_text(f'version = 0.1\n[dev.deploy.parameters]\nstack_name = "dev"\n{name} = {written}\n')
            given = SamConfig(folder).get_all(["deploy"], "parameters", "dev")[name]
            return given, environments.read("dev", file)

    def test_what_is_no_folder_is_refused_for_specs(self):
        for text in (
            '{"database": "analytics"}',
            "{",
            '"s3://bucket/specs/"',
            "s3://bucket/<key>/",
            "s3://bucket",
            "s3://bucket/specs",
        ):
            with self.subTest(text):
                self.assertIsNotNone(refusal("SpecsLocation", text))


if __name__ == "__main__":
    unittest.main()
