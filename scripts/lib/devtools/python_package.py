"""The Python package for those who wait for tables: how it is built, and what is checked of it."""

from __future__ import annotations

import os
from pathlib import Path

from devtools import environment, suites
from devtools.environment import DBT, PACKAGE, WHEEL
from devtools.jobs import Job, run_logged
from devtools.project import ROOT
from devtools.suites import Suite

FOLDER = Path("integrations") / "python"
BUILT = FOLDER / "dist"
TITLE = "Building the Python package with Hatch"


def job(root: Path) -> Job:
    """Builds the package in a copy of the sources."""
    return Job(TITLE, lambda: build(root))


def build(root: Path) -> None:
    """Writes the wheel and the sources into the folder `BUILT`. Hatch gives their files one time and mode."""
    environment.ensure(WHEEL)
    command = [WHEEL.python, "-m", "hatchling", "build", "--directory", root / BUILT]
    run_logged(command, "build-python.log", TITLE, folder=root / FOLDER)


def checks(variables: dict[str, str]) -> list[Suite]:
    """Its types and its tests, on the Python and with the libraries that the repository pins."""
    config = ROOT / FOLDER / "pyproject.toml"
    own = {**variables, "PYTHONPATH": str(ROOT / FOLDER / "src"), "MYPYPATH": str(ROOT / FOLDER / "src")}
    types = [PACKAGE.python, "-m", "mypy", "--config-file", config, "--cache-dir", os.devnull, ROOT / FOLDER / "src"]
    return [
        suites.command("Python package, mypy", types, own),
        suites.unittests("Tests of the Python package", PACKAGE.python, ROOT / FOLDER / "tests", own),
        _with_dbt(own),
    ]


def _with_dbt(variables: dict[str, str]) -> Suite:
    """The sample in dbt itself, in a virtual environment of its own."""
    tests = suites.unittests("Integration with dbt", DBT.python, ROOT / FOLDER / "it", variables, "test_dbt*.py")

    def check() -> str:
        environment.ensure(DBT)
        return tests.check()

    return Suite(tests.title, check)
