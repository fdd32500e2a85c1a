from __future__ import annotations

import ssl
import tempfile
import unittest
from pathlib import Path

from devtools.prerequisites import find_java_home
from measurements.tls import certificate


class CertificateTest(unittest.TestCase):
    def test_the_loopback_interface_is_served_with_what_clients_trust(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            made = certificate(find_java_home() / "bin" / "java", Path(folder))

            (trusted,) = ssl.create_default_context(cafile=made.of_others["AWS_CA_BUNDLE"]).get_ca_certs()
            self.assertEqual((("IP Address", "127.0.0.1"),), trusted["subjectAltName"])
            self.assertIn(f"-Dloopback.keyStore={made.key_store}", made.of_server)
            self.assertTrue(made.key_store.is_file())
            self.assertTrue(made.trust_store.is_file())
