"""Where a function with layers is loaded from.

On AWS layers are unpacked into ``/opt``, and the runtime interface client loads their ``java/lib/*.jar`` after the
function's own. That path is fixed in the client and belongs to the whole machine, so each execution environment gets a
folder that has both: links to the function's code, and to the layers' jars in its ``lib``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

JARS = "java/lib/*.jar"
LAST = "~"
"""Sorts after all that a jar's name begins with: the client takes a folder's jars by name, and layers come last."""


def combined(code: Path, layers: Iterable[Path], folder: Path) -> Path:
    """The folder, filled with what the function would see in its task root and its layers' ``java/lib``."""
    libraries = folder / "lib"
    libraries.mkdir(parents=True)
    for entry in code.iterdir():
        if entry.name != "lib":
            (folder / entry.name).symlink_to(entry)
    if (code / "lib").is_dir():
        for entry in (code / "lib").iterdir():
            (libraries / entry.name).symlink_to(entry)
    for number, layer in enumerate(layers):
        for jar in layer.glob(JARS):
            (libraries / f"{LAST}{number}-{jar.name}").symlink_to(jar)
    return folder
