"""Runs every check and test of the project, and sums them up."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path

from devtools import (
    apps,
    browser,
    build,
    environment,
    first_start,
    integrations,
    prerequisites,
    python_package,
    readers,
    released,
    reproduction,
    site,
    suites,
    validators,
)
from devtools.clone import Clone
from devtools.environment import CHECKS, Venv
from devtools.errors import CliError, NotAtHandError
from devtools.jobs import run_lanes, run_logged
from devtools.project import (
    BENCHMARKS,
    INTEGRATIONS,
    LOCALSTACK,
    LOGS,
    RIC_JARS,
    ROOT,
    SAMPLES,
    SCRIPTS,
    TEMPLATE,
    is_continuous_integration,
    say,
)
from devtools.suites import Counts, Outcome, Result, Suite, failed_tests, log_of

PIPELINE_ROLE = ROOT / "github-oidc.yaml"
TESTS_OF_SCRIPTS = SCRIPTS / "lib" / "tests"
TESTS_OF_BENCHMARKS = BENCHMARKS / "lib" / "tests"
TESTS_OF_PARAMETERS = SCRIPTS / "lib" / "checks"
TESTS_OF_PLUGINS = LOCALSTACK / "tests"

REQUESTS = LOGS / "requests.jsonl"
"""What the roles of the stack asked for in the integration tests, by the emulator's plug-in ``request_recorder``."""

UNIT_REPORTS = LOGS / "surefire-reports"

STATE_MACHINE = "state-machine"
"""The module with the simulation; no other depends on it."""

HISTORIES = 1_000
"""How many histories SimulationTest plays here; by itself it plays a few hundred."""
HISTORIES_IN_CI = 10_000

AS_COMPILED = ("-Dmaven.compiler.useIncrementalCompilation=false", "-Dspotless.check.skip=true")
"""Only sources that are newer than their classes are compiled again, and the format is not checked a second time."""

NOT_BUILT = shutil.ignore_patterns(".git", ".local", "dist", "trino", "__pycache__")
"""What the unit tests do not need of the project's folder."""


class Tests(Enum):
    """Kinds of Java tests, by what suites and logs are named after."""

    UNIT = "unit"
    SIMULATION = "simulation"
    INTEGRATION = "integration"

    @property
    def plugin(self) -> str:
        """That of Maven which runs them."""
        return "failsafe" if self is Tests.INTEGRATION else "surefire"


def verify() -> int:
    """Everything; the exit code is 0 when all of it has passed."""
    maven = prerequisites.build_environment()
    python = _python_tests(environment.for_emulator(), maven)
    _bring_cdk()
    own = _without_endpoint(dict(os.environ))
    with Clone(own) as clone, tempfile.TemporaryDirectory() as folder:
        dist = Path(folder) / "dist"
        checks = [*_static_checks(), *python, *python_package.checks(own), apps.suite(maven)]
        released_and_started = [
            first_start.suite(clone),
            reproduction.suite(maven, dist),
            released.suite(clone, dist, _without_endpoint(maven)),
            integrations.suite(clone, own),
        ]
        lanes = [partial(_run, checks), partial(_run, released_and_started), partial(_java, maven)]
        return _sum_up(_side_by_side(lanes))


def _side_by_side(lanes: list[Callable[[], list[Result]]]) -> list[Result]:
    return [result for lane in run_lanes(lanes) for result in lane]


def _run(lane: list[Suite]) -> list[Result]:
    return [suite.run() for suite in lane]


def _java(maven: dict[str, str]) -> list[Result]:
    """The unit tests run beside the integration tests, which mostly wait."""
    compiled = Suite("Java compilation", lambda: _compiled(maven)).run()
    if compiled.outcome is not Outcome.PASSED:
        return [compiled]
    with tempfile.TemporaryDirectory() as folder:
        shutil.rmtree(UNIT_REPORTS, ignore_errors=True)
        units, simulation = (_copy_of_compiled(Path(folder) / name) for name in ("units", "simulation"))
        lanes = [
            [_integration_tests(maven), _permissions()],
            [_unit_tests(maven, units)],
            [_simulation(maven, simulation)],
        ]
        return [compiled, *_side_by_side([partial(_run, lane) for lane in lanes])]


def _copy_of_compiled(folder: Path) -> Path:
    """In the project's own folders, Maven is at work for the integration tests."""
    return Path(shutil.copytree(ROOT, folder / ROOT.name, ignore=NOT_BUILT, symlinks=True))


def verify_units() -> int:
    """The unit tests of Maven alone: they need neither an emulator nor a virtual environment."""
    maven = prerequisites.build_environment()
    build.forget_unchecked()
    return _sum_up([_java_tests(Tests.UNIT, ["test"], maven, ROOT).run()])


