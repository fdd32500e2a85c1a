"""Starts whenever the table is complete further than before, whoever has run it."""

from airflow.sdk import dag, task
from partition_fan_in.airflow import watched_table


@dag(schedule=[watched_table("analytics", "flights")])
def flights_follow():
    @task
    def follow(triggering_asset_events=None) -> list[str]:
        events = [event for of_asset in triggering_asset_events.values() for event in of_asset]
        return [event.extra["payload"]["complete_through"] for event in events]

    follow()


flights_follow()
