"""The commands, each a few lines that put the parts together; all of the virtual environment may be used here."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import nullcontext, redirect_stdout

from devtools import aws_errors, commits, environments, smoke, verification
from devtools import endpoint as endpoints
from devtools.arguments import ADOPT, FAN_OUT, PEERS, starts_emulator
from devtools.demo import Demo
from devtools.emulator import Emulator
from devtools.endpoint import Endpoint
from devtools.environment import awslocal_hint
from devtools.environments import Environment
from devtools.errors import CliError
from devtools.project import DEFAULT_PORT, GIVEN, TEMPLATE, command, say
from devtools.stack import Stack
from devtools.terminal import harmless


def run(options: argparse.Namespace) -> int:
    GIVEN.stack = getattr(options, "stack", GIVEN.stack)
    GIVEN.port = getattr(options, "port", None) or GIVEN.port
    GIVEN.aws = getattr(options, "aws", GIVEN.aws)
    try:
        return COMMANDS[options.command](options)
    except aws_errors.CALLS as error:
        raise aws_errors.told(error) from error


def up(options: argparse.Namespace) -> int:
    if options.no_deploy:
        Emulator(options.port).start(options.engine)
        return 0
    endpoint = _local_endpoint(options)
    Stack(endpoint, options.stack).deploy({}, TEMPLATE, None, lambda: True)
    say()
    say("Next:")
    if options.port != DEFAULT_PORT:
        say(f"  export AWS_ENDPOINT_URL={endpoint.url}    # for awslocal")
    say(f"  {awslocal_hint()}    # for awslocal")
    say(f"  {command('demo')}    # the whole way on sample data")
    say(f"  {command('fanin', 'run')} SPEC    # a table of your own")
    say(f"  {command('down')}")
    return 0


def demo(options: argparse.Namespace) -> int:
    endpoint = _local_endpoint(options)
    stack = Stack(endpoint, options.stack)
    stack.deploy({}, TEMPLATE, None, lambda: True)
    walk = Demo.of(endpoint)
    if options.fresh:
        walk.reset()
    return walk.run(options.partial)


def deploy(options: argparse.Namespace) -> int:
    environment = environments.read(options.environment, options.config_file) if options.environment else None
    options.stack = environment.stack if environment else options.stack
    with redirect_stdout(sys.stderr) if options.json else nullcontext():
        endpoint = _local_endpoint(options) if starts_emulator(options) else _endpoint(options)
        if environment and endpoint.is_aws:
            environment.check_place(endpoint.session.region_name, endpoint.profile)
        stack = Stack(endpoint, options.stack)
        if environment and not options.delete:
            smoke.check(options.source)
        skipped = _is_superseded(options, stack)
        if not skipped and not _deploy(options, stack, environment):
            say("Nothing was changed")
            return 1
        if options.delete:
            return 0
        outputs = stack.outputs()
        if environment and not skipped:
            smoke.test(endpoint, options.stack, environment.smoke_spec, options.source, options.rollback)
            named = [options.environment, *(["--config-file", str(options.config_file)] if options.config_file else [])]
            say(f"To go back to what was deployed before: {command('deploy', *named, '--rollback')}")
            say(f"To see its tables: {command('fanin', 'status', '--stack', environment.stack)}")
    if options.json:
        print(json.dumps(outputs))
    else:
        for key, value in sorted(outputs.items()):
            say(f"  {key} = {value}")
    return 0


def _is_superseded(options: argparse.Namespace, stack: Stack) -> bool:
    """Whether the stack already has a later commit than the one to deploy, which is then told."""
    if not options.commit or options.older:
        return False
    deployed = stack.commit()
    if not commits.is_older(options.commit, deployed):
        return False
    told = harmless(f"Not deployed: {options.commit} is older than {deployed}, which stack {options.stack} has")
    # GitHub shows a notice on the page of the run.
    print(f"::notice::{told}" if os.environ.get("GITHUB_ACTIONS") == "true" else told, flush=True)
    return True


def _deploy(options: argparse.Namespace, stack: Stack, environment: Environment | None) -> bool:
    asks = (environment is not None or options.aws or options.delete) and not options.yes
    approve = _ask if asks else lambda: True
    if options.delete:
        return stack.delete(approve)
    if options.rollback:
        return stack.roll_back(approve)
    declared, tags = (environment.parameters, environment.tags) if environment else (None, None)
    return stack.deploy(
        dict(options.parameters), options.source / TEMPLATE.name, declared, approve, tags, options.commit
    )


def _ask() -> bool:
    if not sys.stdin.isatty():
        raise CliError("there is no terminal to ask for confirmation", "confirm with --yes")
    try:
        return input("Go on? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        say()
        return False


def benchmark_on_localstack(options: argparse.Namespace) -> int:
    # Beside the benchmarks; the other commands do without.
    from measurements.adoption import Adoption
    from measurements.cold_start import ColdStart
    from measurements.fan_out import FanOut
    from measurements.peers import Peers

    emulator = Emulator(options.port)
    endpoint = _local_endpoint(options)
    if options.names == [ADOPT]:
        return Adoption(endpoint).measure()
    stack = Stack(endpoint, options.stack)
    stack.deploy({}, TEMPLATE, None, lambda: True)
    if options.names == [FAN_OUT]:
        return FanOut(endpoint, stack.outputs()).measure()
    if options.names == [PEERS]:
        return Peers(emulator, endpoint, stack.outputs()).measure()
    return ColdStart(endpoint, stack.outputs(), emulator.state / "tmp" / "environments").measure()


def _endpoint(options: argparse.Namespace) -> Endpoint:
    if options.port is None:
        endpoint = endpoints.choose(os.environ, options.aws)
    else:
        endpoint = endpoints.local(f"http://localhost:{options.port}", os.environ)
    endpoint.check()
    return endpoint


def _local_endpoint(options: argparse.Namespace) -> Endpoint:
    """The started emulator of this port, regardless of endpoints in the environment."""
    emulator = Emulator(options.port or DEFAULT_PORT)
    emulator.start(options.engine)
    return endpoints.local(emulator.url, os.environ)


COMMANDS = {
    "up": up,
    "demo": demo,
    "deploy": deploy,
    "benchmarks": benchmark_on_localstack,
    "test": lambda options: verification.verify(),
}
