"""Glue's operations on crawlers and their schedules. The crawlers are moto's, which crawl nothing."""

from __future__ import annotations

import copy
from typing import Any

from moto.glue.models import FakeCrawler, GlueBackend

from fanin_localstack.glue_rules import GlueRuleError, page

Request = dict[str, Any]
Response = dict[str, Any]

MAX_CRAWLER_PAGE = 1000
SCHEDULED, NOT_SCHEDULED = "SCHEDULED", "NOT_SCHEDULED"

FIELDS = {
    "Role": "role",
    "DatabaseName": "database_name",
    "Description": "description",
    "Targets": "targets",
    "Schedule": "schedule",
    "SchemaChangePolicy": "schema_change_policy",
    "TablePrefix": "table_prefix",
}
"""Of an update, and moto's names for them."""


def get_crawler(backend: GlueBackend, request: Request) -> Response:
    return {"Crawler": _described(backend.get_crawler(request["Name"]))}


def get_crawlers(backend: GlueBackend, request: Request) -> Response:
    found, token = page(list(backend.get_crawlers()), lambda crawler: crawler.name, request, MAX_CRAWLER_PAGE)
    answer: Response = {"Crawlers": [_described(crawler) for crawler in found]}
    return {**answer, "NextToken": token} if token else answer


def update_crawler(backend: GlueBackend, request: Request) -> Response:
    """Changes what is given, unless the crawler is running."""
    crawler = backend.get_crawler(request["Name"])
    if crawler.status == "RUNNING":
        raise GlueRuleError("CrawlerRunningException", f"Crawler with name {crawler.name} is running")
    for name, attribute in FIELDS.items():
        if name in request:
            setattr(crawler, attribute, copy.deepcopy(request[name]))
    return {}


def start_crawler_schedule(backend: GlueBackend, request: Request) -> Response:
    crawler = backend.get_crawler(request["CrawlerName"])
    if not crawler.schedule:
        raise GlueRuleError("NoScheduleException", f"Crawler with name {crawler.name} has no schedule")
    if _schedule_state(crawler) == SCHEDULED:
        raise GlueRuleError("SchedulerRunningException", f"The schedule of {crawler.name} is running already")
    crawler.fanin_schedule_state = SCHEDULED
    return {}


def stop_crawler_schedule(backend: GlueBackend, request: Request) -> Response:
    crawler = backend.get_crawler(request["CrawlerName"])
    if not crawler.schedule or _schedule_state(crawler) == NOT_SCHEDULED:
        raise GlueRuleError("SchedulerNotRunningException", f"The schedule of {crawler.name} is not running")
    crawler.fanin_schedule_state = NOT_SCHEDULED
    return {}


OPERATIONS = {
    "GetCrawler": get_crawler,
    "GetCrawlers": get_crawlers,
    "UpdateCrawler": update_crawler,
    "StartCrawlerSchedule": start_crawler_schedule,
    "StopCrawlerSchedule": stop_crawler_schedule,
}


def _schedule_state(crawler: FakeCrawler) -> str:
    return getattr(crawler, "fanin_schedule_state", SCHEDULED)


def _described(crawler: FakeCrawler) -> dict[str, Any]:
    described: dict[str, Any] = copy.deepcopy(crawler.as_dict())
    if crawler.schedule:
        described["Schedule"]["State"] = _schedule_state(crawler)
    return described
