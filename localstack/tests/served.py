"""A LocalStack for the tests that need one: started once for all of them, on a free port."""

from __future__ import annotations

import atexit
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
from botocore.config import Config
from support import emulator, free_port, temporary_folder

from fanin_localstack.jdk import JdkNotFoundError, find_jdk

JAVA_SOURCES = Path(__file__).resolve().parent / "java"
REGION = "us-east-1"
ROLE = "arn:aws:iam::000000000000:role/test"


@cache
def endpoint() -> str:
    folder = temporary_folder()
    atexit.register(folder.cleanup)
    port = free_port()
    state = Path(folder.name, "state")
    start = ("start", "--venv", sys.prefix, "--port", str(port), "--state", str(state), "--archives", str(archives()))
    written = {"FANIN_REQUESTS": str(requests())}
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # for what is registered to run at the exit
    atexit.register(emulator, "stop", "--state", str(state))
    run = emulator(*start, env=written)
    if run.returncode != 0:
        raise AssertionError(run.stderr)
    return f"http://127.0.0.1:{port}"


@cache
def requests() -> Path:
    """Where it writes down what roles ask for."""
    folder = temporary_folder()
    atexit.register(folder.cleanup)
    return Path(folder.name, "requests.jsonl")


@cache
def archives() -> Path:
    """Where functions that are made of jars leave archives of their classes."""
    folder = temporary_folder()
    atexit.register(folder.cleanup)
    return Path(folder.name)


@cache
def client(service: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=endpoint(),
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        # Without boto3's own validation, as the Java SDK has none: the service has to refuse.
        config=Config(
            retries={"total_max_attempts": 1}, max_pool_connections=20, read_timeout=120, parameter_validation=False
        ),
    )


def cannot_run_java() -> str:
    """Why the tests with Java functions cannot run here, or nothing."""
    if not os.environ.get("FANIN_RIC_DIR"):
        return "FANIN_RIC_DIR is not set"
    try:
        jdk = find_jdk()
    except JdkNotFoundError as e:
        return str(e)
    return "" if (jdk.home / "bin" / "javac").exists() else f"{jdk.home} has no compiler"


@cache
def probe_classes() -> dict[str, bytes]:
    """The compiled probe function."""
    class_path = os.pathsep.join(str(jar) for jar in Path(os.environ["FANIN_RIC_DIR"]).glob("*.jar"))
    with temporary_folder() as folder:
        sources = [str(source) for source in JAVA_SOURCES.glob("*.java")]
        javac = str(find_jdk().home / "bin" / "javac")
        subprocess.run([javac, "--release", "21", "-cp", class_path, "-d", folder, *sources], check=True)
        return {file.name: file.read_bytes() for file in Path(folder).glob("*.class")}


def probe_zip() -> bytes:
    return zipped(probe_classes())


def create_probe(runtime: str, **settings: Any) -> str:
    """A published version of the probe function, with the alias ``live`` as SAM's AutoPublishAlias makes it."""
    functions = client("lambda")
    name = f"probe-{uuid4().hex}"
    functions.create_function(
        **{
            "FunctionName": name,
            "Runtime": runtime,
            "Handler": "Probe::handleRequest",
            "Role": ROLE,
            "Code": {"ZipFile": probe_zip()},
            "Timeout": 20,
            "MemorySize": 256,
            "Environment": {"Variables": {"GREETING": "hello"}},
            "SnapStart": {"ApplyOn": "None"},
            **settings,
        }
    )
    functions.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    version = functions.publish_version(FunctionName=name)["Version"]
    functions.create_alias(FunctionName=name, Name="live", FunctionVersion=version)
    functions.get_waiter("published_version_active").wait(
        FunctionName=name, Qualifier=version, WaiterConfig={"Delay": 1}
    )
    return name


def run_machine(definition: dict[str, Any], given: Any, seconds: float = 60) -> dict[str, Any]:
    """The description of an execution that has ended."""
    step_functions = client("stepfunctions")
    machine = step_functions.create_state_machine(
        name=f"m{uuid4().hex}", definition=json.dumps(definition), roleArn=ROLE
    )["stateMachineArn"]
    execution = step_functions.start_execution(stateMachineArn=machine, input=json.dumps(given))
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        state: dict[str, Any] = step_functions.describe_execution(executionArn=execution["executionArn"])
        if state["status"] != "RUNNING":
            return state
        time.sleep(0.05)
    raise AssertionError(f"still running after {seconds} seconds")


def zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()
