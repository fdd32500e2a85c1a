"""The error of a command that cannot continue."""

from __future__ import annotations

import errno

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class CliError(Exception):
    """A failure that the user can fix: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str | None = None, exit_code: int = 2) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code

    def __str__(self) -> str:
        return f"error: {self.message}" + (f"\nhint: {self.hint}" if self.hint else "")


class NotAtHandError(CliError):
    """A check needs a program that is not on this machine; only in continuous integration is that a failure."""


def of_system(error: OSError) -> CliError | None:
    """The same failure with what to do, where the machine is the cause; None where this program may be."""
    if error.errno in FULL:
        return CliError(str(error), "make room on the disk, then run it again; .local is made anew where it is removed")
    if error.errno in FORBIDDEN:
        return CliError(
            str(error), "the project's folder has to be yours to write; what was made with sudo is root's: see .local"
        )
    return None
