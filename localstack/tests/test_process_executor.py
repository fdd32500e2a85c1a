from __future__ import annotations

import json
import os
import sys
import threading
import time
import unittest
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import LambdaRuntimeException
from support import FAKE_RUNTIME, temporary_folder

from fanin_localstack import process_executor
from fanin_localstack.java_runtime import RuntimeNotUsableError
from fanin_localstack.process_executor import ProcessRuntimeExecutor


class FakeJavaRuntime:
    """Starts the Python runtime; the function's handler selects the mode."""

    def command(self, handler: str, memory_mb: int, temporary_folder: Path, *_archive: Any) -> list[str]:
        return [sys.executable, str(FAKE_RUNTIME), handler]


class ProcessExecutorTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = temporary_folder()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for patch in (
            mock.patch.object(process_executor, "java_runtime", FakeJavaRuntime),
            mock.patch.object(process_executor.tempfile, "gettempdir", lambda: str(self.root)),
        ):
            patch.start()
            self.addCleanup(patch.stop)
        self.invocations = 0

    def executor(self, handler: str = "ok", timeout: int = 5, runtime: str = "java21") -> ProcessRuntimeExecutor:
        code = SimpleNamespace(get_unzipped_code_location=lambda: self.root)
        settings = SimpleNamespace(
            handler=handler, timeout=timeout, memory_size=512, runtime=runtime, code=code, layers=[]
        )
        version = SimpleNamespace(config=settings, id=SimpleNamespace(qualifier="7", function_name="probe"))
        executor = ProcessRuntimeExecutor("environment", version)
        self.addCleanup(executor.stop)
        return executor

    def started(self, handler: str = "ok", timeout: int = 5) -> ProcessRuntimeExecutor:
        executor = self.executor(handler, timeout)
        executor.start({"GREETING": "hello", "AWS_LAMBDA_FUNCTION_TIMEOUT": timeout})
        return executor

    def invoke(self, executor: ProcessRuntimeExecutor, **event: object) -> InvocationResult:
        self.invocations += 1
        return executor.invoke(
            {
                "invoke-id": f"request-{self.invocations}",
                "invoked-function-arn": "arn:aws:lambda:us-east-1:000000000000:function:probe",
                "payload": json.dumps(event),
                "trace-id": "Root=1-2-3",
            }
        )

    def pid(self, executor: ProcessRuntimeExecutor) -> int:
        return json.loads(self.invoke(executor).payload)["pid"]

    def test_one_process_answers_one_invocation_after_the_other(self) -> None:
        executor = self.started()

        result = self.invoke(executor)

        answer = json.loads(result.payload)
        self.assertFalse(result.is_error)
        self.assertEqual("request-1", answer["headers"]["Lambda-Runtime-Aws-Request-Id"])
        self.assertGreater(int(answer["headers"]["Lambda-Runtime-Deadline-Ms"]), time.time() * 1000)
        self.assertEqual(answer["pid"], self.pid(executor))

    def test_the_function_sees_its_own_environment_and_nothing_else(self) -> None:
        with mock.patch.dict(os.environ, {"HTTPS_PROXY": "http://proxy", "AWS_PROFILE": "production"}):
            env = json.loads(self.invoke(self.started()).payload)["env"]

        self.assertEqual("hello", env["GREETING"])
        self.assertEqual("5", env["AWS_LAMBDA_FUNCTION_TIMEOUT"])
        self.assertEqual("AWS_Lambda_java21", env["AWS_EXECUTION_ENV"])
        self.assertEqual(str(self.root), env["LAMBDA_TASK_ROOT"])
        self.assertNotEqual(os.environ["HOME"], env["HOME"])
        self.assertFalse({"HTTPS_PROXY", "AWS_PROFILE", "PYTHONPATH"} & env.keys())

    def test_a_wrapper_script_starts_the_runtime(self) -> None:
        script = self.root / "wrapper"
        script.write_text('#!/bin/sh\nulimit -S -d 2000000\nexport LIMIT=$(ulimit -S -d) COMMAND="$*"\nexec "$@"\n')
        script.chmod(0o755)

        env = json.loads(self.invoke(self.wrapped("/var/task/wrapper")).payload)["env"]

        self.assertEqual("2000000", env["LIMIT"])
        self.assertEqual(f"{sys.executable} {FAKE_RUNTIME} ok", env["COMMAND"])

    def test_a_wrapper_script_that_cannot_be_run_ends_the_runtime(self) -> None:
        (self.root / "plain").write_text("#!/bin/sh\n")
        for script, status in (("/var/task/plain", 126), ("/var/task/absent", 127)):
            result = self.invoke(self.wrapped(script))

            message = json.loads(result.payload)["errorMessage"]
            self.assertIn(f"Runtime exited with error: exit status {status}", message)

    def wrapped(self, script: str) -> ProcessRuntimeExecutor:
        executor = self.executor()
        executor.start({"AWS_LAMBDA_EXEC_WRAPPER": script})
        return executor

    def test_an_exception_keeps_its_name_and_the_process(self) -> None:
        executor = self.started()
        before = self.pid(executor)

        result = self.invoke(executor, do="fail")

        self.assertTrue(result.is_error)
        self.assertEqual("io.fanin.Broken", json.loads(result.payload)["errorType"])
        self.assertEqual(before, self.pid(executor))

    def test_the_log_of_an_invocation_includes_what_is_written_after_the_answer(self) -> None:
        executor = self.started()

        logs = self.invoke(executor, do="fail").logs

        self.assertRegex(logs, r"^START RequestId: request-1 Version: 7\nstarting with ok\ndoing fail\nstack trace")
        self.assertRegex(logs, r"END RequestId: request-1\nREPORT RequestId: request-1\tDuration: .*Init Duration: ")
        self.assertEqual(1, self.invoke(executor).logs.count("doing"))

    def test_a_function_that_takes_too_long_is_stopped_and_replaced(self) -> None:
        executor = self.started(timeout=1)
        before = self.pid(executor)

        result = self.invoke(executor, do="sleep")

        expected = {"errorType": "Sandbox.Timedout"}
        expected["errorMessage"] = "RequestId: request-2 Error: Task timed out after 1.00 seconds"
        self.assertEqual(expected, json.loads(result.payload))
        self.assertIn("request-2 Task timed out after 1.00 seconds", result.logs)
        self.assertNotEqual(before, self.pid(executor))
        self.assertRaises(ProcessLookupError, os.kill, before, 0)

    def test_a_function_that_exits_is_replaced(self) -> None:
        executor = self.started()
        for code, reason in ((1, "with error: exit status 1"), (0, "without providing a reason")):
            result = self.invoke(executor, do="exit", code=code)

            self.assertEqual("Runtime.ExitError", json.loads(result.payload)["errorType"])
            message = f"RequestId: {result.request_id} Error: Runtime exited {reason}"
            self.assertEqual(message, json.loads(result.payload)["errorMessage"])
        self.assertFalse(self.invoke(executor).is_error)

    def test_an_invocation_of_a_dead_process_gets_a_new_one(self) -> None:
        executor = self.started()
        self.invoke(executor, do="answer and exit later")
        time.sleep(0.5)

        self.assertFalse(self.invoke(executor).is_error)

    def test_a_function_that_cannot_be_loaded_tells_its_caller_why(self) -> None:
        executor = self.started("init-error")
        for _ in range(2):
            result = self.invoke(executor)

            self.assertTrue(result.is_error)
            self.assertEqual("java.lang.ClassNotFoundException", json.loads(result.payload)["errorType"])
            self.assertIn("starting with init-error", result.logs)

    def test_a_runtime_that_exits_before_it_is_ready_is_an_exit_error(self) -> None:
        result = self.invoke(self.started("init-exit"))

        self.assertIn("Runtime exited with error: exit status 3", json.loads(result.payload)["errorMessage"])

    def test_a_runtime_that_is_not_ready_in_time_is_an_environment_that_cannot_start(self) -> None:
        executor = self.executor("init-hang")
        with (
            mock.patch.object(process_executor.config, "LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", 0.2),
            self.assertRaisesRegex(LambdaRuntimeException, "Environment environment was not ready after 0.2 seconds"),
        ):
            executor.start({})

    def test_a_response_over_six_megabytes_is_refused(self) -> None:
        result = self.invoke(self.started(), do="large")

        self.assertEqual("Function.ResponseSizeTooLarge", json.loads(result.payload)["errorType"])

    def test_stopping_releases_a_running_invocation_and_leaves_nothing(self) -> None:
        executor = self.started(timeout=60)
        stopping = threading.Timer(0.3, executor.stop)
        stopping.start()

        with self.assertRaises(LambdaRuntimeException):
            self.invoke(executor, do="sleep")
        stopping.join()

        self.assertEqual([], list((self.root / "environments").iterdir()))

    def test_only_an_environment_that_has_answered_leaves_an_archive_of_its_classes(self) -> None:
        for events, leaves in (([], False), ([{"do": "fail"}], False), ([{"do": "fail"}, {}], True)):
            with self.subTest(events):
                start = mock.Mock(variables={}, command=lambda line: line((), ()))
                with mock.patch.object(ProcessRuntimeExecutor, "_archived_start", lambda _, start=start: start):
                    executor = self.started()
                for event in events:
                    self.invoke(executor, **event)
                executor.stop()
                self.assertEqual(leaves, start.end.called)

    def test_other_runtimes_are_refused_when_the_function_is_created(self) -> None:
        version = self.executor(runtime="python3.13").function_version

        with self.assertRaisesRegex(RuntimeNotUsableError, "probe has runtime python3.13"):
            ProcessRuntimeExecutor.prepare_version(version)


if __name__ == "__main__":
    unittest.main()
