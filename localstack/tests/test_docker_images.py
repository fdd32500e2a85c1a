from __future__ import annotations

import unittest
from types import SimpleNamespace
from unittest import mock

from localstack.utils.container_utils.container_client import ContainerException, NoSuchImage
from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack.docker_images import take_present_images_in

IMAGE = ("public.ecr.aws/lambda/java:25", "linux/amd64")


class DockerImagesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.pull = mock.Mock()
        self.module = SimpleNamespace(
            _ensure_runtime_image_present=lambda image, platform: self.pull(image, platform),
            CONTAINER_CLIENT=mock.Mock(),
            PULLED_IMAGES=set(),
        )
        for _ in range(2):
            take_present_images_in(self.module)

    def test_an_image_that_can_be_pulled_is(self) -> None:
        self.module._ensure_runtime_image_present(*IMAGE)

        self.pull.assert_called_once_with(*IMAGE)
        self.module.CONTAINER_CLIENT.inspect_image.assert_not_called()

    def test_one_that_cannot_is_taken_where_it_is_there(self) -> None:
        self.pull.side_effect = ContainerException("no such host")

        with self.assertLogs("fanin_localstack.docker_images", "WARNING") as logged:
            self.module._ensure_runtime_image_present(*IMAGE)

        self.assertIn("no such host", logged.output[0])
        self.assertEqual({IMAGE}, self.module.PULLED_IMAGES)

    def test_one_that_is_nowhere_fails(self) -> None:
        self.pull.side_effect = ContainerException("no such host")
        self.module.CONTAINER_CLIENT.inspect_image.side_effect = NoSuchImage(IMAGE[0])

        with self.assertLogs("fanin_localstack.docker_images", "WARNING"), self.assertRaises(NoSuchImage):
            self.module._ensure_runtime_image_present(*IMAGE)


if __name__ == "__main__":
    unittest.main()
