"""How the figures of data of several shapes are told."""

import contextlib
import io
import unittest
from unittest import mock

from devtools.errors import CliError
from measurements import shapes
from measurements.fresh import Cost, Process, Program, RowsError
from measurements.shapes import FUNCTION, PEER, SHAPES, Shape

PYARROW = "pyarrow in Python"


def process(fresh: float, later: float) -> Process:
    return Process(Cost(fresh, fresh), Cost(later, later), Cost(later, later))


def shape(fresh: float = 1.0, later: float = 1.0) -> Shape:
    return Shape(
        processes={FUNCTION: [process(fresh, later)] * 2, PEER: [process(1.0, 1.0)] * 2},
        digests={FUNCTION: {"a": "1", "b": "2"}, PEER: {"a": "1", "b": "2"}},
    )


class ShowTest(unittest.TestCase):
    def shown(self, measured: dict[str, Shape]) -> tuple[int, str]:
        with contextlib.redirect_stdout(io.StringIO()) as output:
            return shapes.show(measured), output.getvalue()

    def test_the_worst_shape_is_told(self) -> None:
        code, output = self.shown({"fresh_large": shape(1.5, 1.0), "fresh_logs": shape(1.0, 1.3)})

        self.assertEqual(0, code)
        self.assertIn("the worst fresh 1.50, third call on 1.30; the median fresh 1.25, third call on 1.15", output)

    def test_a_goal_that_is_missed_is_no_failure_and_a_bound_is(self) -> None:
        code, output = self.shown({"fresh_large": shape(1.8, 1.0)})
        self.assertEqual((0, 1), (code, output.count("goal NOT met")))

        self.assertEqual(1, self.shown({"fresh_large": shape(4.0, 1.0)})[0])

    def test_columns_with_other_values_are_named(self) -> None:
        measured = shape()
        measured.digests[PYARROW] = {"a": "1", "b": "3"}
        measured.failures["awswrangler in Python"] = "out of memory"
        measured.wrong[PEER] = "7 rows instead of 6"

        output = self.shown({"fresh_large": measured})[1]

        self.assertIn("awswrangler in Python: out of memory; duckdb in Python: 7 rows instead of 6; ", output)
        self.assertIn(f"{PYARROW}: b |", output)

    def test_without_the_peer_nothing_is_compared(self) -> None:
        measured = shape()
        del measured.processes[PEER]

        code, output = self.shown({"fresh_large": measured})

        self.assertEqual(0, code)
        self.assertIn("| not measured | not measured | 1.00, 1.00 | - |", output)


class MeasureTest(unittest.TestCase):
    """Peers may fail; the function may not."""

    def measured(self, failing: str, error: CliError, where: str) -> dict[str, Shape]:
        server = mock.MagicMock()
        server.__enter__.return_value.check.side_effect = lambda _, name: self.raised(failing, error, name, where)
        programs = {name: Program(name, []) for name in (FUNCTION, PEER)}

        def run(program: Program, *_: object) -> Process:
            if where == "run" and program.name == failing:
                raise error
            return process(1.0, 1.0)

        with (
            mock.patch.object(shapes.fresh, "server_of", return_value=server),
            mock.patch.object(shapes.fresh, "functions", return_value=[programs[FUNCTION]]),
            mock.patch.object(shapes.fresh, "peers", return_value=[programs[PEER]]),
            mock.patch.object(shapes.fresh, "run", side_effect=run),
            contextlib.redirect_stdout(io.StringIO()),
        ):
            return shapes.measure(None, None, "")

    @staticmethod
    def raised(failing: str, error: CliError, name: str, where: str) -> dict[str, str]:
        if where == "check" and name == failing:
            raise error
        return {"a": "1"}

    def test_a_peer_that_fails_is_left_out(self) -> None:
        measured = self.measured(PEER, CliError("x failed:\n  | no such type"), "run")

        self.assertEqual({PEER: "no such type"}, measured["fresh_logs"].failures)
        self.assertEqual([FUNCTION], list(measured["fresh_logs"].processes))

    def test_a_peer_with_other_rows_is_measured_and_told(self) -> None:
        measured = self.measured(PEER, RowsError(PEER, {"hour=0": 2}, {"hour=0": 3}), "check")

        self.assertEqual({PEER: "3 rows instead of 2"}, measured["fresh_logs"].wrong)
        self.assertEqual(shapes.ROUNDS, len(measured["fresh_logs"].processes[PEER]))

    def test_the_function_must_not_fail(self) -> None:
        for where in ("run", "check"):
            with self.subTest(where), self.assertRaises(CliError):
                self.measured(FUNCTION, RowsError(FUNCTION, {}, {}), where)

    def test_every_shape_is_measured(self) -> None:
        self.assertEqual(list(SHAPES), list(self.measured("nobody", CliError(""), "run")))


if __name__ == "__main__":
    unittest.main()
