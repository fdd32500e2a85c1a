"""Uploads what the template refers to, under keys made of the content, and reads the template that refers to those."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from botocore.exceptions import ClientError

from fanin_cli import build
from fanin_cli.endpoint import Endpoint
from fanin_cli.errors import CliError
from fanin_cli.project import ROOT, STACK_NAME, TEMPLATE, shown

DEFINITIONS = tuple(sorted((ROOT / "state-machine").glob("*.asl.json")))


def inputs() -> list[Path]:
    """All that the deployed stack is made of."""
    return [TEMPLATE, *DEFINITIONS, *(build.function_zip(function) for function in build.FUNCTIONS)]


def digest(parameters: dict[str, str]) -> str:
    """Changes when the stack would: any byte of the inputs, or a parameter."""
    result = hashlib.sha256()
    for path in inputs():
        if not path.is_file():
            raise CliError(f"{shown(path)} does not exist", "build it: mvn -DskipTests package")
        result.update(hashlib.sha256(path.read_bytes()).digest())
    result.update(repr(sorted(parameters.items())).encode())
    return result.hexdigest()


def package(endpoint: Endpoint, bucket: str) -> str:
    """The URL of the template with S3 locations in the place of local files.

    The AWS CLI does this: its keys are the content's hash, so that changed code is a changed template, and what is
    there already is not sent again.
    """
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "packaged.yaml"
        command = [sys.executable, "-m", "awscli", "cloudformation", "package", "--template-file", str(TEMPLATE)]
        command += ["--s3-bucket", bucket, "--s3-prefix", "code", "--output-template-file", str(output)]
        done = subprocess.run(command, env=endpoint.environment(), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise CliError(f"packaging {shown(TEMPLATE)} failed: {done.stderr.strip() or done.stdout.strip()}")
        return upload(endpoint, output)


def upload(endpoint: Endpoint, template: Path) -> str:
    """The URL by which CloudFormation reads the template, which is too large to be sent with a request."""
    content = template.read_bytes()
    bucket, key = artifact_bucket(endpoint), f"templates/{hashlib.sha256(content).hexdigest()}.yaml"
    s3 = endpoint.client("s3")
    s3.put_object(Bucket=bucket, Key=key, Body=content)
    return f"{s3.meta.endpoint_url}/{bucket}/{key}"


def artifact_bucket(endpoint: Endpoint) -> str:
    """Its name has account and region in it: bucket names are the whole world's."""
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
