"""Flights as an external asset by the hour, what is made of each hour, and a check."""

import dagster as dg
from partition_fan_in.dagster import FaninResource, FaninTable

HOURS = dg.HourlyPartitionsDefinition("2013-02-08-10:00")
flights = FaninTable("analytics", "flights", partitions_def=HOURS)


@dg.asset(deps=[flights.asset()], partitions_def=HOURS)
def flights_report(context: dg.AssetExecutionContext) -> None:
    context.log.info(f"flights are complete for {context.partition_key}")


report = dg.define_asset_job("report", [flights_report])
defs = dg.Definitions(
    assets=[flights.asset(), flights_report],
    asset_checks=[flights.complete_through()],
    jobs=[report],
    sensors=[flights.sensor(job=report)],
    resources={"fanin": FaninResource()},
)
