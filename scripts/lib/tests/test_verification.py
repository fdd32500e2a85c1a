"""What is tested where."""

import contextlib
import io
import os
import unittest
from unittest import mock

from fanin_cli.verification import without_node


class WithoutNodeTest(unittest.TestCase):
    def test_the_warehouse_is_left_out_and_it_is_told(self):
        options, told = self._without(None, {})

        self.assertEqual(["--projects", "!warehouse,!samples/warehouse"], options)
        self.assertIn("NOT TESTED", told)

    def test_everything_is_tested_where_node_is(self):
        self.assertEqual(([], ""), self._without("/usr/bin/node", {}))

    def test_continuous_integration_leaves_nothing_out(self):
        self.assertEqual(([], ""), self._without(None, {"CI": "true"}))

    def _without(self, node, variables):
        said = io.StringIO()
        with (
            contextlib.redirect_stdout(said),
            mock.patch("shutil.which", return_value=node),
            mock.patch.dict(os.environ, variables),
        ):
            if not variables:
                os.environ.pop("CI", None)
            return without_node(), said.getvalue()


if __name__ == "__main__":
    unittest.main()
