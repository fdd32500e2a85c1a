"""Notifies a Teams or Slack channel that a pipeline has failed."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from ipaddress import ip_address
from typing import IO
from urllib.parse import urlsplit

from devtools.errors import CliError
from devtools.project import say

SLACK = "hooks.slack.com"
URL = "FANIN_WEBHOOK_URL"
ATTEMPTS = 3
ANSWER_SECONDS = 15


def notify(variables: Mapping[str, str], slack: bool) -> int:
    """Posts the details of the run from GitHub Actions. The webhook's URL is a secret, and is never printed."""
    url = (variables.get(URL) or "").strip()
    if not url:
        say(f"{URL} is not set: no notification is sent")
        return 0
    if not _is_webhook(url):
        hint = "it begins with https://, has no space, and names no user"
        raise CliError(f"{URL} is not the URL of a webhook", hint, exit_code=1)
    text, link = _text(variables), _link(variables)
    is_slack = slack or urlsplit(url).hostname == SLACK
    _post(url, _slack(text, link) if is_slack else _teams(text, link))
    say("The channel was notified")
    return 0


def _is_webhook(url: str) -> bool:
    """What is none is refused here: the library would show it in its error, or send it where others can read it."""
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:  # a port that is none, half an address
        return False
    stays_secret = parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(parts.hostname))
    return is_whole and stays_secret and url.isascii() and url.isprintable() and " " not in url


def _is_this_machine(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:  # a name
        return False


def _text(variables: Mapping[str, str]) -> str:
    """Outside GitHub, the text contains only what is known."""
    names = ("GITHUB_REPOSITORY", "GITHUB_WORKFLOW", "GITHUB_REF_NAME", "GITHUB_SHA", "GITHUB_ACTOR")
    repository, workflow, branch, commit, actor = (variables.get(name) or "?" for name in names)
    return f"{repository}: {workflow} has failed on {branch} at {commit[:7]}, started by {actor}"


def _link(variables: Mapping[str, str]) -> str | None:
    parts = [variables.get(name) for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")]
    return "{}/{}/actions/runs/{}".format(*parts) if all(parts) else None


def _slack(text: str, link: str | None) -> dict:
    """Names of branches may hold Slack's markup; as plain text it stays what it is."""
    blocks: list[dict] = [{"type": "section", "text": {"type": "plain_text", "text": text}}]
    if link:
        button = {"type": "button", "text": {"type": "plain_text", "text": "Open the run"}, "url": link}
        blocks.append({"type": "actions", "elements": [button]})
    return {"text": text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), "blocks": blocks}


def _teams(text: str, link: str | None) -> dict:
    """An Adaptive Card, as a Teams workflow takes it. A RichTextBlock reads no Markdown."""
    card: dict = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, "weight": "Bolder"}]}],
    }
    if link:
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Open the run", "url": link}]
    return {
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    }


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other: followed, it would be a GET without the message."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> None:
        return None


def _post(url: str, message: dict) -> None:
    opener = urllib.request.build_opener(_NoRedirects)
    request = urllib.request.Request(url, json.dumps(message).encode(), {"Content-Type": "application/json"})
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with opener.open(request, timeout=ANSWER_SECONDS):
                return
        except urllib.error.HTTPError as error:
            # Not in the error's own words, which may name a URL.
            problem = f"the webhook answered {error.code} {http.client.responses.get(error.code, '')}".rstrip()
            if error.code != 429 and error.code < 500:
                break
        except (OSError, http.client.HTTPException) as error:
            problem = f"the webhook was not reached: {getattr(error, 'reason', error)}"
        if attempt < ATTEMPTS:
            time.sleep(2**attempt)
    raise CliError(problem, f"look whether {URL} is the webhook's whole URL", exit_code=1)
