"""The commands, each a few lines that put the parts together. Everything in the virtual environment may be used here."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import nullcontext, redirect_stdout

from botocore.exceptions import BotoCoreError, ClientError

from fanin_cli import endpoint as endpoints
from fanin_cli.emulator import Emulator
from fanin_cli.endpoint import Endpoint
from fanin_cli.environment import awslocal_hint
from fanin_cli.errors import CliError
from fanin_cli.project import DEFAULT_PORT, SAMPLES, command, say, shown
from fanin_cli.stack import Stack


def run(options: argparse.Namespace) -> int:
    try:
        return COMMANDS[options.command](options)
    except (ClientError, BotoCoreError) as error:
        raise CliError(str(error)) from error


def up(options: argparse.Namespace) -> int:
    emulator = Emulator(options.port)
    emulator.start(options.engine)
    if options.no_deploy:
        return 0
    Stack(endpoints.local(emulator.url, os.environ), options.stack).deploy({})
    say()
    say("Next:")
    if options.port != DEFAULT_PORT:
        say(f"  export AWS_ENDPOINT_URL={emulator.url}")
    say(f"  {awslocal_hint()}    # for awslocal")
    say(f"  {command('demo')}    # the whole way on sample data")
    say(f"  {command('run')} {shown(SAMPLES / 'flights.json')}")
    say(f"  {command('down')}")
    return 0


def deploy(options: argparse.Namespace) -> int:
    endpoint = _endpoint(options)
    stack = Stack(endpoint, options.stack)
    with redirect_stdout(sys.stderr) if options.json else nullcontext():
        stack.deploy(dict(options.parameters))
    outputs = stack.outputs()
    if options.json:
        print(json.dumps(outputs))
    else:
        for key, value in sorted(outputs.items()):
            say(f"  {key} = {value}")
    return 0


def _endpoint(options: argparse.Namespace) -> Endpoint:
    endpoint = endpoints.choose(os.environ, options.aws)
    endpoint.check()
    return endpoint


COMMANDS = {"up": up, "deploy": deploy}
