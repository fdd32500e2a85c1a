"""Runs the table by the day. A run that is held is redriven by hand, once its data is repaired."""

from airflow.sdk import dag
from partition_fan_in.airflow import FaninRedriveOperator, FaninRunOperator, table_asset

FLIGHTS = table_asset("analytics", "flights")
MACHINE, SPEC = "{{ var.value.fanin_state_machine }}", "s3://lake/specs/analytics/flights.json"


@dag(schedule="@daily", catchup=False)
def flights_run():
    FaninRunOperator(task_id="run", state_machine_arn=MACHINE, spec=SPEC, deferrable=True, outlets=[FLIGHTS])


@dag(schedule=None, params={"execution": ""})
def flights_redrive():
    FaninRedriveOperator(task_id="redrive", execution_arn="{{ params.execution }}", deferrable=True, outlets=[FLIGHTS])


flights_run()
flights_redrive()
