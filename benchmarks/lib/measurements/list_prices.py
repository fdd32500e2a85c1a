"""What requests cost, by the list prices that the model has: see ``io.fanin.model.cost.Prices``."""

from __future__ import annotations

import json
from functools import cache

from devtools.project import ROOT
from measurements.request_log import Requests

FILE = ROOT / "model" / "src" / "main" / "resources" / "io" / "fanin" / "model" / "cost" / "prices.json"
LISTS_AND_PUTS = frozenset(
    {
        "ListObjects",
        "ListObjectsV2",
        "PutObject",
        "CopyObject",
        "CreateMultipartUpload",
        "UploadPart",
        "UploadPartCopy",
        "CompleteMultipartUpload",
    }
)
FREE = frozenset({"DeleteObject", "DeleteObjects", "AbortMultipartUpload"})
"""Of S3, as in ``Prices``, which knows no ListObjects: the project does not send it."""


@cache
def prices() -> dict:
    return json.loads(FILE.read_text(encoding="utf-8"))


def of_requests(requests: Requests) -> float:
    """In dollars."""
    return sum(_of_request(*request.split(" ", 1)) * count for request, count in requests.items())


def _of_request(service: str, operation: str) -> float:
    if service == "Glue":
        return prices()["glueRequest"]
    if operation in LISTS_AND_PUTS:
        return prices()["s3ListOrPut"]
    return 0 if operation in FREE else prices()["s3Get"]
