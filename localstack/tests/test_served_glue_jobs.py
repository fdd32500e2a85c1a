from __future__ import annotations

import time
import unittest
from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError
from served import client

ENOUGH = 60
COPY = b"""
import sys, boto3
s3 = boto3.client("s3")
given = dict(zip(sys.argv[1::2], sys.argv[2::2]))
s3.put_object(Bucket=given["--bucket"], Key="made", Body=given["--text"].encode())
"""


class ServedGlueJobsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.glue = client("glue")
        self.bucket = f"jobs-{uuid4().hex}"
        client("s3").create_bucket(Bucket=self.bucket)

    def job(self, script: bytes, **more: object) -> str:
        name = f"job {uuid4().hex}"
        client("s3").put_object(Bucket=self.bucket, Key="script.py", Body=script)
        self.glue.create_job(
            Name=name,
            Role="arn:aws:iam::000000000000:role/job",
            Command={"Name": "pythonshell", "ScriptLocation": f"s3://{self.bucket}/script.py"},
            **more,
        )
        self.addCleanup(self.glue.delete_job, JobName=name)
        return name

    def start(self, job: str, **more: object) -> str:
        run = self.glue.start_job_run(JobName=job, **more)["JobRunId"]
        self.addCleanup(self.glue.batch_stop_job_run, JobName=job, JobRunIds=[run])
        return run

    def ended(self, job: str, run: str) -> dict[str, Any]:
        deadline = time.monotonic() + ENOUGH
        while True:
            found = self.glue.get_job_run(JobName=job, RunId=run)["JobRun"]
            if found["JobRunState"] in ("SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT"):
                return found
            self.assertLess(time.monotonic(), deadline, found)
            time.sleep(0.1)

    def refused(self, code: str, call: Any, **parameters: object) -> None:
        with self.assertRaises(ClientError) as raised:
            call(**parameters)
        self.assertEqual(code, raised.exception.response["Error"]["Code"])

    def test_a_run_does_what_the_script_says(self) -> None:
        job = self.job(COPY, DefaultArguments={"--bucket": self.bucket, "--text": "default"})

        found = self.ended(job, self.start(job, Arguments={"--text": "of this run"}))

        self.assertEqual("SUCCEEDED", found["JobRunState"], found)
        self.assertEqual({"--bucket": self.bucket, "--text": "of this run"}, found["Arguments"])
        made = client("s3").get_object(Bucket=self.bucket, Key="made")["Body"].read()
        self.assertEqual(b"of this run", made)

    def test_a_failed_run_says_why(self) -> None:
        job = self.job(b"raise ValueError('boom')")

        found = self.ended(job, self.start(job))

        self.assertEqual(("FAILED", "ValueError: boom"), (found["JobRunState"], found["ErrorMessage"]))

    def test_no_more_runs_begin_than_the_job_may_have(self) -> None:
        job = self.job(b"import time; time.sleep(600)", ExecutionProperty={"MaxConcurrentRuns": 2})
        runs = [self.start(job), self.start(job)]

        self.refused("ConcurrentRunsExceededException", self.glue.start_job_run, JobName=job)

        listed = self.glue.get_job_runs(JobName=job, MaxResults=1)
        self.assertEqual(([runs[1]], True), ([run["Id"] for run in listed["JobRuns"]], "NextToken" in listed))
        answer = self.glue.batch_stop_job_run(JobName=job, JobRunIds=[*runs, "jr_none"])
        self.assertEqual(runs, [one["JobRunId"] for one in answer["SuccessfulSubmissions"]])
        self.assertEqual("EntityNotFoundException", answer["Errors"][0]["ErrorDetail"]["ErrorCode"])
        self.assertEqual("STOPPED", self.ended(job, runs[0])["JobRunState"])
        self.ended(job, runs[1])
        self.start(job)

    def test_what_does_not_exist_is_a_typed_exception(self) -> None:
        job = self.job(COPY)

        self.refused("EntityNotFoundException", self.glue.start_job_run, JobName="nope")
        self.refused("EntityNotFoundException", self.glue.get_job_run, JobName=job, RunId="jr_none")


if __name__ == "__main__":
    unittest.main()
