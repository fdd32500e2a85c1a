"""The emulator requires no password: it must not be reachable from other machines."""

from __future__ import annotations

import socket
import unittest
from urllib.parse import urlparse

from served import endpoint


class ListenAddressTest(unittest.TestCase):
    def test_only_the_loopback_address_is_bound(self) -> None:
        port = urlparse(endpoint()).port or 0

        with socket.socket() as everywhere:
            everywhere.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            everywhere.bind(("127.0.0.2", port))

        with socket.socket() as loopback, self.assertRaises(OSError):
            loopback.bind(("127.0.0.1", port))


if __name__ == "__main__":
    unittest.main()
