"""Airflow 3: a sensor that waits for a period of a table, operators that start and redrive runs, and assets."""

from partition_fan_in.airflow.assets import table_asset, watched_table
from partition_fan_in.airflow.operators import FaninRedriveOperator, FaninRunOperator
from partition_fan_in.airflow.sensors import FaninCompleteThroughSensor
from partition_fan_in.airflow.triggers import TableAdvancedTrigger

__all__ = [
    "FaninCompleteThroughSensor",
    "FaninRedriveOperator",
    "FaninRunOperator",
    "TableAdvancedTrigger",
    "table_asset",
    "watched_table",
]
