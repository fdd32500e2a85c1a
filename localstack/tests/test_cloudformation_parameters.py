from __future__ import annotations

import unittest
from typing import Any

from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack.cloudformation_parameters import violation


class ParameterConstraintsTest(unittest.TestCase):
    def refusal(self, value: Any, **declared: Any) -> str | None:
        return violation("State", {"Type": "String", **declared}, value)

    def test_only_allowed_values_are_taken(self) -> None:
        self.assertIsNone(self.refusal("ON", AllowedValues=["ON", "OFF"]))
        self.assertIsNone(self.refusal("30", Type="Number", AllowedValues=[1, 30]))
        self.assertIsNone(self.refusal("true", AllowedValues=[True, False]))
        self.assertEqual(
            "Parameter 'State' must be one of AllowedValues", self.refusal("on", AllowedValues=["ON", "OFF"])
        )

    def test_a_pattern_matches_the_whole_value(self) -> None:
        self.assertIsNone(self.refusal("abc", AllowedPattern="[a-c]+"))
        self.assertEqual("Parameter 'State' must match pattern [a-c]+", self.refusal("abcd", AllowedPattern="[a-c]+"))
        self.assertIsNotNone(self.refusal("abc\n", AllowedPattern="[a-c]+"))

    def test_lengths_and_ranges_are_kept(self) -> None:
        self.assertIsNone(self.refusal("abc", MinLength=3, MaxLength="3"))
        self.assertIn("at most 2 characters", str(self.refusal("abc", MaxLength=2)))
        self.assertIn("at least 4 characters", str(self.refusal("abc", MinLength=4)))
        self.assertIsNone(self.refusal("5", Type="Number", MinValue=5, MaxValue=5))
        self.assertIn("not less than 6", str(self.refusal("5", Type="Number", MinValue=6)))
        self.assertIn("not greater than 4", str(self.refusal("5", Type="Number", MaxValue=4)))

    def test_a_number_is_one(self) -> None:
        self.assertIsNone(self.refusal("-1.5", Type="Number", MinValue=-2))
        for text in ("ten", "nan", "", "1e3"):
            self.assertEqual("Parameter 'State' must be a number", self.refusal(text, Type="Number", MinValue=1))

    def test_the_template_says_what_was_expected(self) -> None:
        self.assertEqual(
            "Parameter State failed to satisfy constraint: must be on or off",
            self.refusal("?", AllowedPattern="on|off", ConstraintDescription="must be on or off"),
        )

    def test_other_types_are_left_to_the_emulator(self) -> None:
        self.assertIsNone(self.refusal("a,b", Type="CommaDelimitedList", AllowedValues=["a"]))


if __name__ == "__main__":
    unittest.main()
