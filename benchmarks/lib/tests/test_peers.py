"""How programs that register partitions are counted, priced and told."""

import contextlib
import io
import re
import unittest
from unittest import mock

from devtools.errors import CliError
from devtools.project import ROOT
from measurements import list_prices, peers_report
from measurements.peer_programs import AwsWrangler, FanIn, Table, Told, TrinoSync, tables
from measurements.peers import REGISTERED, Hour
from measurements.peers_report import AGAIN, NEW, Measured, Row, Work
from measurements.request_log import RequestLog, served
from measurements.trino import TrinoError

PRICES = ROOT / "model/src/main/java/io/fanin/model/cost/Prices.java"
CUT = "dt=2025-01-02/hour=05"
NAMED = Told(True, f"partial: {CUT} (Truncated: ...)", 10)


def line(request: str, status: int = 200) -> str:
    return f"2026-11-23T19:50:33.027  INFO --- [et.reactor-0] localstack.request.aws     : AWS {request} => {status}\n"


class RequestLogTest(unittest.TestCase):
    """A program's requests are those between two moments at which the log has come to rest."""

    def test_requests_to_s3_and_glue_are_counted_by_operation(self) -> None:
        log = line("s3.PutObject") * 2 + line("glue.GetTable") + line("sqs.SendMessage") + "Ready.\n"

        self.assertEqual({"S3 PutObject": 2, "Glue GetTable": 1}, served(log))

    def test_those_that_were_refused_are_counted_too(self) -> None:
        self.assertEqual({"S3 GetObject": 1}, served(line("s3.GetObject", 404).replace("\n", " (NoSuchKey)\n")))

    def test_an_operation_that_localstack_lacks_cannot_be_counted(self) -> None:
        with self.assertRaisesRegex(CliError, "lacks Glue's GetColumnStatistics"):
            served(line("glue.GetColumnStatistics", 501))

    def test_a_request_after_the_end_still_counts(self) -> None:
        whole = line("s3.PutObject") + line("s3.GetObject") + line("glue.GetTable")
        first = len(line("s3.PutObject"))
        lengths = iter([first, first, 2 * first, len(whole), len(whole), len(whole)])
        log = RequestLog(lambda: whole[: next(lengths)], settled_seconds=0)

        with log.counting() as requests:
            pass

        self.assertEqual({"S3 GetObject": 1, "Glue GetTable": 1}, requests)


class ListPricesTest(unittest.TestCase):
    def test_operations_are_priced_as_in_java(self) -> None:
        java = PRICES.read_text(encoding="utf-8")
        for name, here in (("LISTS_AND_PUTS", list_prices.LISTS_AND_PUTS), ("FREE", list_prices.FREE)):
            declared = re.search(rf"{name} = Set\.of\(([^)]*)\)", java)[1]
            self.assertEqual(set(re.findall(r'"(\w+)"', declared)), here - {"ListObjects"})

    def test_each_request_has_the_price_of_its_kind(self) -> None:
        prices = list_prices.prices()
        dollars = list_prices.of_requests(
            {"S3 PutObject": 2, "S3 GetObject": 3, "S3 DeleteObject": 5, "Glue GetTable": 7}
        )

        self.assertAlmostEqual(
            2 * prices["s3ListOrPut"] + 3 * prices["s3Get"] + 7 * prices["glueRequest"], dollars, places=12
        )


class ToldTest(unittest.TestCase):
    def test_a_failure_names_the_partition_or_does_not(self) -> None:
        self.assertEqual("which one, and why", NAMED.of(CUT))
        self.assertEqual("it fails, without naming it", Told(True, "out of memory").of(CUT))

    def test_a_success_may_tell_nothing(self) -> None:
        self.assertEqual("nothing", Told(False, "500 partitions added").of(CUT))


class ProgramsTest(unittest.TestCase):
    def test_a_statement_that_fails_tells_so(self) -> None:
        server = mock.Mock(rows=mock.Mock(side_effect=TrinoError("NOT_FOUND: no table")))

        told = TrinoSync(server).register(Table("flights", "flights/"))

        self.assertEqual(Told(True, "NOT_FOUND: no table"), told)

    def test_each_program_has_a_table_of_the_same_data(self) -> None:
        found = tables([FanIn.name, AwsWrangler.name, TrinoSync.name], "peers_1_1000/")

        self.assertEqual({"s3://lake-peers/peers_1_1000/"}, {table.location for table in found.values()})
        self.assertEqual("peers_1_1000_partition_fan_in", found[FanIn.name].name)
        self.assertEqual(3, len({table.name for table in found.values()}))

    def test_partitions_are_hours(self) -> None:
        self.assertEqual(CUT, Hour(29).name)
        self.assertEqual(["2025-01-02", "05"], Hour(29).values)

    def test_growth_with_the_table_is_measured(self) -> None:
        self.assertEqual(2, len(set(REGISTERED)))


class ShowTest(unittest.TestCase):
    def row(
        self, program: str = "partition-fan-in", registered: int = 499, cut: bool = False, told: Told = NAMED
    ) -> Row:
        works = [
            Work(NEW, {"S3 PutObject": 1_200, "Glue GetTable": 4}, told),
            Work(AGAIN, {"S3 ListObjectsV2": 5}, Told(state_transitions=3)),
        ]
        return Row(program, 1_000, registered, cut, told.of(CUT), "460 rows", works)

    def shown(self, *rows: Row, skipped: tuple[str, ...] = ()) -> tuple[int, str]:
        with contextlib.redirect_stdout(io.StringIO()) as output:
            code = peers_report.show(Measured(rows, dict.fromkeys(skipped, "no Java 24"), 500))
        return code, output.getvalue()

    def test_requests_and_their_money_are_shown(self) -> None:
        code, output = self.shown(self.row())

        self.assertEqual(0, code)
        self.assertIn("| 499 | held back | which one, and why | 460 rows | 6.00 + 0.25 | 0.03 + 0.08 |", output)
        self.assertIn("| what is new | 1,200 PutObject | 4 GetTable |", output)
        self.assertIn("| nothing new | 5 ListObjectsV2 | none |", output)

    def test_partition_fan_in_is_held_to_what_it_says(self) -> None:
        self.assertEqual(1, self.shown(self.row(registered=498))[0])
        self.assertEqual(1, self.shown(self.row(cut=True))[0])
        self.assertEqual(1, self.shown(self.row(told=Told(True, "it failed")))[0])

    def test_peers_are_not(self) -> None:
        code, output = self.shown(self.row("Trino", 500, True, Told()))

        self.assertEqual(0, code)
        self.assertIn("| Trino | 1,000 | 500 | registered | nothing |", output)

    def test_what_was_not_run_has_no_number(self) -> None:
        output = self.shown(skipped=("Trino",))[1]

        self.assertIn("| Trino | not measured: no Java 24 |", output)
        for name in peers_report.NOT_RUN:
            self.assertRegex(output, rf"\| {re.escape(name)} \| not[^|\d]*\|( \|)+\n")


if __name__ == "__main__":
    unittest.main()
