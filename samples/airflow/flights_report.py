"""Reports on each hour of flights, begun when it ends, once the table is complete through it."""

from airflow.sdk import dag, task
from partition_fan_in.airflow import FaninCompleteThroughSensor


@dag(schedule="@hourly", catchup=False)
def flights_report():
    complete = FaninCompleteThroughSensor(
        task_id="complete",
        database="analytics",
        table="flights",
        complete_through="{{ logical_date - macros.timedelta(hours=1) }}",
        period="hour",
        deferrable=True,
    )

    @task
    def report(state: dict) -> str:
        return f"{state['database']}.{state['table']} is complete through {state['complete_through']}"

    report(complete.output)


flights_report()
