"""What is deployed and released, in a folder that needs nothing else and is the same wherever it is built."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from devtools import prerequisites, python_package, release
from devtools.build import FUNCTIONS, without_tests
from devtools.errors import CliError
from devtools.jobs import Job, run_all, run_logged
from devtools.project import ROOT, TEMPLATE, say, shown

LOCAL_FILE = re.compile(r"^(\s+(?:CodeUri|DefinitionUri): )(\S+)$", re.MULTILINE)
"""Where a template names a file beside it."""
MODULES = (*FUNCTIONS, "cli")
PROGRAMS = ("cli/target/fanin-*.tar.gz", "cli/install.sh")
MADE = shutil.ignore_patterns(".git", ".local", "target", "dist", "__pycache__")
"""What is not part of the sources."""
CHECKSUMS = "SHA256SUMS"


def files_of(template: Path) -> list[Path]:
    """All that a stack is made of: the template, and what it names."""
    return [template, *(template.parent / name for _, name in LOCAL_FILE.findall(template.read_text()))]


def make(folder: Path) -> int:
    """Builds everything from a copy of the sources, so that neither earlier builds nor the modes of files get in."""
    _earlier_build(folder)
    environment = prerequisites.build_environment()
    with tempfile.TemporaryDirectory() as temporary:
        root = _copy_of_sources(Path(temporary) / ROOT.name)
        command = [*without_tests(*MODULES), "-f", root]
        title = "Building functions and fanin with Maven"
        maven = Job(title, lambda: run_logged(command, "build.log", title, environment))
        run_all([maven, python_package.job(root)])
        _fill(folder, root)
        release.pack(folder, root)
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
    (folder / CHECKSUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()))
    for name, digest in sums.items():
        say(f"  {digest[:12]}  {shown(folder / name)}")
    return 0


def _earlier_build(folder: Path) -> list[Path]:
    """The files of a build that the folder holds; a CliError if it holds anything else."""
    files = sorted(folder.iterdir()) if folder.exists() else []
    sums = folder / CHECKSUMS
    lines = sums.read_text(errors="replace").splitlines() if sums.is_file() else []
    built = {line.partition("  ")[2] for line in lines}
    if TEMPLATE.name in built:
        built.add(CHECKSUMS)
    for path in files:
        if path.name not in built or not path.is_file():
            raise CliError(
                f"{shown(folder)} holds {path.name}, which was not built", "name a folder that is new or empty"
            )
    return files


def _copy_of_sources(root: Path) -> Path:
    """With the same modes wherever it is made: Maven's jars have those of the files that it puts into them."""
    os.umask(0o022)
    shutil.copytree(ROOT, root, ignore=MADE)
    for path in (root, *root.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    return root


def _fill(folder: Path, root: Path) -> None:
    """Puts what was built into a folder that then holds nothing else."""
    template = root / TEMPLATE.name
    bills = [root / module / "target" / f"{module}-sbom.json" for module in MODULES]
    programs = [path for pattern in PROGRAMS for path in root.glob(pattern)]
    package = [path for path in (root / python_package.BUILT).iterdir() if path.suffix in (".whl", ".gz")]
    for path in _earlier_build(folder):
        path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    for path in [*files_of(template)[1:], *bills, *programs, *package]:
        shutil.copyfile(path, folder / path.name)
    (folder / template.name).write_text(LOCAL_FILE.sub(_beside, template.read_text()))


def _beside(match: re.Match[str]) -> str:
    return match[1] + Path(match[2]).name
