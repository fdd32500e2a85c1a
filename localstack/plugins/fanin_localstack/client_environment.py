"""The environment variables by which programs that the emulator starts reach it."""

from __future__ import annotations

from localstack import config


def client_environment(account: str, region: str) -> dict[str, str]:
    """For the SDKs of all languages: the access key determines the account."""
    return {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}",
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": region,
    }
