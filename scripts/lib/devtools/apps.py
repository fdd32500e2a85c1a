"""Builds the samples that are projects of their own outside of the repository, from what that has installed."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from devtools.distribution import MADE
from devtools.errors import CliError
from devtools.jobs import run_logged
from devtools.project import ROOT, SAMPLES, is_continuous_integration
from devtools.readers import REPOSITORY
from devtools.suites import LATER, Suite, log_of

TITLE = "Samples outside of the repository"
LIBRARIES = {"warehouse.md": "warehouse,warehouse/job", "custom-processor.md": "processor/api"}
"""By the page that says how they are installed, the modules that an application depends on."""
BUILT = {
    "custom-processor": "target/pairs-processor-1.0.0.jar",
    "warehouse": "target/job/lib/warehouse-sample-1.0.0.jar",
}
"""What each sample makes."""


def suite(maven: dict[str, str]) -> Suite:
    def check() -> str:
        samples = [name for name in BUILT if name != "warehouse" or _has_node()]
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            repository = f"-Dmaven.repo.local={_apart(REPOSITORY, folder / 'repository')}"
            sources = folder / ROOT.name
            shutil.copytree(ROOT, sources, ignore=MADE, symlinks=True)
            _run([*install(",".join(LIBRARIES.values())), "-q", "-B", repository], maven, sources)
            shutil.rmtree(sources)
            for name in samples:
                app = folder / name
                shutil.copytree(SAMPLES / name, app, ignore=MADE)
                _run(["mvn", "-q", "-B", "package", repository], maven, app)
                if not (app / BUILT[name]).is_file():
                    raise CliError(f"samples/{name} has not made {BUILT[name]}")
        return f"built {' and '.join(samples)}"

    return Suite(TITLE, check)


def install(modules: str) -> list[str]:
    return ["mvn", "-DwithoutTests", "-pl", modules, "-am", "install"]


def _has_node() -> bool:
    return shutil.which("node") is not None or is_continuous_integration()


def _apart(shared: Path, repository: Path) -> Path:
    """A local repository with all that the shared one holds of others, and nothing of the project's own."""
    own = repository / "io"
    own.mkdir(parents=True)
    (shared / "io").mkdir(parents=True, exist_ok=True)
    for place, links in ((shared, repository), (shared / "io", own)):
        for entry in place.iterdir():
            if entry not in (shared / "io", shared / "io" / "fanin"):
                (links / entry.name).symlink_to(entry)
    return repository


def _run(command: list[str], maven: dict[str, str], folder: Path) -> None:
    log = log_of(f"{TITLE} {folder.name}")
    # It runs beside tests, which come first.
    run_logged([*LATER, *command], log, f"mvn in {folder.name}", {**os.environ, **maven}, folder)
