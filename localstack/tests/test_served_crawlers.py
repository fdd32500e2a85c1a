from __future__ import annotations

import time
import unittest
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError
from served import client


class ServedCrawlersTest(unittest.TestCase):
    def setUp(self) -> None:
        self.glue = client("glue")
        self.name = f"crawler-{uuid4().hex}"
        self.glue.create_crawler(
            Name=self.name,
            Role="crawler",
            DatabaseName="raw",
            Targets={"S3Targets": [{"Path": "s3://lake/t/"}]},
            Schedule="cron(0 3 * * ? *)",
            SchemaChangePolicy={"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "DEPRECATE_IN_DATABASE"},
        )
        self.addCleanup(self.glue.delete_crawler, Name=self.name)

    def test_its_schedule_is_stopped_and_started(self) -> None:
        self.assertEqual("SCHEDULED", self.glue.get_crawler(Name=self.name)["Crawler"]["Schedule"]["State"])

        self.glue.stop_crawler_schedule(CrawlerName=self.name)

        found = self.glue.get_crawlers()["Crawlers"]
        states = [crawler["Schedule"]["State"] for crawler in found if crawler["Name"] == self.name]
        self.assertEqual(["NOT_SCHEDULED"], states)

        self.glue.start_crawler_schedule(CrawlerName=self.name)

        self.assertEqual("SCHEDULED", self.glue.get_crawler(Name=self.name)["Crawler"]["Schedule"]["State"])

    def test_a_schedule_that_is_as_wanted_or_absent_is_an_error(self) -> None:
        stop, start = self.glue.stop_crawler_schedule, self.glue.start_crawler_schedule
        self.assertEqual("SchedulerRunningException", self._refused(start))
        stop(CrawlerName=self.name)
        self.assertEqual("SchedulerNotRunningException", self._refused(stop))

        self.glue.update_crawler(Name=self.name, Schedule="")
        self.assertEqual("NoScheduleException", self._refused(start))
        self.assertEqual("SchedulerNotRunningException", self._refused(stop))

    def _refused(self, operation: Callable[..., Any]) -> str:
        with self.assertRaises(ClientError) as raised:
            operation(CrawlerName=self.name)
        return str(raised.exception.response["Error"]["Code"])

    def test_what_is_given_is_changed_unless_it_runs(self) -> None:
        policy = {"UpdateBehavior": "LOG", "DeleteBehavior": "LOG"}
        self.glue.update_crawler(Name=self.name, SchemaChangePolicy=policy)

        changed = self.glue.get_crawler(Name=self.name)["Crawler"]
        self.assertEqual((policy, "raw"), (changed["SchemaChangePolicy"], changed["DatabaseName"]))

        self.glue.start_crawler(Name=self.name)
        with self.assertRaises(ClientError) as raised:
            self.glue.update_crawler(Name=self.name, SchemaChangePolicy=policy)
        self.assertEqual("CrawlerRunningException", raised.exception.response["Error"]["Code"])


class ServedRepairTest(unittest.TestCase):
    def test_folders_of_hive_become_partitions_once(self) -> None:
        glue, athena, s3 = client("glue"), client("athena"), client("s3")
        name = f"raw{uuid4().hex}"
        s3.create_bucket(Bucket=name)
        for folder in ("dt=2013-02-08/name=a%2Fb", "dt=2013-02-09/name=c", "DT=2013-02-10/name=d", "other/name=d"):
            s3.put_object(Bucket=name, Key=f"t/{folder}/part-0", Body=b"x")
        glue.create_database(DatabaseInput={"Name": name})
        keys = [{"Name": "dt", "Type": "string"}, {"Name": "name", "Type": "string"}]
        storage = {"Location": f"s3://{name}/t", "Columns": []}
        table = {"Name": "t", "StorageDescriptor": storage, "PartitionKeys": keys}
        glue.create_table(DatabaseName=name, TableInput=table)

        for _ in range(2):
            query = athena.start_query_execution(QueryString=f"MSCK REPAIR TABLE `{name}`.`t`")["QueryExecutionId"]
            deadline = time.monotonic() + 30
            while (state := athena.get_query_execution(QueryExecutionId=query))["QueryExecution"]["Status"][
                "State"
            ] == "RUNNING":
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.1)
            self.assertEqual("SUCCEEDED", state["QueryExecution"]["Status"]["State"], state)

        found = glue.get_partitions(DatabaseName=name, TableName="t")["Partitions"]
        self.assertEqual(
            {("2013-02-08", "a/b"): "dt=2013-02-08/name=a%2Fb/", ("2013-02-09", "c"): "dt=2013-02-09/name=c/"},
            {
                tuple(one["Values"]): one["StorageDescriptor"]["Location"].removeprefix(f"s3://{name}/t/")
                for one in found
            },
        )
