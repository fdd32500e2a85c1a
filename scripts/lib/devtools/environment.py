"""The project's virtual environment: the tools, and LocalStack itself where it runs as a Python process."""

from __future__ import annotations

import hashlib
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from devtools import pythons
from devtools.errors import CliError, NotAtHandError
from devtools.jobs import run_logged
from devtools.project import BIN, LOCAL, LOCALSTACK, SCRIPTS, shown

AWSLOCAL = "awscli-local[ver1]"
BUILD_REQUIREMENTS = SCRIPTS / "lib" / "build-requirements.txt"
"""With what pip builds packages that are published as sources only."""


@dataclass(frozen=True)
class Venv:
    """One kind of virtual environment.

    `version` is the Python that it needs, None where any will do. `compiled` has pip compile every module, for programs
    whose time is measured; otherwise Python compiles what is imported, when it first is.
    """

    name: str
    requirements: tuple[str, ...]
    pinned_by: Path
    version: pythons.Version | None = None
    compiled: bool = False

    @property
    def folder(self) -> Path:
        return LOCAL / f"venv-{self.name}"

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def purpose(self) -> str:
        return "LocalStack" if self.runs_emulator else f"the {self.name}"

    @property
    def runs_emulator(self) -> bool:
        return self.version is not None

    @property
    def installations(self) -> tuple[tuple[str | Path, ...], ...]:
        """The arguments of pip, one call after the other. What runs beside credentials is what its hashes say."""
        compiling = "--compile" if self.compiled else "--no-compile"
        if self.runs_emulator:
            return ((compiling, "-c", self.pinned_by, *self.requirements),)
        if "--hash=" not in self.pinned_by.read_text():
            return ((compiling, *self.requirements),)
        return (
            ("--require-hashes", "--only-binary", ":all:", "-r", BUILD_REQUIREMENTS),
            (compiling, "--require-hashes", "--no-build-isolation", *self.requirements),
        )

    @property
    def is_ready(self) -> bool:
        """Whether it was installed to its end, from the same requirements; the marker is written last.

        Its Python is a link to one of the machine's, which may have been upgraded or removed since.
        """
        marker = self.folder / "ready"
        return marker.is_file() and marker.read_text() == self.digest() and self.python.exists()

    def digest(self) -> str:
        """Of what it is made of and where: a virtual environment cannot be moved."""
        content = "\n".join([str(self.folder), *self.requirements, self.pinned_by.read_text()])
        return hashlib.sha256(content.encode()).hexdigest()


EMULATORS = (
    Venv(
        "py313",
        ("localstack-core[runtime]==4.14.0", AWSLOCAL),
        LOCALSTACK / "constraints-4.14.0-py313.txt",
        (3, 13),
    ),
    Venv(
        "py311",
        ("localstack-core[runtime]==4.9.2", AWSLOCAL),
        LOCALSTACK / "constraints-4.9.2-py311.txt",
        (3, 11),
    ),
)


def _listed(name: str) -> Venv:
    """One that any Python can make, of what `scripts/lib/NAME-requirements.txt` lists."""
    requirements = SCRIPTS / "lib" / f"{name}-requirements.txt"
    return Venv(name, ("-r", str(requirements)), requirements)


TOOLS = _listed("tools")
CHECKS = _listed("checks")
"""The linters; apart from the others, so that they cannot change what those are pinned to. Some need Python 3.10,
which anyone who runs them has for the emulator."""
WHEEL = _listed("wheel")
"""Builds the Python package."""
PACKAGE = _listed("package")
"""Checks and tests the Python package, which needs Python 3.11."""
AIRFLOW, DAGSTER, DBT = _listed("airflow"), _listed("dagster"), _listed("dbt")
"""Run the integrations of the Python package, which need Python 3.10 too."""
GREAT_EXPECTATIONS = _listed("great-expectations")
"""Runs the sample that waits by the Python package, on Python 3.11 or later."""
SITE = _listed("site")
"""Builds the documentation as a site, which needs Python 3.11."""
ON_NEWER_PYTHON = (CHECKS, PACKAGE, AIRFLOW, DAGSTER, DBT, GREAT_EXPECTATIONS, SITE)
"""Made with the emulator's Python."""


def is_running_in(venv: Venv) -> bool:
    return Path(sys.prefix) == venv.folder


def for_tools() -> Venv:
    """Any that is there, else the small one."""
    return next((venv for venv in (*EMULATORS, TOOLS) if venv.is_ready), TOOLS)


def for_emulator() -> Venv:
    """The one that is there, else the first that this machine has a Python for."""
    for venv in EMULATORS:
        if venv.is_ready:
            return venv
    for venv in EMULATORS:
        if pythons.find(venv.version):
            return venv
    places = "\n  ".join(pythons.looked_at(venv.version) for venv in EMULATORS)
    raise CliError(
        f"LocalStack as a process needs Python 3.13 or 3.11 with venv and ensurepip. Looked at:\n  {places}",
        "install Python 3.13 (pyenv install 3.13; apt install python3.13-venv); scripts/up can use Docker instead",
    )


def install(venv: Venv) -> None:
    """Creates it from scratch; after an interruption it has no marker, and does not count as ready."""
    version = for_emulator().version if venv in ON_NEWER_PYTHON else venv.version
    python = pythons.find(version) if version else pythons.own()
    if venv.folder.exists():
        shutil.rmtree(venv.folder)
    LOCAL.mkdir(exist_ok=True)
    log = f"venv-{venv.name}.log"
    run_logged([python, "-m", "venv", venv.folder], log, "Making the virtual environment")
    pip = [venv.python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    for arguments in venv.installations:
        try:
            run_logged([*pip, *arguments], log, "Installing with pip")
        except CliError as error:
            reach = "does this machine reach PyPI? See HTTPS_PROXY, and PIP_INDEX_URL for a mirror"
            raise CliError(error.message, f"{reach}; {error.hint}") from error
    (venv.folder / "ready").write_text(venv.digest())


def ensure(venv: Venv) -> None:
    """Installs it unless it is ready; what needs it does not run where it cannot be installed."""
    try:
        if not venv.is_ready:
            install(venv)
    except CliError as error:
        raise NotAtHandError(f"{venv.name} cannot be installed: {error.message}", error.hint) from error


def link_tools(venv: Venv) -> None:
    """`.local/bin/awslocal`, whichever virtual environment it comes from."""
    BIN.mkdir(parents=True, exist_ok=True)
    for tool in ("awslocal", "aws"):
        target = venv.folder / "bin" / tool
        link = BIN / tool
        if target.exists() and not (link.is_symlink() and link.resolve() == target.resolve()):
            link.unlink(missing_ok=True)
            link.symlink_to(target)


def awslocal_hint() -> str:
    return f'export PATH="{shown(BIN) if shown(BIN).startswith("/") else "$PWD/" + shown(BIN)}:$PATH"'
