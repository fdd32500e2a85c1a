"""Uploads what the template refers to, under keys made of the content, and the template that refers to those."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from awscli.customizations.cloudformation.yamlhelper import yaml_parse
from botocore.exceptions import ClientError

from devtools.deployment import MISSING
from devtools.distribution import LOCAL_FILE, files_of
from devtools.endpoint import Endpoint
from devtools.errors import CliError
from devtools.project import STACK_NAME, shown

BUILD = re.compile(r"(?m)^( +BUILD: )(\w+)$")
"""An environment variable that the template sets to the function's name."""


def parameters(template: Path) -> frozenset[str]:
    """The names of its parameters."""
    return frozenset(yaml_parse(template.read_text())["Parameters"])


def required(template: Path) -> frozenset[str]:
    """The names of parameters that have no default."""
    declared = yaml_parse(template.read_text())["Parameters"]
    return frozenset(name for name, parameter in declared.items() if "Default" not in parameter)


def secrets(template: Path) -> frozenset[str]:
    """The names of parameters whose values are secret."""
    declared = yaml_parse(template.read_text())["Parameters"]
    return frozenset(name for name, parameter in declared.items() if parameter.get("NoEcho"))


def digest(template: Path, parameters: dict[str, str], tags: dict[str, str] | None = None) -> str:
    """Changes when the stack would: any byte of the inputs, a parameter, or a tag where tags are given."""
    result = hashlib.sha256()
    for path in files_of(template):
        if not path.is_file():
            raise CliError(f"{shown(path)} does not exist", "build it: mvn -DskipTests package")
        result.update(hashlib.sha256(path.read_bytes()).digest())
    result.update(repr(sorted(parameters.items())).encode())
    if tags is not None:
        result.update(repr(sorted(tags.items())).encode())
    return result.hexdigest()


@dataclass(frozen=True)
class Artifacts:
    """What is deployed, in the account's own bucket, in a folder of the stack's own.

    The bucket's name can be guessed, and whoever was first has it: each request says to whom it has to belong. Keys are
    hashes of the content, and S3 answers with the hash of what it has, so that nothing else is taken for it. Nothing is
    ever replaced, so that what was deployed before can be deployed again.
    """

    endpoint: Endpoint
    stack_name: str

    @cached_property
    def account(self) -> str:
        return self.endpoint.client("sts").get_caller_identity()["Account"]

    @property
    def bucket(self) -> str:
        """It has account and region in it: names of buckets are unique in the world."""
        return f"{STACK_NAME}-artifacts-{self.account}-{self.endpoint.session.region_name}"

    @property
    def where(self) -> str:
        """The account and the region, for the person who is asked; nothing on an emulator."""
        return f" in account {self.account}, {self.endpoint.session.region_name}" if self.endpoint.is_aws else ""

    def make_bucket(self) -> None:
        """Creates the bucket where there is none; one that belongs to another account is refused."""
        s3, region = self.endpoint.client("s3"), self.endpoint.session.region_name
        try:
            s3.head_bucket(Bucket=self.bucket, ExpectedBucketOwner=self.account)
        except ClientError as error:
            if error.response["Error"]["Code"] not in MISSING:
                raise CliError(
                    f"the bucket {self.bucket} for the function zips cannot be used: {error}",
                    f"see to it that it belongs to the account {self.account}, and that you may use it",
                ) from error
            location = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
            s3.create_bucket(Bucket=self.bucket, **location)

    def place(self, key: str) -> dict[str, str]:
        """The parameters of any request about an object of the stack."""
        return {
            "Bucket": self.bucket,
            "Key": f"{self.stack_name}/{key}",
            "ExpectedBucketOwner": self.account,
        }

    def package(self, template: Path) -> str:
        """The key of the template with S3 locations in the place of local files; all of it is uploaded."""
        names = {name for _, name in LOCAL_FILE.findall(template.read_text())}
        uris = {name: f"s3://{self.bucket}/{self._keep('code', template.parent / name)}" for name in sorted(names)}
        located = LOCAL_FILE.sub(lambda match: match[1] + uris[match[2]], template.read_text())
        builds = _builds(located)
        packaged = BUILD.sub(lambda match: match[1] + builds[match[2]], located)
        return self._keep_content("templates", packaged.encode(), ".yaml")

    def _keep(self, folder: str, file: Path) -> str:
        return self._keep_content(folder, file.read_bytes(), file.suffix)

    def _keep_content(self, folder: str, content: bytes, suffix: str) -> str:
        """Uploads the content unless it is there; the key of its object."""
        digest = hashlib.sha256(content)
        place = self.place(f"{folder}/{digest.hexdigest()}{suffix}")
        checksum = base64.b64encode(digest.digest()).decode()
        s3 = self.endpoint.client("s3")
        known = _checksum(s3, place)
        if known is None:
            s3.put_object(**place, Body=content, ChecksumSHA256=checksum)
            known = _checksum(s3, place)
        if known != checksum:
            raise CliError(
                f"s3://{self.bucket}/{place['Key']} is not what its name says: somebody else has written it",
                "find out who, and delete it",
            )
        return place["Key"]


def _builds(template: str) -> dict[str, str]:
    """By the functions' names, what changes with their code and with any of their properties."""
    document = yaml_parse(template)
    common = document.get("Globals", {}).get("Function", {})
    return {
        name: hashlib.sha256(json.dumps([common, function["Properties"]], sort_keys=True).encode()).hexdigest()[:16]
        for name, function in document["Resources"].items()
        if function.get("Type") == "AWS::Serverless::Function"
    }


def _checksum(s3: Any, place: dict[str, str]) -> str | None:
    """The SHA-256 that S3 has verified of an object, empty where it has none; None where there is no object."""
    try:
        return s3.head_object(**place, ChecksumMode="ENABLED").get("ChecksumSHA256", "")
    except ClientError as error:
        if error.response["Error"]["Code"] in MISSING:
            return None
        raise
