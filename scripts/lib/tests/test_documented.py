"""Every command in the docs is one that its program takes, and one that a test runs or that is marked as needing AWS.

DocumentedCommandsTest parses those of fanin, a test in scripts/lib/checks those of sam, and a test in localstack/tests
runs those of awslocal.
"""

import argparse
import contextlib
import io
import json
import re
import unittest
from unittest import mock

from awscli.argparser import ArgTableArgParser
from awscli.clidriver import create_clidriver

from devtools import arguments, documented
from devtools.documented import CODE, Shown, UnknownProgramError
from devtools.project import ROOT

INTEGRATION_TESTS = "state-machine/src/test/java/io/fanin/statemachine/it"
RUN_BY = {
    ("scripts/demo",): ("scripts/lib/tests/test_demo.py", "walk.run()"),
    ("scripts/up",): (f"{INTEGRATION_TESTS}/Emulator.java", 'run("up"'),
    ("scripts/up", "--engine", "--no-deploy"): (f"{INTEGRATION_TESTS}/Emulator.java", '"--no-deploy", "--engine"'),
    ("scripts/down",): (f"{INTEGRATION_TESTS}/Emulator.java", 'run("down"'),
    ("scripts/build",): (".github/workflows/deploy.yml", "run: ./scripts/build"),
    ("scripts/docs",): ("scripts/lib/devtools/verification.py", "site.suite()"),
    ("scripts/deploy",): (f"{INTEGRATION_TESTS}/Environments.java", 'Script.end("deploy"'),
    ("scripts/deploy", "--parameter"): (f"{INTEGRATION_TESTS}/Stack.java", '"--parameter"'),
    ("scripts/test",): (".ci/run", "./scripts/test"),
}
"""A file that runs the command with these options, and how it does."""
TESTS_THEMSELVES = ("mvn", "benchmarks/run", "scripts/test")
RUN_ELSEWHERE = ("fanin", "scripts/fanin", "awslocal")
FOLDERS = ("samples/", "benchmarks/")
MAVEN = ("test", "package", "verify", "install")
OF_MAVEN = ("skipTests", "withoutTests", "test", "it.test", "surefire.failIfNoSpecifiedTests")


class RefusedError(Exception):
    """A program does not take a command line."""


class DocumentedCommandsTest(unittest.TestCase):
    def test_each_is_taken_by_its_program(self):
        for shown in documented.commands():
            with self.subTest(shown.where, command=" ".join(shown.words)):
                parse(shown)

    def test_each_is_run_by_a_test_or_needs_aws(self):
        for shown in documented.commands():
            with self.subTest(shown.where, command=" ".join(shown.words)):
                self.assertTrue(is_run(shown) or shown.needs_aws)

    def test_each_step_of_fanin_on_aws_goes_there(self):
        for shown in documented.commands("fanin", "scripts/fanin"):
            with self.subTest(shown.where, command=" ".join(shown.words)):
                self.assertTrue(shown.needs_aws or not shown.is_step_on_aws)

    def test_a_step_on_aws_that_goes_to_localstack_is_found(self):
        for mark in ("# Page\n## On AWS\n```sh\n{}\n```", "```sh\n# on AWS\n{}\n```", "```sh\n{} # on AWS\n```"):
            for program in ("fanin", "./scripts/fanin", "../../scripts/fanin"):
                with self.subTest(mark, program=program):
                    (shown,) = documented.read("page.md", mark.format(f"{program} runs"))
                    self.assertTrue(shown.is_step_on_aws and not shown.needs_aws)

    def test_what_is_said_to_run_a_command_does(self):
        shown = {(one.program, *sorted(one.options)) for one in documented.commands()}
        for command, (file, call) in RUN_BY.items():
            with self.subTest(command):
                self.assertIn(call, (ROOT / file).read_text())
                self.assertIn(command, shown)

    def test_files_that_they_name_are_there(self):
        for shown in documented.commands():
            for word in shown.arguments:
                path = word.removeprefix("file://")
                if path.startswith(FOLDERS):
                    self.assertTrue((ROOT / path).exists(), f"{shown.where}: {path}")

    def test_a_misspelt_command_is_refused(self):
        for line in (
            "./scripts/dmeo",
            "./scripts/deploy dev --asw",
            "./scripts/down now",
            "./benchmarks/run guessing",
            "aws glue get-tabel --name flights",
            "aws glue get-table --nmae flights",
            "aws sqs start-message-move-task",
            "awslocal s3 cp --recursvie a s3://b",
            "mvn pakcage",
            "mvn test -Dtest=SimulatoinTest",
            "mvn -Preadres verify",
        ):
            with self.subTest(line), self.assertRaises(RefusedError):
                parse(*documented.read("page.md", f"```sh\n{line}\n```"))

    def test_what_nobody_runs_is_found(self):
        for line in ("./scripts/publish v1", "./scripts/deploy --stack a", "aws s3 ls"):
            with self.subTest(line):
                (shown,) = documented.read("page.md", f"# Page\n```sh\n{line}\n```")
                self.assertFalse(is_run(shown) or shown.needs_aws)

    def test_only_aws_or_sam_or_its_option_is_excused_by_a_mark(self):
        marks = (
            "# AWS\n```sh\n{}\n```",
            "# Page\n## On AWS\n```sh\n{}\n```",
            "```sh\n# on AWS\n{}\n```",
            "# AWS\n`{}`",
        )
        for mark in marks:
            with self.subTest(mark):
                self.assertTrue(next(documented.read("page.md", mark.format("aws s3 ls"))).needs_aws)
                self.assertFalse(next(documented.read("page.md", mark.format("./scripts/publish v1"))).needs_aws)

    def test_blocks_hold_nothing_but_commands(self):
        for block in ("sh\nfanni run", "console\n$ ls", "\n$ fanin run", "\n./scripts/up"):
            with self.subTest(block), self.assertRaises(UnknownProgramError):
                list(documented.read("page.md", f"1. Do\n   ```{block}\n   ```"))


