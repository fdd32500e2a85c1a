"""How a Java function is started outside AWS: a JDK, the runtime interface client (RIC) and its native library."""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fanin_localstack.jdk import Jdk, find_jdk

MAIN_CLASS = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
NATIVE_LIBRARY_PROPERTY = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI"
HEAP_SHARE = 0.85
"""Of a function's memory; the rest is for the JVM itself, its threads and native libraries."""
MINIMUM_HEAP_MB = 64

_ARCHITECTURES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch_64", "arm64": "aarch_64"}


class RuntimeNotUsableError(Exception):
    """Something that is needed to run Java functions as processes is missing; the message says how to fix it."""


@dataclass(frozen=True)
class JavaRuntime:
    """What all execution environments share."""

    jdk: Jdk
    ric_jars: tuple[Path, ...]
    native_library: Path

    def command(
        self,
        handler: str,
        memory_mb: int,
        temporary_folder: Path,
        jars: Sequence[Path] = (),
        options: Sequence[str] = (),
    ) -> list[str]:
        """The command line of one execution environment.

        As on AWS the client loads the function itself, from ``LAMBDA_TASK_ROOT`` and the jars in its ``lib``, so that
        what is packaged wrongly fails here as it fails there. ``jars``, copies of those, are for an archive of classes,
        which has only what is on the class path.
        """
        return [
            str(self.jdk.java),
            f"-Xmx{max(MINIMUM_HEAP_MB, int(memory_mb * HEAP_SHARE))}m",
            # As on AWS: crash reports go to the function's log.
            "-XX:+ErrorFileToStderr",
            # As on AWS: the client runs what functions register for before a snapshot.
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            *options,
            *self._native_access(),
            f"-D{NATIVE_LIBRARY_PROPERTY}={self.native_library}",
            f"-Djava.io.tmpdir={temporary_folder}",
            "-cp",
            os.pathsep.join(str(jar) for jar in (*self.ric_jars, *jars)),
            MAIN_CLASS,
            handler,
        ]

    def _native_access(self) -> Iterable[str]:
        # From 24 on the JVM warns, in the function's log, about every native library that is loaded without it.
        return ["--enable-native-access=ALL-UNNAMED"] if self.jdk.feature_version >= 24 else []


@functools.cache
def java_runtime() -> JavaRuntime:
    """The runtime that this process's environment describes, looked for once."""
    return locate_runtime(os.environ, Path(tempfile.gettempdir()))


def locate_runtime(environment: Mapping[str, str], work_folder: Path) -> JavaRuntime:
    jars = find_ric_jars(environment)
    return JavaRuntime(find_jdk(environment), jars, extract_native_library(jars, work_folder))


def find_ric_jars(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """The jars in the folder ``FANIN_RIC_DIR``."""
    folder = environment.get("FANIN_RIC_DIR")
    if not folder:
        raise RuntimeNotUsableError(
            "FANIN_RIC_DIR is not set. It names the folder of the Lambda runtime interface client's jars: "
            "mvn -q -f localstack/ric/pom.xml package -DoutputDirectory=FOLDER"
        )
    jars = tuple(sorted(Path(folder).glob("*.jar")))
    if not any(_is_client(jar) for jar in jars):
        raise RuntimeNotUsableError(
            f"FANIN_RIC_DIR={folder} holds no aws-lambda-java-runtime-interface-client jar. "
            f"Fetch it: mvn -q -f localstack/ric/pom.xml package -DoutputDirectory={folder}"
        )
    return jars


def extract_native_library(jars: Iterable[Path], folder: Path) -> Path:
    """Unpacks the client's native library, once for each version of it.

    Left to itself the client copies it to one fixed path at every start, while other processes have that file
    mapped: environments that start together crash.
    """
    client = next(jar for jar in jars if _is_client(jar))
    entry = f"jni/libaws-lambda-jni.{_native_platform()}.so"
    with zipfile.ZipFile(client) as archive:
        content = archive.read(entry)
    target = folder / f"aws-lambda-jni-{hashlib.sha256(content).hexdigest()[:16]}.so"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as unfinished:
            unfinished.write(content)
        finished = Path(unfinished.name)
        finished.chmod(0o755)
        finished.replace(target)
    return target


def _is_client(jar: Path) -> bool:
    return jar.name.startswith("aws-lambda-java-runtime-interface-client-")


def _native_platform() -> str:
    architecture = _ARCHITECTURES.get(platform.machine().lower())
    if not sys.platform.startswith("linux") or architecture is None:
        raise RuntimeNotUsableError(
            "The Lambda runtime interface client has native code for Linux on x86_64 and arm64 only, this is "
            f"{sys.platform} on {platform.machine()}. Use Docker here: docker compose -f localstack/compose.yaml up"
        )
    libc = "linux" if platform.libc_ver()[0] == "glibc" else "linux_musl"
    return f"{libc}-{architecture}"