def _static_checks() -> list[Suite]:
    tools = CHECKS.folder / "bin"
    python = [SCRIPTS, SAMPLES, LOCALSTACK, BENCHMARKS, INTEGRATIONS]
    return [
        suites.command("Shell scripts", [tools / "shellcheck", *shell_files()]),
        suites.command("Python format", [tools / "ruff", "format", "--check", "--no-cache", *python]),
        suites.command("Python lint", [tools / "ruff", "check", "--no-cache", *python]),
        suites.command("Template, cfn-lint", [tools / "cfn-lint", "--template", TEMPLATE]),
        suites.command("Template, SAM", [tools / "sam", "validate", "--lint", "--template", TEMPLATE], _sam()),
        suites.command("Role of the pipeline, cfn-lint", [tools / "cfn-lint", "--template", PIPELINE_ROLE]),
        validators.state_machines(),
        validators.links(),
        site.suite(),
        validators.workflows(tools / "shellcheck"),
        suites.command("Workflows, zizmor", [tools / "zizmor", "--offline", ROOT / ".github"]),
        suites.command("Samples", [CHECKS.python, SAMPLES / "build", "--check"]),
    ]


def _sam() -> dict[str, str]:
    """The environment of the SAM CLI: none of the caller's AWS settings, a region, and no telemetry."""
    return {**_without_endpoint(dict(os.environ)), "AWS_DEFAULT_REGION": "us-east-1", "SAM_CLI_TELEMETRY": "0"}


def shell_files() -> list[Path]:
    """All of the project's own: they say what they are in their first line."""
    folders = [SCRIPTS, SCRIPTS / "lib", ROOT / ".ci", ROOT / "cli", ROOT / "cli" / "bin", LOCALSTACK, BENCHMARKS]
    candidates = [path for folder in folders for path in folder.glob("*")]
    return sorted(path for path in candidates if path.is_file() and _first_line(path).endswith(("bash", "/sh")))


def _first_line(path: Path) -> str:
    with path.open(errors="replace") as content:
        return content.readline().strip()


def _python_tests(venv: Venv, maven: dict[str, str]) -> list[Suite]:
    library = {"PYTHONPATH": os.pathsep.join(map(str, (SCRIPTS / "lib", BENCHMARKS / "lib")))}
    cli = {**_without_endpoint(dict(os.environ)), **library}
    java = {"FANIN_JAVA_HOME": maven["JAVA_HOME"], "FANIN_RIC_DIR": str(RIC_JARS)}
    plugins = {**_without_endpoint(maven), **java, **library}
    return [
        suites.unittests("Tests of scripts", venv.python, TESTS_OF_SCRIPTS, cli),
        suites.unittests("Tests of benchmarks", venv.python, TESTS_OF_BENCHMARKS, cli),
        suites.unittests("Parameters and sam in the docs", CHECKS.python, TESTS_OF_PARAMETERS, {**_sam(), **library}),
        suites.unittests("Tests of LocalStack plug-ins", venv.python, TESTS_OF_PLUGINS, plugins),
    ]


def _compiled(maven: dict[str, str]) -> str:
    build.forget_unchecked()
    _maven(["test-compile"], maven, "test-java-compilation.log")
    return "ok"


def _unit_tests(maven: dict[str, str], root: Path) -> Suite:
    """In two processes, which keep both processors at work when the other lanes are done; in CI the simulation does."""
    processes = 1 if is_continuous_integration() else 2
    return _kept(Tests.UNIT, ["--projects", f"!{STATE_MACHINE}", f"-DforkCount={processes}"], maven, root)


def _simulation(maven: dict[str, str], root: Path) -> Suite:
    """In a lane of its own: it takes about as long as all other unit tests, and uses one processor."""
    histories = HISTORIES_IN_CI if is_continuous_integration() else HISTORIES
    only = ["-Dtest=io/fanin/statemachine/**/*Test", "-Dsurefire.failIfNoSpecifiedTests=false"]
    return _kept(Tests.SIMULATION, [*only, f"-Dsimulation.histories={histories}"], maven, root)


def _kept(kind: Tests, options: list[str], maven: dict[str, str], root: Path) -> Suite:
    """Its reports are there when `root` is gone."""
    tests = _java_tests(kind, ["test", *AS_COMPILED, *options], maven, root)

    def check() -> str:
        started = time.time()
        try:
            return tests.check()
        finally:
            _keep_reports(kind, root, started)

    return Suite(tests.title, check)


