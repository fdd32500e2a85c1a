from __future__ import annotations

import json
import time
import unittest

from served import cannot_run_java, client, create_probe

JAVA_MISSING = cannot_run_java()


@unittest.skipIf(JAVA_MISSING, JAVA_MISSING)
class ServedFunctionTest(unittest.TestCase):
    def test_published_versions_answer_through_their_alias(self) -> None:
        for runtime in ("java21", "java25"):
            with self.subTest(runtime):
                function = create_probe(runtime)
                started = time.monotonic()
                answer = client("lambda").invoke(FunctionName=function, Qualifier="live", Payload=b"{}")
                seconds = time.monotonic() - started

                content = json.loads(answer["Payload"].read())
                self.assertEqual(("1", "1"), (answer["ExecutedVersion"], content["version"]))
                self.assertEqual("hello", content["greeting"])
                self.assertTrue(content["endpoint"].startswith("http://127.0.0.1:"), content["endpoint"])
                self.assertLess(seconds, 10)

    def test_a_changed_function_and_its_older_version_both_answer(self) -> None:
        function = create_probe("java21")
        functions = client("lambda")
        functions.update_function_configuration(
            FunctionName=function, Environment={"Variables": {"GREETING": "changed"}}
        )
        functions.get_waiter("function_updated_v2").wait(FunctionName=function, WaiterConfig={"Delay": 1})
        time.sleep(1)  # What belonged to the version before is removed in the background.

        for qualifier, greeting in (("$LATEST", "changed"), ("live", "hello")):
            answer = functions.invoke(FunctionName=function, Qualifier=qualifier, Payload=b"{}")
            self.assertEqual(greeting, json.loads(answer["Payload"].read()).get("greeting"))

    def test_what_a_function_writes_is_in_its_log_group(self) -> None:
        function = create_probe("java21")
        client("lambda").invoke(FunctionName=function, Qualifier="live", Payload=b'"throw"')
        deadline = time.monotonic() + 10
        messages = ""
        while "REPORT" not in messages and time.monotonic() < deadline:
            time.sleep(0.2)
            events = client("logs").filter_log_events(logGroupName=f"/aws/lambda/{function}")["events"]
            messages = "".join(event["message"] for event in events)

        for expected in ('Got "throw"', "ProbeException: thrown as asked", "START RequestId", "REPORT RequestId"):
            self.assertIn(expected, messages)

    def test_a_handler_that_does_not_exist_is_reported_by_name(self) -> None:
        function = create_probe("java21", Handler="Nope::handleRequest")

        answer = client("lambda").invoke(FunctionName=function, Qualifier="live", Payload=b"{}")

        self.assertEqual("java.lang.ClassNotFoundException", json.loads(answer["Payload"].read())["errorType"])


if __name__ == "__main__":
    unittest.main()
