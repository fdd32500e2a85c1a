"""Glue and Athena behind one HTTP endpoint, as far as dbt-athena uses them.

The emulator's Athena runs UNLOAD and nothing else. Here Athena answers the one query whose result matters, that of a
`loaded_at_query`, by reading the time in its text; every other statement succeeds without a result and is kept.
"""

from __future__ import annotations

import json
import re
import threading
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from zoneinfo import ZoneInfo

LOADED_AT = re.compile(r"timestamp '(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) ([^']+)' at time zone 'UTC'")
IDENTITY = (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
    "<Arn>arn:aws:iam::123456789012:user/dbt</Arn><UserId>dbt</UserId><Account>123456789012</Account>"
    "</GetCallerIdentityResult></GetCallerIdentityResponse>"
)


class FakeAws:
    """Has the tables' parameters by database and table, and keeps each statement that Athena was sent."""

    def __init__(self) -> None:
        self.tables: dict[tuple[str, str], dict[str, str]] = {}
        self.statements: list[str] = []
        self.requests: list[str] = []
        handler = type("Handler", (_Handler,), {"aws": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, operation: str, request: dict[str, Any]) -> dict[str, Any] | None:
        """The answer as JSON; None for a table that is not there."""
        self.requests.append(operation)
        if operation == "GetTable":
            return self._table(request["DatabaseName"], request["Name"])
        if operation == "GetTables":
            return {
                "TableList": [self._table(*name)["Table"] for name in self.tables if name[0] == request["DatabaseName"]]
            }
        if operation == "GetTableVersions":
            return {"TableVersions": []}
        if operation == "GetDatabases":
            return {"DatabaseList": [{"Name": database} for database in {name[0] for name in self.tables}]}
        if operation == "StartQueryExecution":
            self.statements.append(request["QueryString"])
            return {"QueryExecutionId": str(len(self.statements) - 1)}
        if operation == "GetQueryExecution":
            return {"QueryExecution": self._execution(request["QueryExecutionId"])}
        if operation == "GetQueryResults":
            return {"ResultSet": self._result(self.statements[int(request["QueryExecutionId"])])}
        if operation == "GetWorkGroup":
            return {
                "WorkGroup": {"Name": request["WorkGroup"], "Configuration": {"EnforceWorkGroupConfiguration": False}}
            }
        raise AssertionError(f"{operation} is not expected: {request}")

    def _table(self, database: str, table: str) -> dict[str, Any] | None:
        parameters = self.tables.get((database, table))
        if parameters is None:
            return None
        storage = {"Columns": [{"Name": "carrier", "Type": "string"}], "Location": f"s3://lake/{table}/"}
        return {
            "Table": {
                "Name": table,
                "DatabaseName": database,
                "TableType": "EXTERNAL_TABLE",
                "StorageDescriptor": storage,
                "Parameters": parameters,
            }
        }

    def _execution(self, number: str) -> dict[str, Any]:
        return {
            "QueryExecutionId": number,
            "Query": self.statements[int(number)],
            "StatementType": "DML" if LOADED_AT.search(self.statements[int(number)]) else "DDL",
            "Status": {"State": "SUCCEEDED", "SubmissionDateTime": 0, "CompletionDateTime": 0},
            "Statistics": {"DataScannedInBytes": 0},
            "ResultConfiguration": {"OutputLocation": f"s3://lake/athena/{number}.csv"},
        }

    @staticmethod
    def _result(statement: str) -> dict[str, Any]:
        found = LOADED_AT.search(statement)
        if not found:
            return {"Rows": [], "ResultSetMetadata": {"ColumnInfo": []}}
        loaded = datetime.fromisoformat(found[1]).replace(tzinfo=ZoneInfo(found[2])).astimezone(timezone.utc)
        values = {"max_loaded_at": loaded, "snapshotted_at": datetime.now(timezone.utc)}
        rows = [list(values), [f"{moment:%Y-%m-%d %H:%M:%S}.000" for moment in values.values()]]
        return {
            "Rows": [{"Data": [{"VarCharValue": value} for value in row]} for row in rows],
            "ResultSetMetadata": {"ColumnInfo": [_column(name) for name in values]},
        }


def _column(name: str) -> dict[str, Any]:
    kind = {"Type": "timestamp", "Precision": 3, "Scale": 0, "Nullable": "UNKNOWN", "CaseSensitive": False}
    return {"CatalogName": "hive", "SchemaName": "", "TableName": "", "Name": name, "Label": name, **kind}


class _Handler(BaseHTTPRequestHandler):
    aws: FakeAws

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        target = self.headers.get("X-Amz-Target")
        if target is None:
            self._send(200, IDENTITY, "text/xml")
            return
        answer = self.aws.answer(target.rpartition(".")[2], json.loads(body))
        if answer is None:
            self._send(400, json.dumps({"__type": "EntityNotFoundException", "message": "not found"}))
        else:
            self._send(200, json.dumps(answer))

    def _send(self, status: int, body: str, kind: str = "application/x-amz-json-1.1") -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Requests are not shown."""
