"""The demo's own steps; that it works as a whole is told by running it."""

import io
import unittest
from contextlib import redirect_stdout
from unittest import mock

from fanin_cli import tables
from fanin_cli.demo import CONVERTING_SPEC_FILE, SQL_SPEC_FILE, Demo
from fanin_cli.tables import TableName


class DemoTest(unittest.TestCase):
    def test_the_table_is_shown_with_its_record_and_its_executions(self):
        system = mock.Mock()
        demo = Demo(system, mock.Mock(), mock.Mock(), TableName("analytics", "flights"), mock.Mock(), mock.Mock())

        with mock.patch.object(tables, "show", autospec=True) as show:
            demo._show_table()

        show.assert_called_once_with(demo.name, demo.catalog, system.reports, system.executions)

    def test_all_tables_are_deleted_when_it_starts_over(self):
        system = mock.MagicMock()
        demo = Demo.of(system)

        with mock.patch.object(Demo, "_delete", autospec=True) as delete, redirect_stdout(io.StringIO()):
            demo.reset()

        self.assertEqual(CONVERTING_SPEC_FILE.stem, demo.converted.table)
        self.assertEqual(SQL_SPEC_FILE.stem, demo.delays.table)
        for table in ("flights", "flights_parquet", "flights_delays"):
            self.assertIn(mock.call(demo, "lake", f"{table}/"), delete.call_args_list)
            self.assertIn(
                mock.call(demo, system.reports.state_bucket, f"tables/analytics/{table}/"), delete.call_args_list
            )


if __name__ == "__main__":
    unittest.main()
