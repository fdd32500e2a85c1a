from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import unittest
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import yaml
from support import LOCALSTACK, temporary_folder

from fanin_localstack import glue_rules as rules


class GlueRulesTest(unittest.TestCase):
    def refused(self, code: str, message: str, call: Callable[[], object]) -> None:
        with self.assertRaisesRegex(rules.GlueRuleError, message) as raised:
            call()
        self.assertEqual(code, raised.exception.code)

    def test_docker_has_the_limits_beside_the_package(self) -> None:
        compose = yaml.safe_load((LOCALSTACK / "compose.yaml").read_text())
        mounted = {
            PurePosixPath(bind["target"]): bind["source"] for bind in compose["services"]["localstack"]["volumes"]
        }
        package = next(target for target in mounted if target.name == "fanin_localstack")

        limits = mounted[package.parent / rules.IN_DOCKER.name]

        self.assertEqual(rules.IN_REPOSITORY, (LOCALSTACK / limits).resolve())

    def test_limits_beside_the_package_are_those_that_hold(self) -> None:
        with temporary_folder() as folder:
            package = Path(folder, "fanin_localstack")
            package.mkdir()
            shutil.copy(rules.__file__, package)
            limits = json.loads(rules.IN_REPOSITORY.read_text())
            Path(folder, rules.IN_DOCKER.name).write_text(json.dumps({**limits, "segments": 7}))
            code = "from fanin_localstack import glue_rules; print(glue_rules.MAX_SEGMENTS)"

            printed = subprocess.run(
                [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
            )

        self.assertEqual("7", printed.stdout.strip())

    def test_a_batch_may_be_full_but_not_larger(self) -> None:
        rules.check_batch_size("partitionInputList", [0] * 100, rules.MAX_BATCH_CREATE)
        self.refused(
            "ValidationException",
            "'partitionInputList' .* less than or equal to 100",
            lambda: rules.check_batch_size("partitionInputList", [0] * 101, rules.MAX_BATCH_CREATE),
        )

    def test_a_table_is_created_with_at_most_three_indexes_of_its_keys(self) -> None:
        keys = [{"Name": "year", "Type": "int"}, {"Name": "month", "Type": "int"}]
        index = {"IndexName": "year", "Keys": ["year"]}

        self.assertEqual(
            [{"IndexName": "year", "Keys": [{"Name": "year", "Type": "int"}], "IndexStatus": "ACTIVE"}],
            rules.partition_indexes([index], keys),
        )
        self.refused("ValidationException", "partitionIndexes", lambda: rules.partition_indexes([index] * 4, keys))
        self.refused(
            "InvalidInputException",
            "day",
            lambda: rules.partition_indexes([{"IndexName": "day", "Keys": ["day"]}], keys),
        )

    def test_a_value_has_1_to_1024_characters(self) -> None:
        rules.check_values("values", ["a", "b" * 1024])
        for values in (["a", ""], ["b" * 1025]):
            self.refused(
                "ValidationException", "at 'values'", lambda values=values: rules.check_values("values", values)
            )

    def test_there_are_as_many_values_as_keys(self) -> None:
        rules.check_value_count(["a", "b"], 2)
        for values in ([], ["a"], ["a", "b", "c"]):
            self.refused(
                "InvalidInputException",
                "number of partition keys",
                lambda values=values: rules.check_value_count(values, 2),
            )

    def test_an_empty_expression_filters_nothing(self) -> None:
        self.assertIsNone(rules.check_expression(""))
        self.assertIsNone(rules.check_expression(None))
        self.assertEqual("a='b'", rules.check_expression("a='b'"))
        self.refused("ValidationException", "2048", lambda: rules.check_expression("x" * 2049))

    def test_an_expression_compares_keys_of_the_table(self) -> None:
        keys = ["dt", "Hour", "index"]
        for expression in (
            None,
            "dt >= '2013' AND (hour > 7 OR (hour in (7, 8)))",
            "dt = 'index = 1' and HOUR not in (1)",
            "dt = 'it''s index = 1' OR (dt) is not null",
            "not dt like 'a%' and dt between 'a' and 'b'",
        ):
            rules.check_names(expression, keys)
        for expression in ("index = 'a'", "dt = 'a' AND Index<>'b'", "index is null", "index NOT IN ('a')"):
            self.refused("InvalidInputException", "Unsupported", lambda e=expression: rules.check_names(e, keys))
        for expression in ("day = 1", "dt = 'a' OR minute IN (1)", "(day) >= 2"):
            self.refused("InvalidInputException", "Invalid", lambda e=expression: rules.check_names(e, keys))

    def test_names_get_the_case_of_the_keys_and_literals_stay(self) -> None:
        self.assertIsNone(rules.in_case_of_keys(None, ["dt"]))
        self.assertEqual(
            "dt = 'DT = ''HOUR''' AND Hour > 7 OR DTS = 1",
            rules.in_case_of_keys("DT = 'DT = ''HOUR''' AND HOUR > 7 OR DTS = 1", ["dt", "Hour"]),
        )

    def test_only_the_current_version_can_be_updated(self) -> None:
        rules.check_version(None, "4")
        rules.check_version("4", "4")
        self.refused("ConcurrentModificationException", "concurrent", lambda: rules.check_version("3", "4"))

    def test_every_partition_is_in_exactly_one_segment(self) -> None:
        partitions = [[f"2013-02-{day:02}", f"{hour:02}"] for day in range(1, 29) for hour in range(24)]
        for total in range(1, rules.MAX_SEGMENTS + 1):
            segments = [{"SegmentNumber": number, "TotalSegments": total} for number in range(total)]
            for segment in segments:
                rules.check_segment(segment)
            for values in partitions:
                self.assertEqual(1, sum(rules.in_segment(values, segment) for segment in segments))

    def test_segments_have_limits(self) -> None:
        for number, total, code in (
            (0, 11, "ValidationException"),
            (0, 0, "ValidationException"),
            (3, 3, "InvalidInputException"),
            (-1, 3, "ValidationException"),
        ):
            segment = {"SegmentNumber": number, "TotalSegments": total}
            self.refused(code, "", lambda segment=segment: rules.check_segment(segment))

    def test_pages_hold_every_item_once_whatever_is_created_or_deleted_between_them(self) -> None:
        seed = random.randrange(1 << 30)
        chance = random.Random(seed)
        items = {str(number) for number in range(300)}
        staying = set(chance.sample(sorted(items), 200))
        seen: list[str] = []
        token = None
        while True:
            request = {"MaxResults": 7, "NextToken": token}
            found, token = rules.page(sorted(items), lambda item: rules.partition_order([item]), request, 1000)
            seen += found
            if token is None:
                break
            items -= set(chance.sample(sorted(items - staying), min(2, len(items - staying))))
            items.add(f"new-{len(seen)}")
        self.assertEqual(len(seen), len(set(seen)), f"seed {seed}")
        self.assertLessEqual(staying, set(seen), f"seed {seed}")

    def test_a_page_that_takes_the_rest_has_no_token(self) -> None:
        self.assertEqual((["a", "b"], None), rules.page(["b", "a"], str, {"MaxResults": 2}, 1000))
        self.assertEqual(([], None), rules.page([], str, {}, 1000))

    def test_page_sizes_and_tokens_are_checked(self) -> None:
        for size in (0, 1001):
            request = {"MaxResults": size}
            self.refused(
                "ValidationException", "maxResults", lambda request=request: rules.page([], str, request, 1000)
            )
        self.refused("InvalidInputException", "token", lambda: rules.page([], str, {"NextToken": "?"}, 1000))


if __name__ == "__main__":
    unittest.main()
