"""What a webhook gets, from a server of this machine."""

import contextlib
import io
import json
import subprocess
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest import mock

from devtools import notification
from devtools.errors import CliError
from devtools.project import SCRIPTS

RUN = {
    "GITHUB_REPOSITORY": "example/pipeline",
    "GITHUB_WORKFLOW": "deploy",
    "GITHUB_REF_NAME": "fix/<@everyone>",
    "GITHUB_SHA": "0123456789abcdef",
    "GITHUB_ACTOR": "ada",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_RUN_ID": "42",
}
TEXT = "example/pipeline: deploy has failed on fix/<@everyone> at 0123456, started by ada"
LINK = "https://github.com/example/pipeline/actions/runs/42"


class WebhookTest(unittest.TestCase):
    def setUp(self):
        self.answers, self.got, self.location = [200], [], None
        test = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                test.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(test.answers.pop(0) if len(test.answers) > 1 else test.answers[0])
                if test.location:
                    self.send_header("Location", test.location)
                self.end_headers()

            def do_GET(self):
                test.got.append("GET")
                self.send_response(200)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.url = f"http://127.0.0.1:{server.server_port}/secret"
        patched = mock.patch.object(notification.time, "sleep")
        patched.start()
        self.addCleanup(patched.stop)

    def test_teams_gets_an_adaptive_card_with_a_link_to_the_run(self):
        self._notify(slack=False)

        (message,) = self.got
        (attachment,) = message["attachments"]
        self.assertEqual("message", message["type"])
        self.assertEqual("application/vnd.microsoft.card.adaptive", attachment["contentType"])
        self.assertEqual(TEXT, attachment["content"]["body"][0]["inlines"][0]["text"])
        self.assertEqual(LINK, attachment["content"]["actions"][0]["url"])

    def test_slack_gets_plain_text_that_mentions_nobody(self):
        self._notify(slack=True)

        (message,) = self.got
        self.assertIn("fix/&lt;@everyone&gt;", message["text"])
        self.assertEqual({"type": "plain_text", "text": TEXT}, message["blocks"][0]["text"])
        self.assertEqual(LINK, message["blocks"][1]["elements"][0]["url"])

    def test_slack_is_known_by_its_host(self):
        with mock.patch.object(notification, "SLACK", "127.0.0.1"):
            self._notify(slack=False)

        self.assertIn("blocks", self.got[0])

    def test_an_outage_is_tried_again(self):
        self.answers = [503, 429, 200]

        self._notify(slack=True)

        self.assertEqual(3, len(self.got))

    def test_a_refusal_fails_at_once_without_showing_the_secret(self):
        self.answers = [404]

        with self.assertRaises(CliError) as refused:
            self._notify(slack=True)

        self.assertEqual(1, len(self.got))
        self.assertIn("404", str(refused.exception))
        self.assertNotIn("secret", str(refused.exception))

    def test_a_redirect_which_would_lose_the_message_fails_without_showing_the_secret(self):
        for code in (301, 302, 303, 307, 308):
            for location in ("/sign-in?to=secret", "other://secret"):
                self.answers, self.got, self.location = [code], [], location
                with self.subTest(code=code, location=location), self.assertRaises(CliError) as refused:
                    self._notify(slack=False)

                self.assertEqual(1, len(self.got))
                self.assertIn(f"the webhook answered {code}", str(refused.exception))
                self.assertNotIn("secret", str(refused.exception))

    def test_what_is_no_url_is_refused_without_showing_the_secret(self):
        for url in (
            "hooks.example.com/secret",
            "ftp://hooks.example.com/secret",
            f"{self.url}\nsecret",
            "https:// secret",
            "https:///secret",
            "https://[secret",
            "https://hooks.example.com:secret/",
            "https://somebody:secret@hooks.example.com/",
        ):
            self.url = url
            with self.subTest(url), self.assertRaisesRegex(CliError, "FANIN_WEBHOOK_URL is not the URL") as refused:
                self._notify(slack=True)
            self.assertNotIn("secret", str(refused.exception))

    def test_a_url_whose_secret_others_could_read_on_the_way_is_refused(self):
        for host in ("hooks.example.com", "localhost.example.com", "127.0.0.1.example.com", "10.0.0.1"):
            self.url = f"http://{host}/secret"
            with self.subTest(host), self.assertRaisesRegex(CliError, "(?s)is not the URL.*https://") as refused:
                self._notify(slack=True)
            self.assertNotIn("secret", str(refused.exception))

    def test_on_this_machine_nobody_reads_it(self):
        for host in ("localhost", "127.0.0.1", "127.0.0.2", "[::1]"):
            with self.subTest(host):
                self.assertTrue(notification._is_webhook(f"http://{host}:8080/secret"))

    def test_a_line_end_behind_the_url_is_not_part_of_it(self):
        self.url += "\n"

        self._notify(slack=True)

        self.assertEqual(1, len(self.got))

    def test_the_script_itself_posts(self):
        variables = {"PATH": "/usr/bin:/bin:/usr/local/bin", notification.URL: self.url, **RUN}

        done = subprocess.run([SCRIPTS / "notify"], env=variables, capture_output=True, text=True, check=False)

        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(1, len(self.got))

    def test_without_a_webhook_it_says_that_nobody_is_notified(self):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            self.assertEqual(0, notification.notify(RUN, slack=False))

        self.assertIn("no notification is sent", said.getvalue())

    def _notify(self, slack):
        with contextlib.redirect_stdout(io.StringIO()):
            notification.notify({notification.URL: self.url, **RUN}, slack)


if __name__ == "__main__":
    unittest.main()
