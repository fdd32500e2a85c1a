"""The integrations of the Python package, each in its real library and a virtual environment of its own."""

from __future__ import annotations

from devtools import environment, suites
from devtools.clone import Clone
from devtools.environment import AIRFLOW, DAGSTER, GREAT_EXPECTATIONS, Venv
from devtools.project import INTEGRATIONS
from devtools.suites import Suite

PYTHON = INTEGRATIONS / "python"
TESTS = PYTHON / "it"
LIBRARIES = (AIRFLOW, DAGSTER, GREAT_EXPECTATIONS)
LOCAL = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


def suite(clone: Clone, variables: dict[str, str]) -> Suite:
    """The samples, run in each library against one emulator; `variables` are those of the tests' processes."""

    def check() -> str:
        for venv in LIBRARIES:
            environment.ensure(venv)
        clone.run("up", "up.log")
        own = {**variables, **LOCAL, "AWS_ENDPOINT_URL": clone.url, "PYTHONPATH": str(PYTHON / "src")}
        return ", ".join(_test(venv, own) for venv in LIBRARIES)

    return Suite("Integrations", check)


def _test(venv: Venv, variables: dict[str, str]) -> str:
    pattern = f"test_{venv.name.replace('-', '_')}*.py"
    tests = suites.unittests(f"Integration with {venv.name}", venv.python, TESTS, variables, pattern)
    return f"{tests.check()} in {venv.name}"
