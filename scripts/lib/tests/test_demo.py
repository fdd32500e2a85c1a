"""The demo's own steps; that it works as a whole is told by running it."""

import contextlib
import io
import unittest
from unittest import mock

from fanin_cli import demo
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
            Demo(mock.Mock(), mock.Mock(), "state")._expect(1, "run", "samples/flights.json")

    def test_all_tables_are_deleted_when_it_starts_over(self):
        glue = mock.Mock()
        walk = Demo(mock.Mock(), glue, "state")

        with mock.patch.object(Demo, "_delete", autospec=True) as delete, contextlib.redirect_stdout(io.StringIO()):
            walk.reset()

        for table in ("flights", "flights_parquet", "flights_delays"):
            glue.delete_table.assert_any_call(DatabaseName="analytics", Name=table)
            self.assertIn(mock.call(walk, "lake", f"{table}/"), delete.call_args_list)
            self.assertIn(mock.call(walk, "state", f"tables/analytics/{table}/"), delete.call_args_list)


if __name__ == "__main__":
    unittest.main()
