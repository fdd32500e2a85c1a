"""What fresh processes are measured by, and what their figures are held against."""

import contextlib
import io
import re
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from devtools.errors import CliError
from devtools.project import BENCHMARKS, ROOT
from measurements import fresh, fresh_report, jvm, shapes
from measurements.fresh import CALLS, PEERS, WORKS, Cost, Measured, Process, Program, Server, of_calls

SERVER_SOURCE = BENCHMARKS / "src" / "main" / "java" / "io" / "fanin" / "benchmarks" / "FreshServer.java"
POM = ROOT / "pom.xml"


TWO_CALLS = "print('call 0 0\\ncall 0 0')"


class CallsTest(unittest.TestCase):
    def test_the_process_without_its_later_calls_is_the_fresh_one(self) -> None:
        process = of_calls(
            Cost(10.0, 8.0), "[INFO] begun\ncall 4.0 3.0\ncall 2.0 1.5\ncall 1.0 5e-1\n[INFO] 1\ncall 1.5 1.0\n"
        )

        self.assertEqual(Cost(5.5, 5.0), process.fresh)
        self.assertEqual(Cost(2.0, 1.5), process.second)
        self.assertEqual(Cost(1.25, 0.75), process.later)


class RunTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_program(self, text: str, calls: int = 2, one_cpu: bool = False) -> Process:
        program = Program("a program", [sys.executable, "-c", text])
        return fresh.run(
            program, "fresh_small", calls, one_cpu, Server(None, "http://s3", {}, {"fresh_small": {}}), self.folder
        )

    def test_cpu_time_is_that_of_the_whole_process_from_outside(self) -> None:
        busy = "import time\nwhile time.process_time() < 0.3: pass\n" + TWO_CALLS

        self.assertLess(0.3, self.run_program(busy).fresh.cpu)

    def test_time_that_is_slept_away_is_no_cpu_time(self) -> None:
        process = self.run_program("import time\ntime.sleep(0.5)\n" + TWO_CALLS)

        self.assertLess(0.5, process.fresh.seconds)
        self.assertLess(process.fresh.cpu, 0.5)

    def test_a_program_is_told_its_work_and_where_s3_is(self) -> None:
        told = "import os, sys\nassert sys.argv[1:] == ['fresh_small', '3', '{}'], sys.argv\n"
        self.run_program(f"{told}assert os.environ['AWS_ENDPOINT_URL'] == 'http://s3'\n{TWO_CALLS}", calls=3)

    def test_credentials_of_the_machine_stay_outside(self) -> None:
        with mock.patch.dict("os.environ", {"AWS_PROFILE": "mine", "JAVA_TOOL_OPTIONS": "-Xint"}):
            own = "import os\nassert not {'AWS_PROFILE', 'JAVA_TOOL_OPTIONS'} & os.environ.keys()\n"
            self.run_program(own + TWO_CALLS)

    def test_a_program_that_fails_is_not_measured(self) -> None:
        with self.assertRaisesRegex(CliError, r"a program failed:\n.*no such bucket"):
            self.run_program("raise SystemExit('no such bucket')")


class CheckTest(unittest.TestCase):
    def check(self, answer: str) -> None:
        process = mock.Mock()
        process.stdout.readline.return_value = f'{{"rows": {answer}, "digests": {{}}}}'
        Server(process, "http://s3", {"fresh_small": 3}, {}).check("fresh_small", "a program")

    def test_every_hour_has_all_its_rows(self) -> None:
        hours = [f'"hour={hour}": 3' for hour in range(CALLS)]
        self.check(f"{{{', '.join(hours)}}}")
        for broken in (hours[:-1], [*hours[:-1], f'"hour={CALLS - 1}": 2']):
            with self.subTest(broken), self.assertRaisesRegex(CliError, "a program was to write the rows"):
                self.check(f"{{{', '.join(broken)}}}")


