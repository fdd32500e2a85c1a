"""Which versions of functions a deployment deletes, tested with canned responses."""

import io
import unittest
from contextlib import redirect_stderr

import boto3
from botocore.stub import Stubber

from devtools import versions


class VersionsTest(unittest.TestCase):
    def setUp(self):
        self.client = boto3.client(
            "lambda", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
        )
        self.stub = Stubber(self.client)
        self.stub.activate()
        self.addCleanup(self.stub.deactivate)

    def test_what_is_neither_new_nor_named_by_an_alias_goes(self):
        self._has("detector", range(8, 13), {"Name": "live", "FunctionVersion": "12"}, deleted=["8", "9"])
        routed = {"AdditionalVersionWeights": {"3": 0.1}}
        self._has("processor", range(1, 8), {"FunctionVersion": "2", "RoutingConfig": routed}, deleted=["1", "4"])
        self._has("table-creator", [], {"FunctionVersion": "$LATEST"}, deleted=[])

        versions.delete_old(self.client, ["detector", "processor", "table-creator"])

        self.stub.assert_no_pending_responses()

    def test_who_may_not_delete_them_has_deployed_all_the_same(self):
        self.stub.add_client_error("list_versions_by_function", "AccessDeniedException", "not authorized")
        self._has("processor", range(1, 5), {"FunctionVersion": "4"}, deleted=["1"])
        told = io.StringIO()

        with redirect_stderr(told):
            versions.delete_old(self.client, ["detector", "processor"])

        self.assertIn("old versions of detector are left to the next deployment", told.getvalue())
        self.stub.assert_no_pending_responses()

    def _has(self, function, numbers, alias, deleted):
        all_versions = [{"Version": "$LATEST"}, *({"Version": str(number)} for number in numbers)]
        asked = {"FunctionName": function}
        self.stub.add_response("list_versions_by_function", {"Versions": all_versions}, asked)
        self.stub.add_response("list_aliases", {"Aliases": [alias]}, asked)
        for version in deleted:
            self.stub.add_response("delete_function", {}, {**asked, "Qualifier": version})


if __name__ == "__main__":
    unittest.main()
