from __future__ import annotations

import os
import platform
import sys
import unittest
import zipfile
from pathlib import Path

from support import fake_jdk, temporary_folder

from fanin_localstack.java_runtime import RuntimeNotUsableError, find_ric_jars, locate_runtime

LIBRARIES = [
    f"jni/libaws-lambda-jni.{libc}-{cpu}.so" for libc in ("linux", "linux_musl") for cpu in ("x86_64", "aarch_64")
]


@unittest.skipUnless(sys.platform.startswith("linux"), "the runtime interface client runs on Linux only")
class JavaRuntimeTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = temporary_folder()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.ric = self.root / "ric"
        self.ric.mkdir()
        with zipfile.ZipFile(self.ric / "aws-lambda-java-runtime-interface-client-2.9.0.jar", "w") as jar:
            for library in LIBRARIES:
                jar.writestr(library, f"this is {library}")
        (self.ric / "aws-lambda-java-core-1.4.0.jar").touch()

    def runtime(self, java_version: str = "25.0.3"):
        home = self.root / f"jdk-{java_version}"
        if not home.exists():
            fake_jdk(home, java_version)
        environment = {"FANIN_JAVA_HOME": str(home), "FANIN_RIC_DIR": str(self.ric)}
        return locate_runtime(environment, self.root / "tmp")

    def test_the_native_library_of_this_machine_is_unpacked_once(self) -> None:
        first = self.runtime().native_library
        modified = first.stat().st_mtime_ns
        second = self.runtime().native_library

        self.assertIn(platform.machine().replace("aarch64", "aarch_64"), first.read_text())
        self.assertEqual((first, modified), (second, second.stat().st_mtime_ns))
        self.assertEqual([first], list(first.parent.iterdir()))

    def test_the_heap_leaves_room_for_the_rest_of_the_process(self) -> None:
        self.assertIn("-Xmx870m", self.runtime().command("a.B", 1024, self.root))
        self.assertIn("-Xmx108m", self.runtime().command("a.B", 128, self.root))

    def test_only_the_client_is_on_the_class_path(self) -> None:
        command = self.runtime().command("a.B::handle", 512, self.root)

        jars = command[command.index("-cp") + 1].split(os.pathsep)
        self.assertEqual({str(self.ric)}, {str(Path(jar).parent) for jar in jars})
        self.assertEqual("a.B::handle", command[-1])

    def test_an_option_is_given_only_to_a_jdk_that_needs_it(self) -> None:
        option = "--enable-native-access=ALL-UNNAMED"

        self.assertIn(option, self.runtime("25").command("a.B", 512, self.root))
        self.assertNotIn(option, self.runtime("21.0.2").command("a.B", 512, self.root))

    def test_missing_jars_are_an_error_that_says_how_to_get_them(self) -> None:
        with self.assertRaisesRegex(RuntimeNotUsableError, "mvn .*ric/pom.xml"):
            find_ric_jars({})
        with self.assertRaisesRegex(RuntimeNotUsableError, "/does/not/exist"):
            find_ric_jars({"FANIN_RIC_DIR": "/does/not/exist"})


if __name__ == "__main__":
    unittest.main()
