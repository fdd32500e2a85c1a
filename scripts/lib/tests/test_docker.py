"""When Docker is used for LocalStack, and the message when it cannot be; the engine is a stub script."""

import contextlib
import io
import platform
import stat
import tempfile
import unittest
from argparse import Namespace
from pathlib import Path
from unittest import mock

from devtools import container as containers
from devtools import docker, early, emulator, health, jobs, preparation
from devtools.arguments import parse
from devtools.container import Container
from devtools.emulator import Emulator
from devtools.errors import CliError

LOCALSTACK_IMAGE = "localstack/localstack:4.14.0"


class FakeDockerTest(unittest.TestCase):
    """A `docker` that notes what it is asked, and answers by a shell `case` of its arguments."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self._patch(mock.patch.dict("os.environ", {"PATH": f"{self.root}:/usr/bin:/bin"}))
        self._patch(mock.patch.object(jobs, "LOGS", self.root / "log"))
        self._patch(mock.patch.object(emulator, "LOCAL", self.root / "local"))
        self._patch(mock.patch.object(health, "localstack_version", return_value=None))
        self._patch(contextlib.redirect_stdout(io.StringIO()))
        self.told = io.StringIO()
        self._patch(contextlib.redirect_stderr(self.told))

    def answers(self, *cases):
        """An engine of this machine with everything that is needed, but for these cases."""
        usual = (
            '"context inspect"*) echo unix:///var/run/docker.sock',
            f'"compose --file "*" config --images") echo {LOCALSTACK_IMAGE}',
        )
        body = " ;;\n".join([*cases, *usual, "*) true"])
        script = self.root / "docker"
        script.write_text(f'#!/bin/sh\necho "$*" >> "{self.root}/asked"\ncase "$*" in\n{body} ;;\nesac\n')
        script.chmod(script.stat().st_mode | stat.S_IXUSR)

    def asked(self, part):
        lines = (self.root / "asked").read_text().splitlines() if (self.root / "asked").exists() else []
        return [line for line in lines if part in line]

    def note(self, engine, port=4700):
        folder = self.root / "local" / f"emulator-{port}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "engine").write_text(engine)

    def _patch(self, context):
        context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)


class CheckTest(FakeDockerTest):
    def test_an_engine_with_compose_and_images_will_do(self):
        self.answers()

        docker.check()

        self.assertEqual([], self.asked("pull"))

    def test_a_command_without_an_engine_is_no_engine(self):
        self.answers("info) exit 1")

        self.assertFalse(docker.answers())
        with self.assertRaisesRegex(CliError, "no Docker engine answers"):
            docker.check()

    def test_images_that_are_missing_are_pulled(self):
        self.answers('"image inspect"*) exit 1')

        docker.check()

        self.assertEqual([f"pull {LOCALSTACK_IMAGE}", f"pull {docker.FUNCTIONS_IMAGE}"], self.asked("pull"))

    def test_an_image_that_cannot_be_pulled_is_named_with_the_reason(self):
        self.answers('"image inspect"*) exit 1', "pull*) echo no such host; exit 1")

        with self.assertRaisesRegex(CliError, f"(?s)Pulling {LOCALSTACK_IMAGE} failed.*no such host.*--engine python"):
            docker.check()

    def test_without_compose_it_is_said_where_to_get_it(self):
        self.answers('"compose version") exit 1')

        with self.assertRaisesRegex(CliError, "(?s)no compose plug-in.*docs.docker.com/compose/install"):
            docker.check()

    def test_an_engine_on_another_machine_will_not_do(self):
        self.answers('"context inspect"*) echo tcp://build.example:2375')

        with self.assertRaisesRegex(CliError, "another machine.*build.example"):
            docker.check()

    def test_an_engine_behind_a_local_port_will_do(self):
        self.answers('"context inspect"*) echo tcp://127.0.0.1:2375')

        docker.check()


class DecisionTest(FakeDockerTest):
    def test_docker_is_taken_where_it_will_do(self):
        self.answers()

        self.assertEqual("docker", self._decided())

    def test_where_there_is_no_docker_nothing_is_said_of_it(self):
        self.answers("info) exit 1")

        self.assertEqual("python", self._decided())
        self.assertEqual("", self.told.getvalue())

    def test_what_docker_lacks_is_said_where_nobody_asked_for_it(self):
        self.answers('"image inspect"*) exit 1', "pull*) echo no such host; exit 1")

        self.assertEqual("python", self._decided())
        self.assertRegex(self.told.getvalue(), "(?s)Docker will not do.*Python process instead.*no such host")

    def test_what_docker_lacks_is_an_error_where_it_was_asked_for(self):
        self.answers('"compose version") exit 1')

        with self.assertRaisesRegex(CliError, "no compose plug-in"):
            self._decided("docker")

    def test_a_running_one_is_left_in_its_engine(self):
        self.answers()
        self._runs("python")

        self.assertEqual("python", self._decided())
        self.assertEqual([], self.asked(""))

    def test_a_running_one_is_not_taken_for_one_in_the_other_engine(self):
        self._runs("python")

        with self.assertRaisesRegex(CliError, "runs with --engine python"):
            self._decided("docker")

    def _runs(self, engine):
        self.note(engine)
        health.localstack_version.return_value = (4, 14, 0)
        patched = mock.patch.object(Emulator, "_has_process", return_value=True)
        patched.start()
        self.addCleanup(patched.stop)

    def _decided(self, engine=None):
        options = Namespace(command="up", port=4700, engine=engine)
        with mock.patch.object(preparation.sys, "platform", "linux"):
            preparation._decide_engine(options)
        self.assertEqual(["--engine", options.engine], preparation.decided(options))
        return options.engine


class ContainerTest(FakeDockerTest):
    def test_the_socket_of_an_engine_of_this_machine_is_where_it_answers(self):
        self.answers(
            '"context inspect"*) echo unix:///run/user/1000/docker.sock', f'"info --format"*) echo {platform.node()}'
        )

        self.assertEqual("/run/user/1000/docker.sock", docker.socket())

    def test_an_engine_in_a_virtual_machine_has_the_usual_socket(self):
        self.answers('"context inspect"*) echo unix:///Users/me/docker.sock', '"info --format"*) echo docker-desktop')

        self.assertIsNone(docker.socket())

    def test_a_failed_start_shows_the_end_of_the_log(self):
        self.answers("*up*) echo exited; exit 1", "*logs*) echo no space left")

        with self.assertRaisesRegex(CliError, "(?s)exited.*log ends with.*no space left"):
            Container(4700).start()

    def test_functions_that_a_killed_one_left_go_before_their_network(self):
        self.answers(
            f'"ps --all --quiet --filter network={Container(4700).project}_default") echo own function-1 function-2',
            '"compose"*"ps --all --quiet") echo own',
        )

        Container(4700).stop()

        self.assertEqual(["rm --force --volumes function-1 function-2"], self.asked("rm --force"))
        self.assertTrue(self.asked("")[-1].endswith("down --volumes"))

    def test_another_clone_has_a_project_of_its_own(self):
        own = Container(4700).project

        with mock.patch.object(containers, "ROOT", self.root):
            self.assertNotEqual(own, Container(4700).project)

    def test_what_docker_has_left_goes_before_a_process_starts(self):
        self.answers()
        self.note("docker")

        with mock.patch.object(Emulator, "_start_process"):
            Emulator(4700).start("python")

        self.assertEqual(1, len(self.asked("down --volumes")))
        self.assertEqual("python", (self.root / "local" / "emulator-4700" / "engine").read_text())


class DockerGoneTest(FakeDockerTest):
    """LocalStack ran in Docker once, whose engine is off or whose command is gone now."""

    def test_a_process_starts_all_the_same(self):
        self.answers("*) echo Cannot connect >&2; exit 1")
        self.note("docker")

        with mock.patch.object(Emulator, "_start_process"):
            Emulator(4700).start("python")

        self.assertIn("Docker does not answer", self.told.getvalue())
        self.assertEqual("python", (self.root / "local" / "emulator-4700" / "engine").read_text())

    def test_it_is_stopped_and_purged_with_a_warning_of_what_may_be_left(self):
        self._patch(mock.patch.object(early, "LOCAL", self.root / "local"))
        for words in (["down"], ["down", "--purge"]):
            for case in ("engine", "command"):
                with self.subTest(words, gone=case):
                    if case == "engine":
                        self.answers("*) echo Cannot connect >&2; exit 1")
                    else:
                        (self.root / "docker").unlink()
                    self.note("docker")
                    self.told.truncate(0)

                    with mock.patch.dict("os.environ", {"PATH": str(self.root)}):
                        self.assertEqual(0, early.down(parse(words)))

                    self.assertIn(
                        f"docker compose --project-name {Container(4700).project} down --volumes", self.told.getvalue()
                    )
                    self.assertEqual([], emulator.all_started())


if __name__ == "__main__":
    unittest.main()
