from __future__ import annotations

import shutil
import unittest
from pathlib import Path

from support import fake_jdk, temporary_folder

from fanin_localstack.jdk import USUAL_PLACES, JdkNotFoundError, find_jdk, read_jdk


class JdkTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = temporary_folder()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        self.usual = (f"{self.root}/jvm/*", f"{self.root}/mac/*/Contents/Home")

    def test_the_newest_of_the_usual_places_is_taken(self) -> None:
        for name, version in (("a", "25.0.3"), ("b", "21.0.9"), ("c", "25.0.10"), ("d", "17.0.15")):
            fake_jdk(self.root / "jvm" / name, version)

        self.assertEqual(self.root / "jvm" / "c", find_jdk({}, self.usual).home)

    def test_the_jdk_of_homebrews_maven_is_found(self) -> None:
        for home in (
            "/opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
            "/usr/local/opt/openjdk/libexec/openjdk.jdk/Contents/Home",
        ):
            installed = fake_jdk(Path(f"{self.root}{home}"), "25")
            places = [f"{self.root}{place}" for place in USUAL_PLACES if place.startswith("/")]

            self.assertEqual(installed, find_jdk({}, places).home)
            shutil.rmtree(installed)

    def test_java_home_is_preferred_to_a_newer_installed_jdk(self) -> None:
        fake_jdk(self.root / "jvm" / "newer", "26")
        home = fake_jdk(self.root / "home", "21.0.1")

        self.assertEqual(home, find_jdk({"JAVA_HOME": str(home)}, self.usual).home)

    def test_a_java_home_that_is_too_old_is_passed_over(self) -> None:
        newer = fake_jdk(self.root / "jvm" / "newer", "25")
        old = fake_jdk(self.root / "old", "17.0.15")

        self.assertEqual(newer, find_jdk({"JAVA_HOME": str(old)}, self.usual).home)

    def test_a_link_on_the_path_is_followed_to_its_jdk(self) -> None:
        home = fake_jdk(self.root / "home", "25")
        (self.root / "bin").mkdir()
        (self.root / "bin" / "java").symlink_to(home / "bin" / "java")

        self.assertEqual(home, find_jdk({"PATH": str(self.root / "bin")}, self.usual).home)

    def test_a_chosen_one_that_is_too_old_is_an_error(self) -> None:
        fake_jdk(self.root / "jvm" / "newer", "25")
        old = fake_jdk(self.root / "old", "17.0.15")

        with self.assertRaisesRegex(JdkNotFoundError, "old .FANIN_JAVA_HOME: Java 17."):
            find_jdk({"FANIN_JAVA_HOME": str(old)}, self.usual)

    def test_the_error_names_everything_that_was_looked_at(self) -> None:
        fake_jdk(self.root / "jvm" / "old", "17.0.15")

        with self.assertRaises(JdkNotFoundError) as raised:
            find_jdk({"JAVA_HOME": "/does/not/exist"}, self.usual)

        for part in ("FANIN_JAVA_HOME", "/does/not/exist (JAVA_HOME: no JDK there)", "jvm/old", "Java 17"):
            self.assertIn(part, str(raised.exception))

    def test_macos_keeps_the_home_inside_a_bundle(self) -> None:
        home = fake_jdk(self.root / "mac" / "temurin-25.jdk" / "Contents" / "Home", "25.0.1")

        self.assertEqual(home, find_jdk({}, self.usual).home)

    def test_versions_before_9_begin_with_1(self) -> None:
        jdk = read_jdk(fake_jdk(self.root / "eight", "1.8.0_412"))

        self.assertEqual(8, jdk.feature_version if jdk else None)

    def test_archives_are_caches_where_the_jdk_leaves_those_in_one_step(self) -> None:
        for version, leaving, using in (
            ("21.0.1", "ArchiveClassesAtExit", "SharedArchiveFile"),
            ("24.0.2", "ArchiveClassesAtExit", "SharedArchiveFile"),
            ("25", "AOTCacheOutput", "AOTCache"),
        ):
            with self.subTest(version):
                jdk = read_jdk(fake_jdk(self.root / version, version))
                assert jdk
                self.assertEqual([f"-XX:{leaving}=/a"], jdk.leaving_archive(Path("/a")))
                self.assertEqual(f"-XX:{using}=/a", jdk.using_archive(Path("/a"), optimizing=True)[0])
                replaying = "-XX:-AOTReplayTraining" not in jdk.using_archive(Path("/a"), optimizing=False)
                self.assertEqual(using != "AOTCache", replaying)


if __name__ == "__main__":
    unittest.main()
