"""A Lambda runtime that does what its events say, so that the executor can be tested without a JVM.

Its argument is how it starts: ``ok``, ``init-error``, ``init-exit``, ``init-hang``.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.request

BASE = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime"


def post(path: str, body: object) -> None:
    request = urllib.request.Request(BASE + path, data=json.dumps(body).encode(), method="POST")
    try:
        urllib.request.urlopen(request).close()
    except urllib.error.HTTPError as e:
        e.close()


def main() -> None:
    start = sys.argv[1]
    print(f"starting with {start}", flush=True)
    if start == "init-error":
        post("/init/error", {"errorType": "java.lang.ClassNotFoundException", "errorMessage": "Class not found: Nope"})
        sys.exit(1)
    if start == "init-exit":
        sys.exit(3)
    if start == "init-hang":
        time.sleep(60)
    while True:
        with urllib.request.urlopen(BASE + "/invocation/next") as invocation:
            request_id = invocation.headers["Lambda-Runtime-Aws-Request-Id"]
            headers = dict(invocation.headers)
            event = json.loads(invocation.read())
        action = event.get("do", "answer")
        print(f"doing {action}", flush=True)
        if action == "answer":
            post(
                f"/invocation/{request_id}/response", {"pid": os.getpid(), "headers": headers, "env": dict(os.environ)}
            )
        elif action == "fail":
            post(f"/invocation/{request_id}/error", {"errorType": "io.fanin.Broken", "errorMessage": "as asked"})
            time.sleep(0.1)
            print("stack trace written after the answer", flush=True)
        elif action == "exit":
            os._exit(event["code"])
        elif action == "sleep":
            time.sleep(60)
        elif action == "large":
            post(f"/invocation/{request_id}/response", "x" * (7 * 1024 * 1024))
        elif action == "answer and exit later":
            post(f"/invocation/{request_id}/response", "done")
            if os.fork() == 0:
                time.sleep(0.3)
                os.kill(os.getppid(), 9)
                os._exit(0)


main()
