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

from devtools.described import parameters_of

STATE_KEY = "StateKey"
"""The template's parameter with the keys of the state bucket: that which encrypts, and those that did before."""

MISSING = ("404", "NoSuchBucket", "NoSuchKey", "NotFound")
"""What S3 says of an object or a bucket that is not there."""


@dataclass(frozen=True)
class Deployment:
    """A deployment that went through to its end; a stack that is created again has another id.

    `template` is the key of the packaged template, `digest` the hash of template and parameters, `secrets` the names of
    the template's parameters that are not among `parameters`, since their values are not to be written down, `empty`
    those of them that are known to have been empty, `tags` the stack's, None where it kept what it had, `changed` the
    time of the stack's change: a later one is somebody else's. `commit` is what it was built from, None where nobody
    said so. One that is `left` is the last that went through, where a rollback from it has begun; one that is
    `replaced`, where a deployment of another one has; `successor` is the commit that this other one was built from.
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
    replaced: bool = False
    empty: list[str] = field(default_factory=list)
    successor: str | None = None

    def is_of(self, stack: dict[str, Any]) -> bool:
        """Whether nobody has changed the stack, as it is described, since."""
        return (self.stack_id, self.changed) == noted(stack)

    @property
    def known_secrets(self) -> dict[str, str]:
        return dict.fromkeys(self.empty, "")


def keeping_keys(wanted: Deployment | None, stack: dict[str, Any] | None) -> Deployment | None:
    """The same in a stack that still reads its state: with the keys that encrypt it since, behind those that it had."""
    since = parameters_of(stack).get(STATE_KEY, "").split(",")
    if wanted is None or since == [""]:
        return wanted
    had = [key for key in wanted.parameters.get(STATE_KEY, "").split(",") if key]
    keys = ",".join(dict.fromkeys([*had, *since]))
    if keys == wanted.parameters.get(STATE_KEY):
        return wanted
    return replace(wanted, digest=f"{wanted.digest} {keys}", parameters={**wanted.parameters, STATE_KEY: keys})


def noted(stack: dict[str, Any]) -> tuple[str, str]:
    """Which stack it is, and when it was changed: another program, such as sam, may deploy it in between."""
    return stack["StackId"], str(stack.get("LastUpdatedTime") or stack["CreationTime"])


class DeploymentNotes:
    """Two objects for each stack. That of the last is marked while another is under way, and when that did not end."""

    def __init__(self, s3: Any, place: Callable[[str], dict[str, str]]) -> None:
        """`place` gives the parameters of a request about an object of the stack."""
        self._s3 = s3
        self._last = place("deployed.json")
        self._previous = place("deployed.previous.json")

    def last(self) -> Deployment | None:
        """None also where another deployment, or a rollback, has begun to leave it: nobody knows how far that went."""
        noted = self._read(self._last)
        return None if noted and (noted.left or noted.replaced) else noted

    def replaced(self) -> Deployment | None:
        """The last that went through, where a deployment of another one has begun and not ended."""
        noted = self._read(self._last)
        return replace(noted, replaced=False, successor=None) if noted and noted.replaced else None

    def previous(self) -> Deployment | None:
        """The one that the last deployment has replaced."""
        return self._read(self._previous)

    def commit_of(self, stack: dict[str, Any]) -> str | None:
        """What the stack, which nobody is changing, was built from; None where that is not known.

        One that has not ended here may have gone through all the same: CloudFormation needs nobody to wait for it.
        """
        last = self._read(self._last)
        if last is None or last.stack_id != stack["StackId"]:
            return None
        has_gone_through = stack["StackStatus"] == "UPDATE_COMPLETE" and not last.is_of(stack)
        return last.successor if (last.left or last.replaced) and has_gone_through else last.commit

    def begin(self, commit: str | None = None) -> None:
        """A deployment that does not end has replaced nothing: the one before it stays the previous one."""
        last = self._read(self._last)
        if last:
            self._write(self._last, replace(last, replaced=not last.left, successor=commit))

    def end(self, deployment: Deployment) -> None:
        """In this order: interrupted in between, the last that went through is known."""
        replaced = self.replaced()
        if replaced and replaced.digest != deployment.digest:
            self._write(self._previous, replaced)
        self._write(self._last, deployment)

    def remove(self) -> None:
        try:
            self._s3.delete_object(**self._last)
        except ClientError as error:
            if error.response["Error"]["Code"] not in MISSING:
                raise

    def _write(self, place: dict[str, str], deployment: Deployment) -> None:
        """Without what is None: an earlier version, which does not know a field, reads the notes that do without it."""
        known = {name: value for name, value in asdict(deployment).items() if value is not None}
        self._s3.put_object(**place, Body=json.dumps(known).encode())

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

    def begin(self, commit: str | None = None) -> None:
        last = self._read(self._last)
        if last:
            self._write(self._last, replace(last, left=True, replaced=False, successor=commit))

    def end(self, deployment: Deployment) -> None:
        """In this order: interrupted in between, the previous one is never the one that was left."""
        last = self._read(self._last)
        self._write(self._last, deployment)
        if last:
            self._write(self._previous, replace(last, left=False, replaced=False, successor=None))
