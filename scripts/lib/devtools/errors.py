"""The error of a command that cannot continue."""

from __future__ import annotations


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
