"""What is deployed and released, in a folder that needs nothing else and is the same wherever it is built."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from fanin_cli import prerequisites
from fanin_cli.build import FUNCTIONS
from fanin_cli.errors import CliError
from fanin_cli.jobs import Job, run_all, run_logged
from fanin_cli.project import ROOT, TEMPLATE, say, shown

LOCAL_FILE = re.compile(r"^(\s+(?:CodeUri|DefinitionUri): )(\S+)$", re.MULTILINE)
"""Where a template names a file beside it."""
MODULES = (*FUNCTIONS, "cli")
PROGRAMS = ("cli/target/fanin-*.tar.gz", "cli/target/fanin-*.zip")
CHECKSUMS = "SHA256SUMS"


def files_of(template: Path) -> list[Path]:
    """All that a stack is made of: the template, and what it names."""
    return [template, *(template.parent / name for _, name in LOCAL_FILE.findall(template.read_text()))]


def make(folder: Path) -> int:
    """Builds everything anew, so that nothing of an earlier build gets in."""
    if folder.exists() and any(folder.iterdir()) and not (folder / CHECKSUMS).is_file():
        raise CliError(f"{shown(folder)} holds what was not built", "name a folder that is new or empty")
    environment = prerequisites.build_environment()
    command = ["mvn", "-q", "-B", "-DskipTests", "--projects", ",".join(MODULES), "--also-make", "clean", "package"]
    title = "Building functions and fanin with Maven"
    run_all([Job(title, lambda: run_logged(command, "build.log", title, environment))])
    bills = [ROOT / module / "target" / f"{module}-sbom.json" for module in MODULES]
    programs = [path for pattern in PROGRAMS for path in ROOT.glob(pattern)]
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for path in [*files_of(TEMPLATE)[1:], *bills, *programs]:
        shutil.copyfile(path, folder / path.name)
    (folder / TEMPLATE.name).write_text(LOCAL_FILE.sub(_beside, TEMPLATE.read_text()))
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
    (folder / CHECKSUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()))
    for name, digest in sums.items():
        say(f"  {digest[:12]}  {shown(folder / name)}")
    return 0


def _beside(match: re.Match[str]) -> str:
    return match[1] + Path(match[2]).name
