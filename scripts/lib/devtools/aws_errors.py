"""What a person can do about a call to AWS, or to what stands in for it, that did not succeed."""

from __future__ import annotations

from botocore import exceptions
from botocore.parsers import ResponseParserError

from devtools.errors import CliError

CALLS = (exceptions.ClientError, exceptions.BotoCoreError, ResponseParserError)
"""All that a client raises."""

EXPIRED = ("ExpiredToken", "ExpiredTokenException", "RequestExpired")
UNKNOWN = ("InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch")
DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")


def told(error: Exception) -> CliError:
    """The same failure with what to do, where that is known."""
    if isinstance(error, ResponseParserError):
        reason = str(error).partition("\n")[0].partition("), ")[0] + ")"
        return CliError(
            f"what answers is neither AWS nor an emulator of it: {reason}",
            "see --port and AWS_ENDPOINT_URL: is it LocalStack that was started?",
        )
    return CliError(str(error), _hint(error))


def _hint(error: Exception) -> str | None:
    if isinstance(error, exceptions.ProfileNotFound):
        return "see aws configure list-profiles, and set AWS_PROFILE to one of them"
    if isinstance(error, exceptions.NoRegionError):
        return "set AWS_REGION"
    if isinstance(error, (exceptions.TokenRetrievalError, exceptions.UnauthorizedSSOTokenError)):
        return "run aws sso login"
    if isinstance(error, exceptions.NoCredentialsError):
        return "run aws configure, or set AWS_PROFILE"
    if isinstance(error, (exceptions.EndpointConnectionError, exceptions.ConnectTimeoutError)):
        return "is there such a region, and does this machine reach it? See AWS_REGION, HTTPS_PROXY and NO_PROXY"
    if isinstance(error, exceptions.ClientError):
        code = error.response.get("Error", {}).get("Code")
        if code in EXPIRED:
            return "the credentials have expired: get new ones, for example with aws sso login"
        if code in UNKNOWN:
            return "AWS does not know these credentials: aws sts get-caller-identity says whose they are"
        if code in DENIED:
            return "whoever deploys needs what the role of github-oidc.yaml has"
    return None
