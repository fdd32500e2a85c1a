from __future__ import annotations

import os
import shutil
import threading
import time
import unittest
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

from support import fake_jdk, temporary_folder

from fanin_localstack import class_archives
from fanin_localstack.class_archives import SNAPSHOT, ArchivedStart, ClassArchive, archive_of
from fanin_localstack.jdk import Jdk, read_jdk
from fanin_localstack.runtime_api import API_VERSION, RuntimeApi, RuntimeApiServer


def line(jars: Sequence[Path], options: Sequence[str]) -> list[str]:
    return [*(jar.name for jar in jars), *options]


def jdk(home: Path) -> Jdk:
    found = read_jdk(home)
    assert found
    return found


class ClassArchivesTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = temporary_folder()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name, "archives")
        self.jdk = fake_jdk(Path(folder.name, "jdk"), "25")
        self.code = Path(folder.name, "code")
        (self.code / "lib").mkdir(parents=True)
        (self.code / "lib" / "b.jar").write_text("b")
        (self.code / "lib" / "a.jar").write_text("a")

    def archive(self, sha256: str = "1", handler: str = "a.B") -> ClassArchive:
        found = archive_of(self.root, self.code, sha256, handler, jdk(self.jdk))
        assert found
        return found

    def started(self) -> ArchivedStart:
        return self.archive().started(self.code)

    @staticmethod
    def process(start: ArchivedStart, leaves: bytes | None) -> mock.Mock:
        """One that leaves this archive at its end, or none."""

        def end(seconds: float) -> bool:
            if leaves is not None:
                option = next(word for word in start.command(line) if word.startswith("-XX:AOTCacheOutput="))
                Path(option.partition("=")[2]).write_bytes(leaves)
            return True

        return mock.Mock(is_alive=True, end=mock.Mock(side_effect=end), whole_log=mock.Mock(return_value=""))

    def test_the_first_environment_that_ends_leaves_the_archive_for_all_others(self) -> None:
        first, second = self.started(), self.started()
        self.assertEqual(SNAPSHOT, first.variables)
        self.assertEqual(["a.jar", "b.jar"], first.command(line)[:2])

        first.end(self.process(first, b"classes"))
        late = self.process(second, b"others")
        second.end(late)

        late.end.assert_not_called()
        self.assertEqual(b"classes", self.archive().file.read_bytes())
        third = self.started()
        self.assertEqual({}, third.variables)
        self.assertIn(f"-XX:AOTCache={self.archive().file}", third.command(line))

    def test_what_leaves_no_archive_is_followed_by_one_that_may(self) -> None:
        first = self.started()
        first.end(self.process(first, None))
        self.assertFalse(self.archive().file.exists())

        second = self.started()
        second.end(self.process(second, b"classes"))
        self.assertTrue(self.archive().file.exists())

    def test_several_functions_leave_theirs_at_the_same_time(self) -> None:
        first, other = self.started(), self.archive(sha256="2").started(self.code)
        meanwhile = self.process(other, b"others")

        def end(seconds: float) -> bool:
            other.end(meanwhile)
            return True

        first.end(mock.Mock(is_alive=True, end=mock.Mock(side_effect=end), whole_log=mock.Mock(return_value="")))

        self.assertTrue(other.archive.file.exists())

    def test_a_process_that_is_gone_leaves_none(self) -> None:
        start = self.started()
        process = mock.Mock(is_alive=False)
        start.end(process)
        process.end.assert_not_called()

    def test_environments_that_start_together_find_all_jars(self) -> None:
        for number in range(30):
            (self.code / "lib" / f"{number}.jar").write_bytes(bytes([number]) * 200_000)
        together = threading.Barrier(8)

        def start(_: int) -> int:
            together.wait()
            return sum(word.endswith(".jar") for word in self.started().command(line))

        with ThreadPoolExecutor(8) as pool:
            for _ in range(60):
                shutil.rmtree(self.root, ignore_errors=True)
                self.assertEqual([32] * 8, list(pool.map(start, range(8))))

    def test_copies_that_an_emulator_did_not_finish_are_made_again(self) -> None:
        archive = self.archive()
        (archive.folder / "unfinished").mkdir(parents=True)
        (archive.folder / "unfinished" / "a.jar").touch()

        self.assertEqual(["a.jar", "b.jar"], self.started().command(line)[:2])
        self.assertEqual("a", (archive.folder / "lib" / "a.jar").read_text())

    def test_each_build_handler_and_jdk_has_its_own(self) -> None:
        folders = {self.archive().folder, self.archive(sha256="2").folder, self.archive(handler="a.C").folder}
        fake_jdk(self.jdk.with_name("other"), "26")
        other = archive_of(self.root, self.code, "1", "a.B", jdk(self.jdk.with_name("other")))
        assert other
        self.assertEqual(4, len(folders | {other.folder}))

    def test_there_is_none_for_classes_outside_jars(self) -> None:
        (self.code / "A.class").touch()
        self.assertIsNone(archive_of(self.root, self.code, "1", "a.B", jdk(self.jdk)))

    def test_those_that_nobody_uses_any_more_are_removed(self) -> None:
        old = self.started().archive.folder
        past = time.time() - class_archives.KEPT_SECONDS - 1
        os.utime(old, (past, past))

        self.archive(sha256="2").started(self.code)

        self.assertFalse(old.exists())

    def test_what_builds_have_in_common_lies_on_the_disk_once(self) -> None:
        self.started()
        (self.code / "lib" / "a.jar").write_text("another")
        other = self.archive(sha256="2").started(self.code).archive

        same = [archive.folder / "lib" / "b.jar" for archive in (self.archive(), other)]
        self.assertEqual(1, len({file.stat().st_ino for file in same}))
        self.assertEqual("another", (other.folder / "lib" / "a.jar").read_text())


class SnapshotTest(unittest.TestCase):
    def test_a_runtime_that_is_ready_for_a_snapshot_goes_on(self) -> None:
        server = RuntimeApiServer(RuntimeApi())
        self.addCleanup(server.stop)
        with urllib.request.urlopen(f"http://{server.address}/{API_VERSION}/runtime/restore/next") as answer:
            self.assertEqual(200, answer.status)


if __name__ == "__main__":
    unittest.main()
