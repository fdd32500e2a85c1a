"""How the integrations of the Python package are tested."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

from devtools import integrations
from devtools.environment import AIRFLOW, DAGSTER, GREAT_EXPECTATIONS
from devtools.errors import CliError, NotAtHandError


class Clone:
    url = "http://127.0.0.1:1"

    def __init__(self):
        self.ran = []

    def run(self, script, log, *words):
        self.ran.append((script, *words))


class IntegrationsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.logs = Path(folder.name)
        self.patch(integrations.suites, "LOGS", self.logs)
        self.clone = Clone()
        self.started = []

    def patch(self, where, name, value):
        patcher = mock.patch.object(where, name, value)
        patcher.start()
        self.addCleanup(patcher.stop)

    def run_tests(self, command, log, what, variables):
        python = command[len(integrations.suites.LATER)]
        self.started.append((Path(python).parents[1].name, command[-1], variables["AWS_ENDPOINT_URL"]))
        (self.logs / log).write_text("..\nRan 2 tests in 1.0s\n\nOK\n")

    def test_each_library_is_tested_in_an_environment_of_its_own_on_one_emulator(self):
        installed = []
        self.patch(integrations.environment, "install", installed.append)
        self.patch(integrations.suites, "run_logged", self.run_tests)
        with mock.patch.object(integrations.environment.Venv, "is_ready", False):
            said = integrations.suite(self.clone, {}).check()

        self.assertEqual([AIRFLOW, DAGSTER, GREAT_EXPECTATIONS], installed)
        self.assertEqual([("up",)], self.clone.ran)
        self.assertEqual(
            [
                ("venv-airflow", "test_airflow*.py", Clone.url),
                ("venv-dagster", "test_dagster*.py", Clone.url),
                ("venv-great-expectations", "test_great_expectations*.py", Clone.url),
            ],
            self.started,
        )
        self.assertEqual("2 tests in airflow, 2 tests in dagster, 2 tests in great-expectations", said)

    def test_library_whose_tests_are_skipped_is_not_tested(self):
        self.patch(integrations.suites, "run_logged", self.skip_tests)
        with (
            mock.patch.object(integrations.environment.Venv, "is_ready", True),
            self.assertRaisesRegex(CliError, "2 tests were skipped"),
        ):
            integrations.suite(self.clone, {}).check()

    def skip_tests(self, command, log, what, variables):
        (self.logs / log).write_text("ss\nRan 2 tests in 1.0s\n\nOK (skipped=2)\n")

    def test_library_that_cannot_be_installed_is_not_at_hand(self):
        self.patch(integrations.environment, "install", mock.Mock(side_effect=CliError("no network", "see the log")))
        with (
            mock.patch.object(integrations.environment.Venv, "is_ready", False),
            self.assertRaisesRegex(NotAtHandError, "airflow cannot be installed: no network"),
        ):
            integrations.suite(self.clone, {}).check()
        self.assertEqual([], self.clone.ran)