class TutorialTest(unittest.TestCase):
    def test_the_tutorial_shows_the_spec_of_the_sample(self):
        page = (ROOT / "docs" / "tutorial.md").read_text()
        (shown,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)

        self.assertEqual((ROOT / "samples" / "orders.json").read_text(), shown)


SPEC = ("table-spec",)
DETECTION = ("detection",)
RAW = (*SPEC, "convert")
PAGES_OF_FIELDS = {
    "": (*SPEC, "verify", "all-tables"),
    "csv": RAW,
    "column": SPEC,
    "partitionKey": SPEC,
    "source": RAW,
    "expectation": ("validate",),
    "readiness": DETECTION,
    "partitionName": DETECTION,
    "processor": SPEC,
    "validate": (*SPEC, "validate"),
    "register": (*SPEC, "register"),
    "convert": RAW,
    "sql": (*RAW, "sql"),
    "custom": (*SPEC, "custom-processor"),
    "glueJob": (*SPEC, "glue-job"),
    "detection": DETECTION,
    "list": DETECTION,
    "full": DETECTION,
    "range": DETECTION,
    "partitions": DETECTION,
    "calendar": DETECTION,
    "events": DETECTION,
}
"""Where the fields of each part of the schema are explained, by its name there."""


class SpecFieldsTest(unittest.TestCase):
    def test_each_field_is_on_the_page_of_its_part_of_the_spec(self):
        schema = json.loads((ROOT / "docs" / "schemas" / "table-spec-1.schema.json").read_text())
        parts = {"": schema, **schema["$defs"]}
        self.assertEqual(set(PAGES_OF_FIELDS), set(parts))
        for part, pages in PAGES_OF_FIELDS.items():
            shown = " ".join(
                code
                for page in pages
                for line in (ROOT / "docs" / f"{page}.md").read_text().splitlines()
                for code in [*CODE.findall(line), *re.findall(r'"[\w$]+":', line)]
            )
            with self.subTest(part):
                fields = parts[part].get("properties", ())
                missing = [one for one in fields if not re.search(rf"(?<![\w-]){re.escape(one)}\b", shown)]
                self.assertEqual([], missing)


def is_run(shown: Shown) -> bool:
    if shown.program in (*TESTS_THEMSELVES, *RUN_ELSEWHERE):
        return True
    return (shown.program, *sorted(shown.options)) in RUN_BY


def parse(shown: Shown) -> None:
    folder, _, name = shown.program.rpartition("/")
    try:
        with contextlib.redirect_stderr(io.StringIO()) as refused:
            if name == "fanin" or shown.program == "sam":
                return
            if folder:
                _script("benchmarks" if folder == "benchmarks" else name, shown.arguments)
            elif name == "mvn":
                _maven(shown.arguments)
            elif shown.arguments:
                _aws(shown.arguments)
    except SystemExit as end:
        raise RefusedError(refused.getvalue()) from end


def _script(name: str, words: list[str]) -> None:
    if name not in arguments.PARSERS:
        raise RefusedError(f"there is no script {name}")
    # The folder of --from is there once it is built.
    with mock.patch.object(arguments, "_folder", str):
        arguments.parse([name, *words])


def _aws(words: list[str]) -> None:
    driver = create_clidriver()
    help_ = driver.create_help_command()
    given, rest = driver._create_parser(help_.command_table).parse_known_args(words)
    rest.insert(0, given.command)
    while getattr(help_, "command_table", None):
        name = rest.pop(0)
        if name not in help_.command_table:
            raise RefusedError(f"there is no command {name}")
        help_ = help_.command_table[name].create_help_command()
    _, unknown = ArgTableArgParser(help_.arg_table).parse_known_args(rest)
    if unknown:
        raise RefusedError(f"unknown: {unknown}")


def _maven(words: list[str]) -> None:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("-D", action="append", default=[])
    parser.add_argument("-P")
    parser.add_argument("-pl")
    parser.add_argument("-am", action="store_true")
    parser.add_argument("goals", nargs="+")
    given = parser.parse_args(words)
    poms = "".join(pom.read_text() for pom in ROOT.glob("*/pom.xml")) + (ROOT / "pom.xml").read_text()
    for goal in given.goals:
        plugin = goal.partition(":")[0]
        _require(goal in MAVEN or (plugin != goal and f"<artifactId>{plugin}-maven-plugin<" in poms), goal)
    _require(not given.P or f"<id>{given.P}</id>" in poms, given.P)
    modules = [module.removeprefix("!") for module in (given.pl or ".").split(",")]
    _require(all((ROOT / module / "pom.xml").is_file() for module in modules), given.pl)
    for name, _, value in (one.partition("=") for one in given.D):
        _require(name in OF_MAVEN or any(f'"{name}"' in test.read_text() for test in _tests("Simulation*")), name)
        if name.endswith("test"):
            test, _, method = value.partition("#")
            _require(any(re.search(rf"\bvoid {method}", file.read_text()) for file in _tests(test)), value)


def _tests(name: str):
    return ROOT.glob(f"*/src/test/java/**/{name}.java")


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise RefusedError(f"there is no {what}")


if __name__ == "__main__":
    unittest.main()
