"""One query of Athena, which this project's command line answers. Nothing here depends on LocalStack."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from fanin_localstack.athena_repair import REPAIR

FANIN = Path(__file__).resolve().parents[3] / "scripts" / "fanin"
UNLOAD = re.compile(
    r"\s*UNLOAD\s*\((?P<select>.*)\)\s*TO\s*'s3://(?P<bucket>[^/']+)/(?P<prefix>[^']*/)'"
    r"\s*WITH\s*\(\s*format\s*=\s*'JSON'\s*\)\s*;?\s*",
    re.IGNORECASE | re.DOTALL,
)
SUPPORTED = "UNLOAD (...) TO 's3://BUCKET/FOLDER/' WITH (format = 'JSON') and MSCK REPAIR TABLE"
MAX_REASON = 1000
USER_ERROR = 2
LIMIT_SECONDS = 600

Answer = Callable[[str, str], dict[str, Any]]
"""From a statement and its default database to the answer's columns and rows; raises QueryFailedError."""

Repair = Callable[[str, str], Any]
"""Registers the partitions of a database's table that lie in Hive's folders."""


class QueryFailedError(Exception):
    """The message is the reason that Athena reports."""


class QueryRun:
    """Starts on construction. Any thread may read its state."""

    def __init__(self, sql: str, database: str, work_group: str, s3: Any, answer: Answer, repair: Repair) -> None:
        self.id = str(uuid4())
        self.sql = sql
        self._database = database
        self._work_group = work_group
        self._s3 = s3
        self._answer = answer
        self._repair = repair
        self._submitted = datetime.now(UTC)
        self._status: dict[str, Any] = {"State": "RUNNING"}
        self._thread = threading.Thread(target=self._run, name=f"athena-{self.id[:8]}", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> None:
        self._thread.join(seconds)

    def described(self) -> dict[str, Any]:
        """The query as Athena answers it."""
        return {
            "QueryExecutionId": self.id,
            "Query": self.sql,
            "StatementType": "DDL" if REPAIR.fullmatch(self.sql) else "DML",
            "QueryExecutionContext": {"Database": self._database},
            "Status": {"SubmissionDateTime": self._submitted, **self._status},
            "WorkGroup": self._work_group,
        }

    def _run(self) -> None:
        try:
            repaired = REPAIR.fullmatch(self.sql)
            if repaired:
                self._repair(repaired["database"] or self._database, repaired["table"])
            else:
                self._unload()
            ended: dict[str, Any] = {"State": "SUCCEEDED"}
        except Exception as e:
            reason = str(e)[:MAX_REASON]
            error = {"ErrorCategory": USER_ERROR, "Retryable": False, "ErrorMessage": reason}
            ended = {"State": "FAILED", "StateChangeReason": reason, "AthenaError": error}
        self._status = {**ended, "CompletionDateTime": datetime.now(UTC)}

    def _unload(self) -> None:
        wanted = UNLOAD.fullmatch(self.sql)
        if wanted is None:
            raise QueryFailedError(f"the emulator runs {SUPPORTED} and nothing else, found: {self.sql}")
        bucket, prefix = wanted["bucket"], wanted["prefix"]
        if self._s3.list_objects_v2(Bucket=bucket, Prefix=prefix, MaxKeys=1)["KeyCount"]:
            raise QueryFailedError(
                f"HIVE_PATH_ALREADY_EXISTS: Target directory for UNLOAD exists: s3://{bucket}/{prefix}"
            )
        answered = self._answer(wanted["select"], self._database)
        names = [column["name"] for column in answered["columns"]]
        lines = [json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in answered["rows"]]
        content = gzip.compress("".join(lines).encode())
        self._s3.put_object(Bucket=bucket, Key=f"{prefix}{self.id}.gz", Body=content)


def by_command_line(environment: Mapping[str, str]) -> Answer:
    """The result of ``fanin query`` for the emulator that the environment names."""

    def answer(sql: str, database: str) -> dict[str, Any]:
        if not FANIN.exists():
            raise QueryFailedError(
                f"UNLOAD is not served here, since there is no {FANIN}: start LocalStack with --engine python"
            )
        default = ["--database", database] if database else []
        command = [str(FANIN), "query", "--output", "json", *default, sql]
        done = subprocess.run(
            command, env=dict(environment), capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False
        )
        if done.returncode != 0:
            raise QueryFailedError(done.stderr.strip() or f"{FANIN.name} ended with {done.returncode}")
        answered: dict[str, Any] = json.loads(done.stdout)
        return answered

    return answer
