"""Third-party tools that check state machines, docs and workflows: they come from npm and from the Go module
proxy, which are needed for nothing else."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path

from devtools.errors import CliError, NotAtHandError
from devtools.jobs import run_logged
from devtools.project import LOCAL, ROOT, SCRIPTS
from devtools.suites import Suite, log_of

WORKFLOWS = ROOT / ".github" / "workflows"
DOCUMENTS = ("*.md", ".github/*.md", "docs/**/*.md", "samples/**/*.md", "localstack/*.md", "integrations/**/*.md")
GO_TOOLS = SCRIPTS / "lib" / "go"
GO_BIN = LOCAL / "go"

DEFINITIONS = ROOT / "state-machine"
DECLARED = (SCRIPTS / "lib" / "node" / "package.json", SCRIPTS / "lib" / "node" / "package-lock.json")
INSTALLED = LOCAL / "node"
TITLE = "State machines"
LINKS = "Links in the docs"
ACTIONLINT = "Workflows, actionlint"

NUMBER = re.compile(r"(?<=: )\$\{\w+\}(?=[,\s}])")
ARN = re.compile(r"\$\{(\w+)Arn\}")
TEXT = re.compile(r"\$\{(\w+)\}")


def state_machines() -> Suite:
    """A suite of all definitions, as they are deployed."""

    def check() -> str:
        validator = installed() / "node_modules" / ".bin" / "asl-validator"
        folder = LOCAL / "asl"
        folder.mkdir(parents=True, exist_ok=True)
        arguments: list[str | Path] = [validator]
        definitions = sorted(DEFINITIONS.glob("*.asl.json"))
        for definition in definitions:
            file = folder / definition.name
            file.write_text(rendered(definition.read_text()))
            arguments += ["--json-path", file]
        run_logged(arguments, log_of(TITLE), "asl-validator")
        return f"{len(definitions)} definition" + ("s" if len(definitions) > 1 else "")

    return Suite(TITLE, check)


def links() -> Suite:
    """A suite of all documents: each link leads to a file that is there, and each anchor to a heading in it."""

    def check() -> str:
        files = [file for pattern in DOCUMENTS for file in sorted(ROOT.glob(pattern))]
        remark = installed() / "node_modules" / ".bin" / "remark"
        plugin = f"{INSTALLED / 'node_modules' / 'remark-validate-links' / 'index.js'}=repository:false,root:'{ROOT}'"
        options = ["--frail", "--no-stdout", "--quiet", "--use", plugin]
        run_logged([remark, *options, *files], log_of(LINKS), "remark-validate-links")
        return f"{len(files)} documents"

    return Suite(LINKS, check)


def workflows(shellcheck: Path) -> Suite:
    """A suite of all workflows, the shell in their steps included."""

    def check() -> str:
        go = shutil.which("go")
        if not go:
            raise NotAtHandError("there is no go on the PATH", "get Go from https://go.dev/dl")
        try:
            install = [go, "-C", GO_TOOLS, "install", "tool"]
            run_logged(install, "go.log", "go install tool", {**os.environ, "GOBIN": str(GO_BIN)})
        except CliError as error:
            raise NotAtHandError(error.message, error.hint) from error
        files = sorted(WORKFLOWS.glob("*.yml"))
        run_logged([GO_BIN / "actionlint", "-shellcheck", shellcheck, *files], log_of(ACTIONLINT), ACTIONLINT)
        return f"{len(files)} workflows"

    return Suite(ACTIONLINT, check)


def rendered(definition: str) -> str:
    """The definition with values where the stack puts its own: numbers outside quotes, functions' ARNs, other text."""
    numbers = NUMBER.sub("4", definition)
    arns = ARN.sub(r"arn:aws:lambda:us-east-1:123456789012:function:\1:live", numbers)
    return TEXT.sub(lambda match: "aws" if match[1] == "AwsPartition" else match[1].lower(), arns)


def installed() -> Path:
    """The folder where npm has installed what is declared; the marker is written last."""
    marker = INSTALLED / "ready"
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in DECLARED)).hexdigest()
    if not shutil.which("node") or not shutil.which("npm"):
        raise NotAtHandError("there is no node and npm on the PATH", "get Node.js from https://nodejs.org")
    if not (marker.is_file() and marker.read_text() == digest):
        shutil.rmtree(INSTALLED, ignore_errors=True)
        INSTALLED.mkdir(parents=True)
        for file in DECLARED:
            shutil.copy(file, INSTALLED)
        install = ["npm", "ci", "--prefix", INSTALLED, "--ignore-scripts", "--no-audit", "--no-fund"]
        try:
            run_logged(install, "npm.log", "npm ci")
        except CliError as error:
            raise NotAtHandError(error.message, error.hint) from error
        marker.write_text(digest)
    return INSTALLED
