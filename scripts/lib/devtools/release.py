"""The archive that deploys a release without sources: what was built, and `scripts/deploy` with what it needs."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

OWN = (
    "CHANGELOG.md",
    "LICENSE",
    "github-oidc.yaml",
    "samconfig.toml",
    "scripts/deploy",
    "scripts/lib/build-requirements.txt",
    "scripts/lib/devtools/*.py",
    "scripts/lib/launch",
    "scripts/lib/tools-requirements.txt",
)
"""Of the project's folder."""
BUILT = ("*.asl.json", "*.zip", "fanin-*.tar.gz", "template.yaml")
"""Of what was built."""
README = Path("scripts") / "lib" / "packaging" / "release.md"
VERSION = re.compile(r"^  <version>(.*)</version>$", re.MULTILINE)
TIME = re.compile(r"<project.build.outputTimestamp>(.*)Z</")


def pack(folder: Path, root: Path) -> None:
    """Adds the archive to the folder with what was built; `root` is the project's folder.

    It is not compressed: what is large in it is so already, and libraries that compress differ in what they write.
    """
    name = f"partition-fan-in-stack-{_found(VERSION, root)}"
    time = int(datetime.fromisoformat(_found(TIME, root) + "+00:00").timestamp())
    with tarfile.open(folder / f"{name}.tar", "w", format=tarfile.USTAR_FORMAT) as archive:
        for place, path in sorted(_contents(folder, root)):
            entry = tarfile.TarInfo(f"{name}/{place}")
            entry.size = path.stat().st_size
            entry.mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
            entry.mtime = time
            with path.open("rb") as content:
                archive.addfile(entry, content)


def _contents(folder: Path, root: Path) -> Iterator[tuple[str, Path]]:
    yield "README.md", root / README
    for pattern in OWN:
        for path in root.glob(pattern):
            yield path.relative_to(root).as_posix(), path
    for pattern in BUILT:
        for path in folder.glob(pattern):
            yield path.name, path


def _found(pattern: re.Pattern[str], root: Path) -> str:
    match = pattern.search((root / "pom.xml").read_text())
    if match is None:
        raise ValueError(f"pom.xml has no {pattern.pattern}")
    return match[1]