def _keep_reports(kind: Tests, root: Path, since: float) -> None:
    for report in _reports(kind, root, since):
        UNIT_REPORTS.mkdir(parents=True, exist_ok=True)
        shutil.copy(report, UNIT_REPORTS)


def _integration_tests(maven: dict[str, str]) -> Suite:
    """Without unit tests: -Dtest=none, since these run in a suite of their own."""
    only = ["-Dtest=none", "-Dsurefire.failIfNoSpecifiedTests=false", *build.SKIP_PROGRAM]
    readers_options = readers.maven_options(Path(maven["JAVA_HOME"]))
    recorded = {**maven, "FANIN_REQUESTS": str(REQUESTS)}
    tests = _java_tests(Tests.INTEGRATION, ["verify", *AS_COMPILED, *only, *readers_options], recorded, ROOT)

    def check() -> str:
        REQUESTS.unlink(missing_ok=True)
        return tests.check()

    return Suite(tests.title, check)


def _permissions() -> Suite:
    """What the roles asked for in the integration tests, judged by their policies."""
    title = "Permissions that tests needed"

    def check() -> str:
        if os.environ.get("AWS_ENDPOINT_URL"):
            raise NotAtHandError("no requests were written down", "unset AWS_ENDPOINT_URL")
        validators.installed()
        variables = {**_sam(), "PYTHONPATH": str(SCRIPTS / "lib")}
        run_logged([CHECKS.python, "-m", "devtools.permissions", REQUESTS], log_of(title), title, variables)
        return (LOGS / log_of(title)).read_text().strip()

    return Suite(title, check)


def _java_tests(kind: Tests, goals: list[str], maven: dict[str, str], root: Path) -> Suite:
    def check() -> str:
        started = time.time()
        _maven(goals, maven, f"test-java-{kind.value}.log", root)
        return Counts.read(_reports(kind, root, started)).checked(f"{kind.value} tests")

    return Suite(f"Java {kind.value} tests", check)


def _maven(goals: list[str], maven: dict[str, str], log: str, root: Path = ROOT) -> None:
    """Outside of the project's folder, what else runs comes first."""
    command = ["mvn", "-B", *goals, *without_node(), *browser.maven_options()]
    what = f"mvn {' '.join(goals)}"
    run_logged(command if root == ROOT else [*suites.LATER, *command], log, what, maven, root, failed_tests)


def _bring_cdk() -> None:
    """The test that deploys the warehouse's sample runs where the CDK's command line is at hand."""
    try:
        validators.installed()
    except NotAtHandError as error:
        if is_continuous_integration():
            raise
        say(f"The warehouse's sample is NOT TESTED on the emulator: {error.message}")


def without_node() -> list[str]:
    """Leaves out what needs Node.js where there is none; in continuous integration it stays, and fails."""
    if shutil.which("node") or is_continuous_integration():
        return []
    say("There is no node on the PATH: the warehouse is NOT TESTED; get Node.js from https://nodejs.org")
    return ["--projects", "!warehouse,!samples/warehouse"]


def _reports(kind: Tests, root: Path, since: float) -> list[Path]:
    reports = f"target/{kind.plugin}-reports/TEST-*.xml"
    found = [path for folder in ("*", "*/*", "scripts/lib/*") for path in root.glob(f"{folder}/{reports}")]
    return [report for report in found if report.stat().st_mtime >= since - 1]


def _without_endpoint(variables: dict[str, str]) -> dict[str, str]:
    """Python tests start what they need: the caller's settings do not apply to them."""
    return {name: value for name, value in variables.items() if not name.startswith(("AWS_", "FANIN_"))}


def _sum_up(results: list[Result]) -> int:
    say()
    width = max(len(result.title) for result in results)
    for result in results:
        say(f"{result.outcome.value:7} {result.title:{width}}  {result.seconds:4.0f} s  {result.detail}")
    titles = {outcome: [result.title for result in results if result.outcome == outcome] for outcome in Outcome}
    failed, missing = titles[Outcome.FAILED], titles[Outcome.NOT_RUN]
    if failed:
        # Who reads the end of a long log sees why.
        for result in results:
            if result.outcome is Outcome.FAILED:
                say(f"\n{result.title}\n{result.failure}")
        say()
        raise CliError(
            f"{len(failed)} of {len(results)} suites failed: {', '.join(failed)}", "see .local/log/", exit_code=1
        )
    say(f"All {len(results)} suites passed" if not missing else f"All suites passed but {', '.join(missing)}: not run")
    say(f"{sum(map(_test_count, results))} passed, 0 failed")
    return 0


def _test_count(result: Result) -> int:
    """Single tests, where the suite has such."""
    return sum(int(number) for number in re.findall(r"(\d+) (?:unit |simulation |integration )?tests", result.detail))
