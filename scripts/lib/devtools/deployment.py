"""The notes of what was deployed last and before that, beside the code in S3.

With them an unchanged stack is recognised without asking CloudFormation to try, and a stack gets back what it was.
(Tags of the stack would do for the first, but LocalStack keeps those of the stack's creation.)
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from botocore.exceptions import ClientError

MISSING = ("404", "NoSuchBucket", "NoSuchKey", "NotFound")
"""What S3 says of an object or a bucket that is not there."""


@dataclass(frozen=True)
class Deployment:
    """A deployment that went through to its end; a stack that is created again has another id.

    `template` is the key of the packaged template, `digest` the hash of template and parameters, `secrets` the names of
    the template's parameters that are not among `parameters`, since their values are not to be written down, `tags` the
    stack's, None where it kept what it had, `changed` the time of the stack's change: a later one is somebody else's.
    `commit` is what it was built from, None where nobody said so. One that is `left` is the last that went through,
    where a rollback from it has begun.
    """

    stack_id: str
    digest: str
    template: str
    parameters: dict[str, str]
    secrets: list[str] = field(default_factory=list)
    tags: dict[str, str] | None = None
    changed: str | None = None
    left: bool = False
    commit: str | None = None


class DeploymentNotes:
    """Two objects for each stack. That of the last is gone while one is under way, and when one was interrupted."""

    def __init__(self, s3: Any, place: Callable[[str], dict[str, str]]) -> None:
        """`place` gives the parameters of a request about an object of the stack."""
        self._s3 = s3
        self._last = place("deployed.json")
        self._previous = place("deployed.previous.json")

    def last(self) -> Deployment | None:
        """None also where a rollback has begun to leave it: nobody knows how far that went."""
        noted = self._read(self._last)
        return None if noted and noted.left else noted

    def previous(self) -> Deployment | None:
        """The one that the last deployment has replaced, or was about to replace."""
        return self._read(self._previous)

    def begin(self) -> None:
        """An interrupted deployment has replaced nothing: the one before it stays the previous one."""
        last = self.last()
        if last:
            self._write(self._previous, last)
        self.remove()

    def end(self, deployment: Deployment) -> None:
        self._write(self._last, deployment)

    def remove(self) -> None:
        try:
            self._s3.delete_object(**self._last)
        except ClientError as error:
            if error.response["Error"]["Code"] not in MISSING:
                raise

    def _write(self, place: dict[str, str], deployment: Deployment) -> None:
        self._s3.put_object(**place, Body=json.dumps(asdict(deployment)).encode())

    def _read(self, place: dict[str, str]) -> Deployment | None:
        try:
            return Deployment(**json.load(self._s3.get_object(**place)["Body"]))
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                return None
            raise
        except (ValueError, TypeError):
            return None


class RollbackNotes(DeploymentNotes):
    """Of a rollback: the previous one stays what the stack goes back to, however often that is tried."""

    def begin(self) -> None:
        last = self._read(self._last)
        if last:
            self._write(self._last, replace(last, left=True))

    def end(self, deployment: Deployment) -> None:
        """In this order: interrupted in between, the previous one is never the one that was left."""
        last = self._read(self._last)
        super().end(deployment)
        if last:
            self._write(self._previous, replace(last, left=False))
