"""Uploads what the template refers to, under keys made of the content, and the template that refers to those."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from awscli.customizations.cloudformation.yamlhelper import yaml_parse
from botocore.exceptions import ClientError

from fanin_cli.distribution import files_of
from fanin_cli.endpoint import Endpoint
from fanin_cli.errors import CliError
from fanin_cli.project import STACK_NAME, shown


def parameters(template: Path) -> frozenset[str]:
    """The names of its parameters."""
    return frozenset(yaml_parse(template.read_text())["Parameters"])


def secrets(template: Path) -> frozenset[str]:
    """The names of parameters whose values are secret."""
    declared = yaml_parse(template.read_text())["Parameters"]
    return frozenset(name for name, parameter in declared.items() if parameter.get("NoEcho"))


def digest(template: Path, parameters: dict[str, str]) -> str:
    """Changes when the stack would: any byte of the inputs, or a parameter."""
    result = hashlib.sha256()
    for path in files_of(template):
        if not path.is_file():
            raise CliError(f"{shown(path)} does not exist", "build it: mvn -DskipTests package")
        result.update(hashlib.sha256(path.read_bytes()).digest())
    result.update(repr(sorted(parameters.items())).encode())
    return result.hexdigest()


def package(endpoint: Endpoint, bucket: str, template: Path) -> str:
    """The key of the template with S3 locations in the place of local files.

    The AWS CLI does this: its keys are the content's hash, so that changed code is a changed template, and what is
    there already is not sent again. Nothing is ever replaced, so that what was deployed before can be deployed again.
    """
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "packaged.yaml"
        command = [sys.executable, "-m", "awscli", "cloudformation", "package", "--template-file", str(template)]
        command += ["--s3-bucket", bucket, "--s3-prefix", "code", "--output-template-file", str(output)]
        done = subprocess.run(command, env=endpoint.environment(), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise CliError(f"packaging {shown(template)} failed: {done.stderr.strip() or done.stdout.strip()}")
        packaged = output.read_bytes()
    key = f"templates/{hashlib.sha256(packaged).hexdigest()}.yaml"
    endpoint.client("s3").put_object(Bucket=bucket, Key=key, Body=packaged)
    return key


def artifact_bucket(endpoint: Endpoint) -> str:
    """Its name has account and region in it: bucket names are globally unique."""
    account = endpoint.client("sts").get_caller_identity()["Account"]
    region = endpoint.session.region_name
    name = f"{STACK_NAME}-artifacts-{account}-{region}"
    s3 = endpoint.client("s3")
    try:
        s3.head_bucket(Bucket=name)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
            raise CliError(f"the bucket {name} for the function zips cannot be used: {error}") from error
        location = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        s3.create_bucket(Bucket=name, **location)
    return name
