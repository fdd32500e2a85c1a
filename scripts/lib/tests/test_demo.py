"""The demo's own steps; only running it shows that it works as a whole."""

import contextlib
import io
import unittest
from unittest import mock

from botocore.exceptions import ClientError

from fanin_cli import demo, removal
from fanin_cli.demo import Demo
from fanin_cli.errors import CliError


class DemoTest(unittest.TestCase):
    def test_an_execution_is_named_by_what_fanin_prints(self):
        self.assertEqual("flights-1", demo.execution("Building\nExecution flights-1\n  Detect new partitions\n"))

    def test_another_exit_code_than_expected_ends_it(self):
        process = mock.Mock(stdout=["analytics.flights is COMPLETE\n"], returncode=0)
        process.wait.return_value = 0
        with (
            mock.patch("subprocess.Popen", return_value=process),
            contextlib.redirect_stdout(io.StringIO()),
            self.assertRaisesRegex(CliError, "fanin run ended with 0, and the demo expected 1"),
        ):
            Demo(mock.Mock(), mock.Mock())._expect(1, "run", "samples/flights.json")

    def test_at_its_end_all_tables_with_a_spec_are_run(self):
        s3, glue = mock.Mock(), mock.Mock()
        glue.get_table.side_effect = ClientError({"Error": {"Code": "EntityNotFoundException"}}, "GetTable")
        glue.get_paginator.return_value.paginate.return_value = []
        walk = Demo(s3, glue)

        with (
            mock.patch.object(Demo, "_expect", autospec=True, return_value="Execution flights-1\n") as expect,
            mock.patch("fanin_cli.demo.shown", side_effect=lambda path: path.name),
            contextlib.redirect_stdout(io.StringIO()),
        ):
            self.assertEqual(0, walk.run())

        put = {call.kwargs["Key"] for call in s3.put_object.call_args_list}
        self.assertIn("flights/dt=2013-02-08/hour=17/flights.json.gz", put)
        self.assertIn("weather/2013/02/08/23/weather.csv.gz", put)
        self.assertEqual(
            [
                mock.call(walk, 0, "apply", "flights.json", "weather.json"),
                mock.call(walk, 0, "run", "--all"),
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
