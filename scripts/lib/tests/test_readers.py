"""When the tests with Trino run."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from devtools import readers
from devtools.errors import CliError

VERSION = readers._declared("trino.version", (readers.ROOT / "pom.xml").read_text())


class ReadersTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.repository = Path(folder.name) / "repository"
        self.java = Path(folder.name) / "jdk"
        self.java.mkdir()
        self.java_is("25.0.1")

    def java_is(self, version: str) -> None:
        (self.java / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')

    def cache(self, name: str, suffix: str) -> None:
        folder = self.repository / "io" / "trino" / name / VERSION
        folder.mkdir(parents=True)
        (folder / f"{name}-{VERSION}.{suffix}").touch()

    def cache_all(self) -> None:
        self.cache("trino-server-core", "tar.gz")
        self.cache("trino-hive", "zip")
        self.cache("trino-jdbc", "jar")

    def options(self, ci: str = "") -> tuple[list[str], str]:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), mock.patch.dict(os.environ, CI=ci):
            return readers.maven_options(self.java, self.repository), said.getvalue()

    def test_they_run_where_everything_is_at_hand(self) -> None:
        self.cache_all()
        self.assertEqual((["-Preaders"], ""), self.options())

    def test_nothing_is_fetched_for_them(self) -> None:
        self.cache("trino-hive", "zip")
        options, said = self.options()
        self.assertEqual([], options)
        self.assertIn(f"trino-server-core, trino-jdbc {VERSION} are not in", said)
        self.assertIn("mvn -Preaders verify", said)

    def test_a_pom_without_its_archive_is_not_enough(self) -> None:
        self.cache("trino-server-core", "pom")
        self.assertEqual([], self.options()[0])

    def test_an_older_java_cannot_run_trino(self) -> None:
        self.cache_all()
        self.java_is("21.0.5")
        options, said = self.options()
        self.assertEqual([], options)
        self.assertIn("Trino needs Java 24 or later", said)

    def test_continuous_integration_fetches_what_is_missing(self) -> None:
        self.assertEqual((["-Preaders"], ""), self.options(ci="true"))

    def test_continuous_integration_fails_where_they_cannot_run(self) -> None:
        self.java_is("21.0.5")
        with self.assertRaisesRegex(CliError, "Trino needs Java 24 or later"):
            self.options(ci="true")


if __name__ == "__main__":
    unittest.main()
