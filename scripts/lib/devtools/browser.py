"""The browser in which the pages are tested: Chromium, or Chrome, with its driver."""

from __future__ import annotations

import os
import shutil

from devtools.errors import CliError
from devtools.jobs import run_logged
from devtools.project import is_continuous_integration, say

NAMES = ("chromium", "chromium-browser", "google-chrome")
DRIVER = "chromedriver"
PACKAGES = ("chromium", "chromium-driver")
"""Debian's."""
HINT = f"install Debian's packages {' and '.join(PACKAGES)}, or Chrome and chromedriver of the same version"


def maven_options() -> list[str]:
    """Names the browser. Where there is none, continuous integration installs it, and others leave out its tests."""
    if is_continuous_integration() and not _found():
        _install()
    found = _found()
    if found:
        return [f"-Dbrowser={found}"]
    if is_continuous_integration():
        raise CliError("there is no Chromium with chromedriver on the PATH", HINT)
    say(f"There is no Chromium with chromedriver on the PATH: the pages are NOT TESTED in a browser; {HINT}")
    return ["-Dtests.in.browser=**/*InBrowserIT.java"]


def _found() -> str | None:
    return next((name for name in NAMES if shutil.which(name)), None) if shutil.which(DRIVER) else None


def _install() -> None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        run_logged(["apt-get", *arguments], "chromium.log", f"apt-get {arguments[0]}", variables)
