"""The note of what was deployed last, beside the code in S3: with it an unchanged stack is recognised without asking
CloudFormation to try. (A tag of the stack would do, but LocalStack keeps the tags of the stack's creation.)"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from botocore.exceptions import ClientError


@dataclass(frozen=True)
class Deployment:
    """A deployment that went through to its end; a stack that is made anew has another id."""

    stack_id: str
    digest: str


class DeploymentNote:
    """One object for each stack. It is gone while a deployment is under way, and when one was interrupted."""

    def __init__(self, s3: Any, bucket: str, stack_name: str) -> None:
        self._s3 = s3
        self._place = {"Bucket": bucket, "Key": f"deployed/{stack_name}.json"}

    def read(self) -> Deployment | None:
        try:
            return Deployment(**json.load(self._s3.get_object(**self._place)["Body"]))
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                return None
            raise
        except (ValueError, TypeError):
            return None

    def write(self, deployment: Deployment) -> None:
        self._s3.put_object(**self._place, Body=json.dumps(asdict(deployment)).encode())

    def remove(self) -> None:
        self._s3.delete_object(**self._place)
