"""The scripts themselves, started as a person starts them."""

import errno
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from contextlib import redirect_stderr
from pathlib import Path
from unittest import mock

from devtools import __main__ as entry
from devtools import commands
from devtools.arguments import ALONE, PARSERS, parse, starts_emulator
from devtools.errors import CliError
from devtools.project import BENCHMARKS, DEFAULT_PORT, GIVEN, PLUGINS, SCRIPTS


class ScriptsTest(unittest.TestCase):
    def test_every_command_has_a_script_that_explains_itself_with_an_example(self):
        for command in PARSERS:
            with self.subTest(command):
                script = BENCHMARKS / "run" if command == "benchmarks" else SCRIPTS / command

                done = _run(script, "--help")

                self.assertEqual(0, done.returncode, done.stderr)
                self.assertIn("example:", done.stdout)

    def test_a_script_works_from_any_folder_through_links(self):
        with tempfile.TemporaryDirectory(prefix="with space ") as folder:
            first, second = Path(folder) / "first", Path(folder) / "second"
            first.symlink_to(SCRIPTS / "up")
            second.symlink_to("first")

            done = _run(second, "--help", cwd=folder)

            self.assertIn("usage: scripts/up", done.stdout)

    def test_a_misspelt_option_is_refused_before_anything_is_prepared(self):
        done = _run(SCRIPTS / "up", "--prot", "1")

        self.assertEqual(2, done.returncode)
        self.assertIn("--prot", done.stderr)

    def test_what_is_no_port_is_refused(self):
        for word in ("0", "99999", "abc", "-1"):
            with self.subTest(word):
                done = _run(SCRIPTS / "up", f"--port={word}")

                self.assertEqual(2, done.returncode)
                self.assertIn(f"'{word}' is no port: a number from 1 to 65535", done.stderr)

    def test_a_port_is_taken_where_the_environment_says_aws(self):
        with mock.patch.dict("os.environ", {"FANIN_AWS": "1"}):
            self.assertEqual((True, False), (parse(["deploy"]).aws, parse(["deploy", "--port", "4599"]).aws))

    def test_deploy_goes_to_localstack_on_a_port_or_to_aws(self):
        done = _run(SCRIPTS / "deploy", "--port", "4599", "--aws")

        self.assertEqual(2, done.returncode)
        self.assertIn("--port and --aws exclude each other", done.stderr)

    def test_deploy_refuses_what_it_would_pass_over(self):
        for words, why in (
            (["dev", "--stack", "other", "--delete"], "--stack and dev exclude each other"),
            (["--config-file", "samconfig.toml"], "--config-file is where an ENV stands"),
            (["dev", "--rollback", "--parameter", "A=1"], "--rollback and --delete take none"),
            (["--delete", "--parameter", "A=1"], "--rollback and --delete take none"),
        ):
            with self.subTest(words), redirect_stderr(io.StringIO()) as printed, self.assertRaises(SystemExit):
                parse(["deploy", *words])
            self.assertIn(why, printed.getvalue())

    def test_of_a_mistyped_parameter_its_name_alone_is_shown(self):
        """Its value may be a secret."""
        for mistyped, shown in (
            ("OpenLineageKey:s3cr3t", "'OpenLineageKey...'"),
            ("OpenLineageKey s3cr3t==", "'OpenLineageKey...'"),
            ("WebhookUrl\u00e9s3cr3t=", "'WebhookUrl...'"),
            ("=s3cr3t", "'...'"),
            ("", "''"),
            ("WebhookUrl", "'WebhookUrl'"),
        ):
            with self.subTest(mistyped), redirect_stderr(io.StringIO()) as printed, self.assertRaises(SystemExit):
                parse(["deploy", "--parameter", mistyped])
            self.assertIn(f"{shown} is not of the form KEY=VALUE", printed.getvalue())
            self.assertNotIn("s3cr3t", printed.getvalue())

    def test_a_parameter_has_all_that_follows_its_first_equals_sign(self):
        for word, pair in (("A1=b=c:d", ("A1", "b=c:d")), ("A1=", ("A1", "")), ("A1=two\nlines", ("A1", "two\nlines"))):
            with self.subTest(word):
                self.assertEqual([pair], parse(["deploy", "--parameter", word]).parameters)

    def test_deploy_names_its_stack(self):
        self.assertEqual("partition-fan-in", parse(["deploy"]).stack)
        self.assertEqual("other", parse(["deploy", "--stack", "other"]).stack)

    def test_what_the_machine_refuses_is_told_with_what_to_do(self):
        for number, advice in ((errno.ENOSPC, "make room on the disk"), (errno.EROFS, "yours to write")):
            refused = OSError(number, os.strerror(number), "/project/.local")
            with mock.patch.object(entry.early, "run", side_effect=refused), redirect_stderr(io.StringIO()) as printed:
                self.assertEqual(2, entry.main(["down"]))
            self.assertRegex(printed.getvalue(), f"(?s)^error: .*{os.strerror(number)}: '/project/.local'.*{advice}")

        with mock.patch.object(entry.early, "run", side_effect=FileNotFoundError(errno.ENOENT, "")):
            self.assertRaises(FileNotFoundError, entry.main, ["down"])

    def test_to_be_terminated_is_to_be_interrupted(self):
        self.addCleanup(signal.signal, signal.SIGTERM, signal.getsignal(signal.SIGTERM))
        printed = io.StringIO()

        with (
            mock.patch.object(entry.early, "run", side_effect=lambda _: signal.raise_signal(signal.SIGTERM)),
            redirect_stderr(printed),
        ):
            self.assertEqual(130, entry.main(["down"]))

        self.assertEqual("interrupted\n", printed.getvalue())

    def test_a_port_is_stronger_than_the_environments_endpoint(self):
        with mock.patch.dict(os.environ, {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}):
            self.assertFalse(starts_emulator(parse(["deploy", "dev"])))
            self.assertTrue(starts_emulator(parse(["deploy", "dev", "--port", "4599"])))
            self.assertFalse(starts_emulator(parse(["deploy", "--port", "4599"])))

            with (
                mock.patch.object(GIVEN, "port", DEFAULT_PORT),
                self.assertRaisesRegex(CliError, "http://localhost:1 "),
            ):
                commands.run(parse(["deploy", "--port", "1"]))

    def test_a_benchmark_that_does_not_exist_is_refused_before_anything_is_built(self):
        done = _run(BENCHMARKS / "run", "guessing")

        self.assertEqual(2, done.returncode)
        self.assertIn("there is no benchmark 'guessing'", done.stderr)

    def test_benchmarks_that_are_measured_alone_refuse_others(self):
        for alone in ALONE:
            with self.subTest(alone):
                done = _run(BENCHMARKS / "run", "convert", alone)

                self.assertEqual(2, done.returncode)
                self.assertIn(f"{alone} is measured alone", done.stderr)

    def test_fresh_processes_are_not_measured_without_taskset(self):
        with tempfile.TemporaryDirectory() as empty:
            done = _run(BENCHMARKS / "run", "fresh", environment={"PATH": _tools(empty)})

        self.assertEqual(2, done.returncode)
        self.assertIn("no taskset on the PATH", done.stderr)

    def test_benchmarks_name_what_the_machine_lacks(self):
        with tempfile.TemporaryDirectory() as empty:
            done = _run(BENCHMARKS / "run", environment={"PATH": _tools(empty), "FANIN_JAVA_HOME": empty})

        self.assertEqual(2, done.returncode)
        self.assertIn("2 things are missing", done.stderr)
        self.assertIn("No JDK 21 or newer", done.stderr)
        self.assertIn("no mvn on the PATH", done.stderr)


