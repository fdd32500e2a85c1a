"""The commands of sam that the docs show: its own parser takes them, and what needs neither AWS nor Docker is run."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import click
from samcli.cli.main import cli
from samcli.yamlhelper import yaml_parse

from devtools import documented
from devtools.distribution import files_of
from devtools.project import ROOT, TEMPLATE

SAM = Path(sys.executable).with_name("sam")


class SamCommandsTest(unittest.TestCase):
    def test_each_in_the_docs_is_taken(self):
        shown = documented.commands("sam")

        self.assertTrue(shown)
        for one in shown:
            with self.subTest(one.where, command=" ".join(one.words)):
                parse(one.arguments)

    def test_a_misspelt_one_is_refused(self):
        for words in (["biuld"], ["deploy", "--guidde"], ["local", "invkoe"], ["validate", "template.yaml"]):
            with self.subTest(words), self.assertRaises(click.ClickException):
                parse(words)

    def test_variables_in_the_docs_are_those_of_the_function_and_all_that_name_buckets(self):
        template = yaml_parse(TEMPLATE.read_text())
        common = template["Globals"]["Function"]["Environment"]["Variables"]
        (shown,) = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / "sam.md").read_text(), re.DOTALL)
        for function, variables in json.loads(shown).items():
            own = template["Resources"][function]["Properties"]["Environment"]["Variables"]
            buckets = {name for name in {**common, **own} if name.endswith(("_BUCKET", "_BUCKETS"))}

            self.assertEqual(buckets, set(variables), function)
            self.assertNotIn(variables["STATE_BUCKET"], (variables["DATA_BUCKETS"], variables["SPEC_BUCKETS"]))

    def test_build_and_validate_end_as_the_docs_show(self):
        with tempfile.TemporaryDirectory() as folder:
            for file in files_of(TEMPLATE):
                copy = Path(folder) / file.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                if file.suffix == ".zip":
                    copy.touch()  # is referred to and not looked into
                else:
                    shutil.copy(file, copy)

            self.assertIn("Build Succeeded", run(folder, "build"))
            self.assertIn("is a valid SAM Template", run(folder, "validate", "--lint"))


def parse(words: list[str]) -> None:
    command, context = cli, click.Context(cli, obj=True)
    while isinstance(command, click.Group):
        name, *words = words
        command = command.get_command(context, name)
        if command is None:
            raise click.UsageError(f"there is no command {name}")
        context = click.Context(command, parent=context)
    _, rest, _ = command.make_parser(context).parse_args(list(words))
    if rest:
        raise click.UsageError(f"unknown: {rest}")


def run(folder: str, *words: str) -> str:
    done = subprocess.run([SAM, *words], cwd=folder, env=os.environ, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


if __name__ == "__main__":
    unittest.main()
