"""A certificate for S3 in memory, which everybody who is to trust it is told of."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "changeit"
"""Of key stores that live as long as a measurement."""


@dataclass(frozen=True)
class Certificate:
    """Its key store, for the server, and the same certificate for clients: Java's, and others."""

    key_store: Path
    trust_store: Path
    pem: Path

    @property
    def of_server(self) -> list[str]:
        """Options of a JVM that serves with it."""
        return [f"-Dloopback.keyStore={self.key_store}"]

    @property
    def of_java(self) -> list[str]:
        """Options of a JVM that trusts it."""
        store = "-Djavax.net.ssl.trustStore"
        return [f"{store}={self.trust_store}", f"{store}Password={PASSWORD}"]

    @property
    def of_others(self) -> Mapping[str, str]:
        """What boto3 trusts."""
        return {"AWS_CA_BUNDLE": str(self.pem)}


def certificate(java: Path, folder: Path) -> Certificate:
    """Makes one for the loopback interface, with the JDK of this JVM."""
    made = Certificate(folder / "keys.p12", folder / "trusted.p12", folder / "certificate.pem")
    keytool = [java.with_name("keytool"), "-storepass", PASSWORD, "-storetype", "PKCS12", "-alias", "s3"]
    server = [*keytool, "-keystore", made.key_store]
    name = ["-dname", "CN=127.0.0.1", "-ext", "SAN=ip:127.0.0.1", "-ext", "BC=ca:true"]
    for command in (
        [*server, "-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-validity", "2", *name],
        [*server, "-exportcert", "-rfc", "-file", made.pem],
        [*keytool, "-keystore", made.trust_store, "-importcert", "-noprompt", "-file", made.pem],
    ):
        subprocess.run(command, check=True, capture_output=True)
    return made
