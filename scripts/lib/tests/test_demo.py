"""The demo's own steps; only running it shows that it works as a whole."""

import contextlib
import io
import unittest
from unittest import mock

from botocore.exceptions import ClientError

from devtools import demo, removal
from devtools.demo import Demo
from devtools.errors import CliError


class DemoTest(unittest.TestCase):
    def test_an_execution_is_named_by_what_fanin_prints(self):
        self.assertEqual("flights-1", demo.execution("Building\nExecution flights-1\n  Detect new partitions\n"))

    def test_another_exit_code_than_expected_ends_it(self):
        with self.assertRaisesRegex(CliError, "fanin run was to end with exit code 1, and ended with exit code 0"):
            self._expect(["analytics.flights\n"], 0, 1)

    def test_other_counts_than_promised_end_it_with_the_cause(self):
        printed = [
            "analytics.flights is PARTIAL: 22 registered, 2 outstanding.\n",
            "  dt=2013-02-08/hour=17\n",
            "    Truncated: object flights/a ended in the middle of the gzip stream\n",
            "  dt=2013-02-08/hour=18\n",
            "    Lambda.ServiceException: the processor gave no answer\n",
            "Periods without any prefix (5):\n",
            "  2013-02-09T05:00 to 2013-02-09T09:00\n",
        ]
        with self.assertRaises(CliError) as caught:
            self._expect(printed, 1, 1, "analytics.flights is PARTIAL: 23 registered, 1 outstanding.")

        self.assertEqual(1, caught.exception.exit_code)
        self.assertEqual(
            "fanin run was to end with 'analytics.flights is PARTIAL: 23 registered, 1 outstanding.', and ended with"
            " 'analytics.flights is PARTIAL: 22 registered, 2 outstanding.'\n"
            "  dt=2013-02-08/hour=18: Lambda.ServiceException: the processor gave no answer",
            caught.exception.message,
        )

    def test_the_right_counts_with_another_exit_code_end_it_too(self):
        held = "analytics.flights is PARTIAL: 23 registered, 1 outstanding."
        with self.assertRaisesRegex(CliError, "fanin run was to end with exit code 1, and ended with exit code 2"):
            self._expect([f"{held}\n", "    a line that belongs to no partition\n"], 2, 1, held)

    def test_what_was_promised_goes_on(self):
        held = "analytics.flights is PARTIAL: 23 registered, 1 outstanding."
        self.assertEqual(f"{held}\n", self._expect([f"{held}\n"], 1, 1, held))

    def test_other_partitions_than_promised_end_it(self):
        glue = mock.Mock()
        glue.get_paginator.return_value.paginate.return_value = [{"Partitions": [{"Values": ["2013-02-08", "10"]}]}]
        with (
            contextlib.redirect_stdout(io.StringIO()),
            self.assertRaisesRegex(CliError, "1 partitions are registered, and 24 were to be"),
        ):
            Demo(mock.Mock(), glue)._show_partitions()

    def _expect(self, printed: list[str], ended: int, expected: int, shows: str = "") -> str:
        process = mock.Mock(stdout=printed, returncode=ended)
        process.wait.return_value = ended
        with (
            mock.patch("subprocess.Popen", return_value=process),
            contextlib.redirect_stdout(io.StringIO()),
        ):
            return Demo(mock.Mock(), mock.Mock())._expect(expected, "run", "samples/flights.json", shows=shows)

    def test_at_its_end_all_tables_with_a_spec_are_run(self):
        s3, glue = mock.Mock(), mock.Mock()
        glue.get_table.side_effect = ClientError({"Error": {"Code": "EntityNotFoundException"}}, "GetTable")
        partitions = [{"Values": ["2013-02-08", str(hour)]} for hour in range(24)]
        glue.get_paginator.return_value.paginate.return_value = [{"Partitions": partitions}]
        walk = Demo(s3, glue)

        with (
            mock.patch.object(Demo, "_expect", autospec=True, return_value="Execution flights-1\n") as expect,
            mock.patch("devtools.demo.shown", side_effect=lambda path: path.name),
            contextlib.redirect_stdout(io.StringIO()),
        ):
            self.assertEqual(0, walk.run())

        put = {call.kwargs["Key"] for call in s3.put_object.call_args_list}
        self.assertIn("flights/dt=2013-02-08/hour=17/flights.json.gz", put)
        self.assertIn("weather/2013/02/08/23/weather.csv.gz", put)
        self.assertEqual(
            [
                mock.call(walk, 0, "apply", "flights.json", "weather.json"),
                mock.call(walk, 0, "run", "--all", shows="COMPLETE (1 COMPLETE, 1 NOTHING_NEW)"),
                mock.call(walk, 0, "status"),
            ],
            expect.call_args_list[-3:],
        )

    def test_it_stops_where_the_table_is_partial(self):
        s3, glue = mock.Mock(), mock.Mock()
        glue.get_table.side_effect = ClientError({"Error": {"Code": "EntityNotFoundException"}}, "GetTable")
        printed = io.StringIO()

        with (
            mock.patch.object(Demo, "_expect", autospec=True, return_value="Execution flights-1\n") as expect,
            contextlib.redirect_stdout(printed),
        ):
            self.assertEqual(0, Demo(s3, glue).run(stops_partial=True))

        self.assertEqual(["run", "status", "explain"], [call.args[2] for call in expect.call_args_list])
        self.assertIn("awslocal s3 cp", printed.getvalue())
        self.assertIn("fanin console --open", printed.getvalue())

    def test_a_table_that_it_has_left_partial_is_shown_with_what_to_do(self):
        glue = mock.Mock()
        glue.get_table.return_value = {"Table": {"Parameters": {"fanin.status": "PARTIAL"}}}
        s3, printed = mock.Mock(), io.StringIO()

        with (
            mock.patch.object(Demo, "_expect", autospec=True, return_value="") as expect,
            contextlib.redirect_stdout(printed),
        ):
            self.assertEqual(0, Demo(s3, glue).run())

        self.assertEqual(["status"], [call.args[2] for call in expect.call_args_list])
        s3.put_object.assert_not_called()
        self.assertIn("awslocal s3 cp", printed.getvalue())
        self.assertIn("start over", printed.getvalue())

    def test_all_tables_are_deleted_when_it_starts_over(self):
        glue = mock.Mock()
        walk = Demo(mock.sentinel.s3, glue)

        with mock.patch.object(removal, "delete_objects") as delete, contextlib.redirect_stdout(io.StringIO()):
            walk.reset()

        for table in ("flights", "flights_parquet", "flights_delays", "weather"):
            glue.delete_table.assert_any_call(DatabaseName="analytics", Name=table)
            self.assertIn(mock.call(mock.sentinel.s3, "lake", f"{table}/"), delete.call_args_list)
            self.assertIn(mock.call(mock.sentinel.s3, "lake", f"specs/analytics/{table}.json"), delete.call_args_list)


if __name__ == "__main__":
    unittest.main()
