"""Dagster: a table as an external asset, with a sensor that follows it and a check."""

from partition_fan_in.dagster.resource import FaninResource
from partition_fan_in.dagster.table import FaninTable

__all__ = ["FaninResource", "FaninTable"]
