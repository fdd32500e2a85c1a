"""Who sends to the queue of S3's events."""

import unittest

from devtools.policies import ALLOWED, Case, Rendering, Request, evaluate_all
from devtools.roles import ACCOUNT, REGION, transformed

OTHER = "111111111111"
QUEUE = f"arn:aws:sqs:{REGION}:{ACCOUNT}:made-ObjectEventsQueue"
SEND = {"Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": QUEUE}]}


class QueuePolicyTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.template = transformed()

    def test_the_role_of_a_rule_sends_from_data_accounts_alone(self):
        """https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html."""
        answers = {
            (f"222222222222,{OTHER}", OTHER): ALLOWED,
            ("222222222222", OTHER): "ImplicitlyDenied",
            ("", OTHER): "ImplicitlyDenied",
        }
        cases = [
            self._case(f"arn:aws:iam::{account}:role/rule", {}, DataAccounts=accounts) for accounts, account in answers
        ]

        self.assertEqual([[answer] for answer in answers.values()], evaluate_all(cases))

    def test_roles_of_data_accounts_may_do_nothing_else_to_the_queue(self):
        for action in ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:PurgeQueue"):
            allowing = {"Statement": [{"Effect": "Allow", "Action": action, "Resource": QUEUE}]}
            policy = self._policy(DataAccounts=OTHER)
            request = Request(action, QUEUE, {"aws:SecureTransport": "true"})
            case = Case([allowing], [request], bucket=policy, principal=f"arn:aws:iam::{OTHER}:role/rule")
            with self.subTest(action):
                self.assertEqual([["ImplicitlyDenied"]], evaluate_all([case]))

    def _case(self, principal, context, **parameters):
        request = Request("sqs:SendMessage", QUEUE, {"aws:SecureTransport": "true", **context})
        return Case([SEND], [request], bucket=self._policy(**parameters), principal=principal)

    def _policy(self, **parameters):
        known = {"AWS::AccountId": ACCOUNT, "DataBuckets": "lake", "ObjectEventsQueue.Arn": QUEUE}
        properties = self.template["Resources"]["ObjectEventsQueuePolicy"]["Properties"]
        return Rendering(self.template, {**known, **parameters}).value(properties["PolicyDocument"])


if __name__ == "__main__":
    unittest.main()
