"""The Python package is released with everything else: under the same version, built with what is pinned."""

import re
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from devtools import distribution, environment, python_package
from devtools.project import ROOT, SCRIPTS

PROJECT = (ROOT / python_package.FOLDER / "pyproject.toml").read_text()


class PythonPackageTest(unittest.TestCase):
    def test_version_is_that_of_the_poms(self):
        pom = re.search(r"^  <version>(.*)</version>$", (ROOT / "pom.xml").read_text(), re.MULTILINE)[1]

        # As PEP 440 writes what Maven calls a snapshot.
        self.assertIn(f'\nversion = "{pom.replace("-SNAPSHOT", ".dev0")}"\n', PROJECT)

    def test_it_is_built_with_what_is_pinned(self):
        pinned = (SCRIPTS / "lib" / "wheel-requirements.in").read_text().splitlines()[-1]

        self.assertIn(f'requires = ["{pinned}"]', PROJECT)

    def test_pins_have_hashes(self):
        for venv in (environment.WHEEL, environment.PACKAGE):
            for package in venv.pinned_by.read_text().replace("\\\n", "").splitlines():
                if "==" in package:
                    self.assertIn("--hash=sha256:", package)

    def test_wheel_and_sources_are_released(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "sources"
            (root / python_package.BUILT).mkdir(parents=True)
            (root / "template.yaml").write_text("Resources: {}\n")
            for name in ("partition_fan_in-1.0-py3-none-any.whl", "partition_fan_in-1.0.tar.gz", ".gitignore"):
                (root / python_package.BUILT / name).touch()
            for module in distribution.MODULES:
                (root / module / "target").mkdir(parents=True)
                (root / module / "target" / f"{module}-sbom.json").touch()

            distribution._fill(Path(folder) / "dist", root)

            names = {path.name for path in (Path(folder) / "dist").iterdir()}
        self.assertLessEqual({"partition_fan_in-1.0-py3-none-any.whl", "partition_fan_in-1.0.tar.gz"}, names)
        self.assertNotIn(".gitignore", names)

    def test_tests_and_types_are_checked(self):
        with mock.patch.object(python_package.suites, "run_logged") as run:
            python_package.checks({})[0].check()

        self.assertIn("mypy", run.call_args[0][0])


if __name__ == "__main__":
    unittest.main()
