"""How the table-creator's first call is measured and told."""

import contextlib
import io
import unittest
from pathlib import Path
from unittest import mock

from devtools.errors import CliError
from measurements import first_call
from measurements.fresh import Cost, Program


class FirstCallTest(unittest.TestCase):
    def test_median_and_best_are_told(self):
        measured = {
            "with a class archive": [Cost(0.9, 0.8), Cost(0.7, 0.6), Cost(2.0, 1.9)],
            "without": [Cost(1.5, 1.4)],
        }

        with contextlib.redirect_stdout(io.StringIO()) as output:
            self.assertEqual(0, first_call.show(measured))

        self.assertIn("| with a class archive | 0.80 s (0.60 s) | 0.90 s (0.70 s) |", output.getvalue())
        self.assertIn("| without | 1.40 s (1.40 s) | 1.50 s (1.50 s) |", output.getvalue())

    def test_the_process_is_told_where_s3_and_glue_are(self):
        with self.served(24) as whole:
            cost = first_call._run(Program("p", ["p"]), Path("java"), "", Path("/folder"))

        self.assertEqual(Cost(1.0, 1.0), cost)
        _, arguments, variables, one_cpu, _ = whole.call_args.args
        self.assertEqual((["{}"], True), (arguments, one_cpu))
        self.assertEqual({"AWS_ENDPOINT_URL_S3": "http://s3", "AWS_ENDPOINT_URL_GLUE": "http://glue"}, variables)

    def test_fewer_partitions_are_an_error(self):
        with self.served(23), self.assertRaisesRegex(CliError, "24 partitions were to be registered, and 23 were"):
            first_call._run(Program("p", ["p"]), Path("java"), "", Path("/folder"))

    @contextlib.contextmanager
    def served(self, registered):
        server = mock.Mock()
        server.communicate.return_value = (f'{{"registered": {registered}}}\n', None)

        @contextlib.contextmanager
        def serve(*_):
            yield server, {"s3": "http://s3", "glue": "http://glue", "event": "{}"}

        with (
            mock.patch.object(first_call.fresh, "in_memory", serve),
            mock.patch.object(first_call.fresh, "whole", return_value=(Cost(1.0, 1.0), "")) as whole,
        ):
            yield whole


if __name__ == "__main__":
    unittest.main()
