"""The settings of the Trino that is a peer."""

import unittest
from pathlib import Path
from unittest import mock

from devtools.endpoint import Endpoint
from devtools.project import ROOT
from measurements import trino

TESTS = ROOT / "state-machine/src/test/java/io/fanin/statemachine/it/Trino.java"


class SettingsTest(unittest.TestCase):
    """Those of the tests that read with Trino, so that one server is known to work where the other does."""

    def test_server_and_catalog_have_the_settings_of_the_tests(self) -> None:
        java = TESTS.read_text(encoding="utf-8")
        endpoint = Endpoint("http://127.0.0.1:4566", "us-east-1")
        for name in [*trino.server(1, Path("/")), *trino.catalog(endpoint)]:
            self.assertIn(f'"{name}"', java)

    def test_only_the_emulator_is_in_the_catalog(self) -> None:
        catalog = trino.catalog(Endpoint("http://127.0.0.1:4566", "us-east-1"))

        self.assertEqual("http://127.0.0.1:4566", catalog["hive.metastore.glue.endpoint-url"])
        self.assertEqual("http://127.0.0.1:4566", catalog["s3.endpoint"])


class StartingTest(unittest.TestCase):
    def test_a_server_that_never_gets_ready_is_not_waited_for_without_end(self) -> None:
        error = trino.TrinoError(f"{trino.NO_NODES}: No nodes available")
        with (
            mock.patch.object(trino.Trino, "_rows", side_effect=error),
            mock.patch.object(trino, "START_SECONDS", 0.05),
            mock.patch.object(trino, "PAUSE_SECONDS", 0.01),
            self.assertRaises(trino.TrinoError),
        ):
            trino.Trino(1).rows("SELECT 1")


if __name__ == "__main__":
    unittest.main()
