"""Runs every check and test of the project, and sums them up."""

from __future__ import annotations

import argparse


def verify(options: argparse.Namespace) -> int:
    raise NotImplementedError