class LaunchTest(unittest.TestCase):
    """scripts/lib/launch in a clone whose package devtools says where it runs."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        package = self.root / "scripts" / "lib" / "devtools"
        package.mkdir(parents=True)
        shutil.copy(SCRIPTS / "lib" / "launch", package.parent)
        (package / "__main__.py").write_text("import shlex, sys\nprint(sys.prefix, *sys.path, sep='\\n')")

    def test_a_virtual_environment_whose_python_is_gone_is_passed_over(self):
        venv = self.root / ".local" / "venv-tools"
        (venv / "bin").mkdir(parents=True)
        (venv / "ready").touch()
        (venv / "bin" / "python").symlink_to("/nowhere/python3")

        done = self._launch()

        self.assertEqual((0, ""), (done.returncode, done.stderr))

    def test_packages_of_the_callers_own_are_not_imported(self):
        done = self._launch(PYTHONPATH="/packages/of/the/callers")

        self.assertNotIn("/packages/of/the/callers", done.stdout)

    def test_the_package_starts_itself_in_the_same_way(self):
        from devtools.__main__ import RUN

        self.assertIn(f"run='{RUN}'", (SCRIPTS / "lib" / "launch").read_text())

    def test_modules_in_the_callers_folder_are_not_imported(self):
        for module in ("runpy.py", "shlex.py", "devtools/__init__.py", "devtools/__main__.py"):
            (self.root / module).parent.mkdir(exist_ok=True)
            (self.root / module).write_text("raise SystemExit('the caller\\'s own')")

        done = self._launch()

        self.assertEqual((0, ""), (done.returncode, done.stderr))
        self.assertNotIn(str(self.root) + "\n", done.stdout)

    def test_an_exported_cdpath_leads_nowhere_else(self):
        done = self._launch(script="scripts/lib/launch", CDPATH=self.root)

        self.assertEqual((0, ""), (done.returncode, done.stderr))

    def _launch(self, script=None, **variables):
        path = {"PATH": _tools(self.root)}
        script = script or self.root / "scripts" / "lib" / "launch"
        return _run(script, "up", cwd=self.root, environment={**path, **variables})


class FaninTest(unittest.TestCase):
    """scripts/fanin in a clone whose command line is a stub that says which JDK it got."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        shutil.copytree(SCRIPTS, self.root / "scripts", ignore=shutil.ignore_patterns("__pycache__", "tests"))
        shutil.copytree(PLUGINS, self.root / "localstack" / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
        self.jdk = self.root / "jdk"
        self._write("jdk/release", 'JAVA_VERSION="21.0.1"')
        for name in ("jdk/bin/java", "jdk/bin/javac"):
            self._write(name, "")
        for source in ("pom.xml", "cli/program.xml"):
            self._write(source, "")
        for module in ("model", "core", "records", "pages", "cli"):
            self._write(f"{module}/pom.xml", "")
            self.source = self._write(f"{module}/src/main/java/A.java", "")
        self._write("cli/bin/fanin", '#!/usr/bin/env bash\necho "$JAVA_HOME"')
        self.jar = self._write("cli/target/lib/cli-1.jar", "")
        later = self.jar.stat().st_mtime + 10
        os.utime(self.jar, (later, later))

    def test_jars_that_another_build_has_made_are_run_without_maven(self):
        done = self._fanin()

        self.assertEqual((0, f"{self.jdk}\n"), (done.returncode, done.stdout), done.stderr)

    def test_a_jdk_that_is_noted_and_gone_is_looked_for_again(self):
        for noted in ("/nowhere/jdk", ""):
            with self.subTest(noted):
                self._write(".local/java-home", noted)

                self.assertEqual(f"{self.jdk}\n", self._fanin().stdout)

    def test_newer_sources_are_built_with_maven(self):
        later = self.jar.stat().st_mtime + 10
        os.utime(self.source, (later, later))

        done = self._fanin()

        self.assertEqual(2, done.returncode)
        self.assertIn("no mvn on the PATH", done.stderr)

    def test_a_fresh_clone_is_built_with_maven(self):
        self.jar.unlink()

        self.assertIn("no mvn on the PATH", self._fanin().stderr)

    def test_an_exported_cdpath_leads_nowhere_else(self):
        done = self._fanin("scripts/fanin", CDPATH=str(self.root))

        self.assertEqual((0, f"{self.jdk}\n"), (done.returncode, done.stdout), done.stderr)

    def _fanin(self, script=None, **variables):
        environment = {"PATH": _tools(self.root), "FANIN_JAVA_HOME": str(self.jdk), **variables}
        return _run(script or self.root / "scripts" / "fanin", cwd=self.root, environment=environment)

    def _write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        return path


def _tools(folder):
    """A PATH without Maven and Java."""
    path = Path(folder) / "tools"
    if path.exists():
        return str(path)
    path.mkdir()
    for tool in ("bash", "dirname", "env", "find", "readlink"):
        (path / tool).symlink_to(shutil.which(tool))
    (path / "python3").symlink_to(sys.executable)
    return str(path)


def _run(*command, cwd=None, environment=None):
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment or dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    unittest.main()
