"""The integrations of the Python package, each in its real library and a virtual environment of its own."""

from __future__ import annotations

import re

from devtools import environment
from devtools.clone import Clone
from devtools.environment import AIRFLOW, DAGSTER, GREAT_EXPECTATIONS, Venv
from devtools.errors import CliError, NotAtHandError
from devtools.jobs import run_logged
from devtools.project import INTEGRATIONS, LOGS
from devtools.suites import Suite, log_of

PYTHON = INTEGRATIONS / "python"
TESTS = PYTHON / "it"
LIBRARIES = (AIRFLOW, DAGSTER, GREAT_EXPECTATIONS)
LOCAL = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


def suite(clone: Clone, variables: dict[str, str]) -> Suite:
    """The samples, run in each library against one emulator; `variables` are those of the tests' processes."""

    def check() -> str:
        for venv in LIBRARIES:
            _install(venv)
        clone.run("up", "up.log")
        own = {**variables, **LOCAL, "AWS_ENDPOINT_URL": clone.url, "PYTHONPATH": str(PYTHON / "src")}
        ran = {venv.name: _test(venv, own) for venv in LIBRARIES}
        return ", ".join(f"{count} tests in {name}" for name, count in ran.items())

    return Suite("Integrations", check)


def _install(venv: Venv) -> None:
    try:
        if not venv.is_ready:
            environment.install(venv)
    except CliError as error:
        raise NotAtHandError(f"{venv.name} cannot be installed: {error.message}", error.hint) from error


def _test(venv: Venv, variables: dict[str, str]) -> int:
    title = f"Integration with {venv.name}"
    command = [venv.python, "-m", "unittest", "discover", "-s", TESTS, "-p", f"test_{venv.name.replace('-', '_')}*.py"]
    run_logged(command, log_of(title), title, variables)
    return int(re.findall(r"^Ran (\d+) tests?", (LOGS / log_of(title)).read_text(errors="replace"), re.MULTILINE)[0])