class ShowTest(unittest.TestCase):
    def shown(self, large: float, small: float = 1.0, skipped: bool = False) -> tuple[int, str]:
        measured = Measured(skipped={"pyarrow": "no Python for it"})
        for work, seconds in zip(WORKS, (large, small)):
            for factor in (1.0, 1.0, 3.0):
                measured.add(work, True, fresh_report.FUNCTION, process(seconds * factor))
                if not skipped:
                    measured.add(work, True, fresh_report.PEER, process(1.0))
        with contextlib.redirect_stdout(io.StringIO()) as output:
            return fresh_report.show(measured), output.getvalue()

    def test_the_median_counts_and_the_best_is_shown(self) -> None:
        code, output = self.shown(1.0)

        self.assertEqual(0, code)
        self.assertIn("1.00 times (1.00 s, 1.00 s); of the best: 1.00 times | yes |", output)

    def test_a_goal_that_is_missed_is_printed_and_is_no_failure(self) -> None:
        code, output = self.shown(1.5, small=1.6)

        self.assertEqual(0, code)
        self.assertEqual(3, output.count("| goal NOT met |"))

    def test_a_bound_that_is_kept_fails(self) -> None:
        code, output = self.shown(9.0)

        self.assertEqual(1, code)
        self.assertEqual(2, output.count("| NO |"))

    def test_what_was_skipped_is_said_with_its_reason(self) -> None:
        code, output = self.shown(1.0, skipped=True)

        self.assertEqual(0, code)
        self.assertIn("not measured: duckdb in Python was skipped", output)
        self.assertIn("| pyarrow in Python | SKIPPED: no Python for it |", output)


class PeersTest(unittest.TestCase):
    def test_a_peer_that_cannot_be_installed_is_skipped(self) -> None:
        skipped = {}
        with (
            mock.patch.object(fresh.environment, "install", side_effect=CliError("pip failed:\n  | no such version")),
            mock.patch.object(fresh.Venv, "is_ready", False),
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()) as errors,
        ):
            self.assertEqual([], fresh.peers(skipped))

        self.assertEqual({"no such version"}, set(skipped.values()))
        self.assertIn("SKIPPED: duckdb cannot be installed", errors.getvalue())

    def test_everything_is_pinned(self) -> None:
        for pinned in PEERS.glob("*-requirements.txt"):
            for line in pinned.read_text().splitlines():
                self.assertRegex(line, r"^(#.*|[\w-]+==[\w.]+)$")

    def test_the_peer_has_the_engine_of_the_processor(self) -> None:
        processor = re.search(r"<duckdb.version>(\d+\.\d+\.\d+)", POM.read_text())[1]

        self.assertIn(f"duckdb=={processor}\n", (PEERS / "duckdb-requirements.txt").read_text())

    def test_the_server_has_the_same_works(self) -> None:
        works = re.findall(r"^ {8}([A-Z]+)[,;]$", SERVER_SOURCE.read_text(), re.MULTILINE)

        self.assertEqual({*WORKS, *shapes.SHAPES}, {f"fresh_{work.lower()}" for work in works})


def process(seconds: float) -> Process:
    cost = Cost(seconds, seconds)
    return Process(cost, cost, cost)


class FlagsTest(unittest.TestCase):
    """What Lambda starts, what the emulator starts and what is measured has the same flags."""

    def test_what_is_measured_is_deployed_with_all_functions(self):
        template = (ROOT / "template.yaml").read_text()

        # Of all functions, and of those that have more heap.
        options = re.findall(r"JAVA_TOOL_OPTIONS: !Sub\n +- (.+)\n +- Flags: (.+)\n", template)

        self.assertEqual(len(options), template.count("JAVA_TOOL_OPTIONS"))
        self.assertIn("JAVA_TOOL_OPTIONS", template[template.index("Globals:") : template.index("Resources:")])
        for text, flags in options:
            self.assertRegex(text, r"^\$\{Flags\}( \$\{Heap\})? -Dfanin\.log\.level=\$\{LogLevel\}$")
            self.assertEqual(flags, "!FindInMap [Java, Flags, Common]")
        self.assertIn("-XX:TieredStopAtLevel=1", jvm.deployed())
        self.assertNotIn("-XX:TieredStopAtLevel=1", jvm.apart_from_compiler_and_collector())

    def test_the_emulator_adds_no_compiler_or_collector_of_its_own(self):
        runtime = (ROOT / "localstack" / "plugins" / "fanin_localstack" / "java_runtime.py").read_text()

        for flag in set(jvm.deployed()) - set(jvm.apart_from_compiler_and_collector()):
            self.assertNotIn(flag, runtime)


if __name__ == "__main__":
    unittest.main()
