package io.fanin.cli;

import static io.fanin.cli.InitFixture.count;
import static io.fanin.cli.InitFixture.spec;
import static io.fanin.cli.InitFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proposed spec of a table is the shortest correct one, or the output names the open decision. */
class InitCommandTest {

    private final InitFixture fixture = new InitFixture();

    @Test
    void plainHiveTableIsNamedAndNothingElse() {
        fixture.table("t", "dt:date hour:int")
                .data("t", "dt=2013-02-08/hour=17", "dt=2013-02-08/hour=18", "dt=2013-02-09/hour=0")
                .registered("t", "dt=2013-02-08/hour=17", "2013-02-08", "17");

        JsonNode proposal = fixture.init("t");

        assertThat(proposal.path("spec").toString()).isEqualTo("{\"database\":\"raw\",\"table\":\"t\"}");
        assertThat(proposal.path("verdict").asText()).isEqualTo("READY");
        assertThat(count(proposal, "found")).isEqualTo("3");
        assertThat(count(proposal, "unregistered")).isEqualTo("2");
        assertThat(count(proposal, "registered")).isEqualTo("1");
        assertThat(count(proposal, "gone")).isEqualTo("0");
        assertThat(fixture.cli.aws.log().counts())
                .isEqualTo(Map.of("GetTable", 1, "GetPartitions", 1, "ListObjectsV2", 3));
    }

    /** The documented layouts of these tools. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "awswrangler | dt:date region:string | dt=2013-02-08/region=eu dt=2013-02-09/region=us | {} | READY",
                "msck | dt:string | dt=2013-02-08 dt=2013-02-09 | {'partitionKeys':[{'name':'dt','type':'string','format':'yyyy-MM-dd'}]} | CHECK",
                "spark | year:int month:int day:int | year=2013/month=2/day=8 year=2013/month=11/day=30 | {} | READY",
                "crawler | partition_0:string partition_1:string partition_2:string | 2013/02/08 2013/02/09 2014/11/30 |"
                        + " {'partitionKeys':[{'name':'partition_0','type':'string','format':'yyyy'},{'name':'partition_1','type':'string','format':'MM'},"
                        + "{'name':'partition_2','type':'string','format':'dd'}],'layout':'${partition_0}/${partition_1}/${partition_2}'} | CHECK",
                "mixed crawler | dt:string partition_1:string | dt=2013-02-08/us dt=2013-02-09/eu |"
                        + " {'partitionKeys':[{'name':'dt','type':'string','format':'yyyy-MM-dd'},{'name':'partition_1','type':'string'}],'layout':'dt=${dt}/${partition_1}'} | CHECK",
                "firehose | partition_0:string partition_1:string partition_2:string partition_3:string | 2013/02/08/17 2013/02/08/18 |"
                        + " {'partitionKeys':[{'name':'partition_0','type':'string','format':'yyyy'},{'name':'partition_1','type':'string','format':'MM'},"
                        + "{'name':'partition_2','type':'string','format':'dd'},{'name':'partition_3','type':'string','format':'HH'}],"
                        + "'layout':'${partition_0}/${partition_1}/${partition_2}/${partition_3}'} | CHECK",
                "firehose, one key | inserted_at:string | 2013/02/08/17 2013/02/08/18 |"
                        + " {'partitionKeys':[{'name':'inserted_at','type':'string','format':'yyyy/MM/dd/HH'}],'layout':'${inserted_at}'} | CHECK",
                "flow logs | region:string day:string | AWSLogs/1/vpcflowlogs/eu/2013/02/08 AWSLogs/1/vpcflowlogs/us/2013/02/09 |"
                        + " {'partitionKeys':[{'name':'region','type':'string'},{'name':'day','type':'string','format':'yyyy/MM/dd'}],"
                        + "'layout':'AWSLogs/1/vpcflowlogs/${region}/${day}'} | CHECK",
                "folder between | dt:date | data/dt=2013-02-08 data/dt=2013-02-09 | {'layout':'data/dt=${dt}'} | CHECK",
                "date without dashes | dt:date | dt=20130208 dt=20130209 | {'partitionKeys':[{'name':'dt','type':'date','format':'yyyyMMdd'}]} | CHECK",
                "text year | year:string | year=13 year=14 | {'partitionKeys':[{'name':'year','type':'string','time':false}]} | CHECK",
                "other name of a time | dt:string | date=2013-02-08 date=2013-02-09 |"
                        + " {'partitionKeys':[{'name':'dt','type':'string','format':'yyyy-MM-dd'}],'layout':'date=${dt}'} | CHECK",
                "other name of a date | dt:date | date=2013-02-08 date=2013-02-09 | {'layout':'date=${dt}'} | CHECK",
                "other names of units | year:int month:int | y=2013/m=02 y=2014/m=11 | {'layout':'y=${year}/m=${month}'} | CHECK",
                "another key | dt:string | region=eu/dt=2013-02-08 region=us/dt=2013-02-09 | {'layout':'region=${dt}'} | DECIDE",
                "key above | year:string month:string | country=us/year=2013/month=02 country=us/year=2014/month=03 |"
                        + " {'partitionKeys':[{'name':'year','type':'string','time':false},{'name':'month','type':'string'}],"
                        + "'layout':'country=${year}/year=${month}'} | DECIDE",
                "escaped | name:string | name=a%2Fb name=c | {} | READY",
                "empty | dt:date | '' | {} | CHECK",
            })
    void specOfKnownWritersIsRight(String writer, String keys, String paths, String spec, String verdict) {
        fixture.table("t", keys);
        if (!paths.isEmpty()) {
            fixture.data("t", paths.split(" ", -1));
        }

        JsonNode proposal = fixture.init("t");

        assertThat(spec(proposal)).isEqualTo(spec);
        assertThat(proposal.path("verdict").asText()).as(texts(proposal)).isEqualTo(verdict);
        assertThat(count(proposal, "unregistered"))
                .isEqualTo(String.valueOf(paths.isEmpty() ? 0 : paths.split(" ", -1).length));
        assertThat(proposal.path("firstRun").path("unfit").path("count").asInt())
                .isZero();
    }

    @Test
    void layoutOfRegisteredPartitionsIsCertain() {
        fixture.table("t", "a:string b:string")
                .data("t", "x/us/2013", "x/us/2014")
                .registered("t", "x/us/2013", "us", "2013");

        JsonNode proposal = fixture.init("t");

        assertThat(spec(proposal)).isEqualTo("{'layout':'x/${a}/${b}'}");
        assertThat(proposal.path("verdict").asText()).isEqualTo("READY");
        assertThat(count(proposal, "unregistered")).isEqualTo("1");
    }

    /** The folder of an hour is not a partition of a table by day. */
    @Test
    void registeredDaysAreNotTakenForHours() {
        fixture.table("t", "dt:string")
                .data("t", "2013/02/08/17", "2013/02/09/03")
                .registered("t", "2013/02/08", "2013/02/08");

        JsonNode proposal = fixture.init("t");

        assertThat(spec(proposal)).contains("'format':'yyyy/MM/dd'", "'layout':'${dt}'");
        assertThat(count(proposal, "found")).isEqualTo("2");
        assertThat(count(proposal, "unregistered")).isEqualTo("1");
    }

    @Test
    void registeredValuesThatContradictTheirFoldersAreForAPerson() {
        fixture.table("t", "dt:date").data("t", "dt=2013-02-08").registered("t", "dt=2013-02-08", "2014-01-01");

        JsonNode proposal = fixture.init("t");

        assertThat(proposal.path("verdict").asText()).isEqualTo("DECIDE");
        assertThat(texts(proposal)).contains("runs leave such folders out, and fail if most are such");
    }

    @Test
    void singlePartitionElsewhereIsNamedAndChangesNothing() {
        fixture.table("t", "dt:date")
                .data("t", "dt=2013-02-08", "dt=2013-02-09", "dt=2013-02-10", "other")
                .registered("t", "dt=2013-02-08", "2013-02-08")
                .registered("t", "dt=2013-02-09", "2013-02-09")
                .registered("t", "other", "2013-02-07");

        JsonNode proposal = fixture.init("t");

        assertThat(spec(proposal)).isEqualTo("{}");
        assertThat(proposal.path("verdict").asText()).isEqualTo("CHECK");
        assertThat(texts(proposal)).contains("1 lie elsewhere than their values say, such as [2013-02-07] at other/");
        assertThat(count(proposal, "unregistered")).isEqualTo("1");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:date   | 2014-01-01 | DECIDE | readers would have their rows twice, so runs leave such folders out",
                "dt:string | latest     | CHECK  | 1 have values that are no time, such as [latest] at dt=2013-02-10/:"
                        + " they stay as they are, and runs also register their folders",
            })
    void folderOfAnotherPartitionThanRegisteredIsNamed(String keys, String value, String verdict, String text) {
        fixture.table("t", keys)
                .data("t", "dt=2013-02-08", "dt=2013-02-09", "dt=2013-02-10")
                .registered("t", "dt=2013-02-08", "2013-02-08")
                .registered("t", "dt=2013-02-09", "2013-02-09")
                .registered("t", "dt=2013-02-10", value);

        JsonNode proposal = fixture.init("t");

        assertThat(proposal.path("verdict").asText()).isEqualTo(verdict);
        assertThat(texts(proposal)).contains(text);
        assertThat(count(proposal, "unregistered")).isEqualTo("1");
    }

    @Test
    void folderThatIsRegisteredTwiceAlreadyStaysAsItIs() {
        fixture.table("t", "dt:date")
                .data("t", "dt=2013-02-08", "dt=2013-02-09")
                .registered("t", "dt=2013-02-08", "2013-02-08")
                .registered("t", "dt=2013-02-09", "2013-02-09")
                .registered("t", "dt=2013-02-09", "2014-01-01");

        JsonNode proposal = fixture.init("t");

        assertThat(proposal.path("verdict").asText()).isEqualTo("CHECK");
        assertThat(texts(proposal)).contains("such as [2014-01-01] at dt=2013-02-09/: they stay as they are");
        assertThat(count(proposal, "unregistered")).isEqualTo("0");
    }

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource({
        "event-date:date, event-date=2013-02-08, 2013-02-08, catalog: an expression cannot name key event-date",
        "order:date, order=2013-02-08, 2013-02-08, catalog: an expression cannot name key order",
        "year:int, year=2013, __HIVE_DEFAULT_PARTITION__, catalog: key year has the value __HIVE_DEFAULT_PARTITION__",
        "year:int, year=2013, 2013,",
    })
    void tableWhoseCatalogIsReadAsAWholeIsNamed(String keys, String path, String value, String text) {
        fixture.table("t", keys).data("t", path).registered("t", path.split("=", 2)[0] + "=" + value, value);

        JsonNode proposal = fixture.init("t");

        assertThat(proposal.path("verdict").asText()).isEqualTo("READY");
        if (text == null) {
            assertThat(texts(proposal)).doesNotContain("catalog:");
        } else {
            assertThat(texts(proposal))
                    .contains(text)
                    .contains("each run of list reads all of the table's registered partitions");
        }
    }

    @Test
    void whatIsRegisteredAndGoneIsCounted() {
        fixture.table("t", "dt:date")
                .data("t", "dt=2013-02-08", "dt=2013-02-09")
                .registered("t", "dt=2013-02-08", "2013-02-08")
                .registered("t", "dt=2012-01-01", "2012-01-01");
        fixture.cli.aws.glue().putPartition("raw", "t", List.of("2012-01-02"), "s3://lake/other/dt=2012-01-02/");

        JsonNode proposal = fixture.init("t");

        assertThat(count(proposal, "registered")).isEqualTo("3");
        assertThat(count(proposal, "gone")).isEqualTo("1");
        assertThat(count(proposal, "elsewhere")).isEqualTo("1");
        assertThat(proposal.path("verdict").asText()).isEqualTo("CHECK");
        assertThat(texts(proposal)).contains("1 registered partition lies outside the table's folder");
        assertThat(count(proposal, "unregistered")).isEqualTo("1");
    }

    @Test
    void namesThatDoNotFitAreCountedWithAnExample() {
        fixture.table("t", "dt:date").data("t", "dt=2013-02-08", "dt=2013-02-09", "backup", "dt=latest", "_temporary");
        fixture.cli.aws.s3().put("lake", "t/README.txt", "hello");

        JsonNode proposal = fixture.init("t");

        assertThat(count(proposal, "found")).isEqualTo("2");
        assertThat(count(proposal, "unfit")).isEqualTo("3");
        assertThat(proposal.path("firstRun").path("unfitExample").asText()).contains("README.txt");
        assertThat(proposal.path("verdict").asText()).isEqualTo("CHECK");
        assertThat(texts(proposal))
                .contains("runs leave out 3 names that do not fit the layout", "README.txt", "backup/", "dt=latest/");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"dt:date, do not fit the layout", "dt:string, key dt is not a time"})
    void fewNamesOfAnotherFormAreNamed(String keys, String text) {
        fixture.table("t", keys).data("t", "dt=latest", "dt=20261125");
        for (int day = 1; day <= 20; day++) {
            fixture.data("t", String.format(Locale.ROOT, "dt=2026-11-%02d", day));
        }

        JsonNode proposal = fixture.init("t");

        assertThat(proposal.path("verdict").asText()).isEqualTo("CHECK");
        assertThat(texts(proposal)).contains(text, "20261125", "latest");
    }

    @ParameterizedTest
    @CsvSource({"xx, false", "77, true"})
    void nameThatIsNoNumberMakesAnHourNoLessATime(String stray, boolean isNotATime) {
        fixture.table("t", "dt:date hour:int").data("t", "dt=2026-11-02/hour=" + stray);
        for (int hour = 0; hour < 24; hour++) {
            fixture.data("t", "dt=2026-11-02/hour=" + hour);
        }

        JsonNode proposal = fixture.init("t");

        assertThat(texts(proposal).contains("key hour is not a time: not all its values that were seen are"))
                .isEqualTo(isNotATime);
        assertThat(texts(proposal)).doesNotContain("so are all its values");
        assertThat(proposal.path("spec").toString().contains("\"time\":false")).isEqualTo(isNotATime);
    }

    /** A year of hours: two days are listed, and one page of 1,000 partitions. */
    @Test
    void largeTableIsSampled() {
        fixture.table("t", "dt:date hour:int");
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= 28; day++) {
                for (int hour = 0; hour < 24; hour += 6) {
                    fixture.data("t", "dt=2013-%02d-%02d/hour=%d".formatted(month, day, hour));
                }
            }
        }
        fixture.registered("t", "dt=2013-01-01/hour=0", "2013-01-01", "0");

        JsonNode proposal = fixture.init("t");

        assertThat(count(proposal, "found")).isEqualTo("1344~");
        assertThat(count(proposal, "unregistered")).isEqualTo("1343~");
        assertThat(fixture.cli.aws.log().counts())
                .isEqualTo(Map.of("GetTable", 1, "GetPartitions", 1, "ListObjectsV2", 3));
        assertThat(proposal.path("firstRun")
                        .path("requests")
                        .path("S3 ListObjectsV2")
                        .asInt())
                .isEqualTo(1 + 336 + 1);
    }

    @Test
    void registeredPartitionsOfALargeTableAreSampled() {
        fixture.table("t", "n:int").data("t", "n=1", "n=2", "n=9999");
        IntStream.range(2, 4002).forEach(n -> fixture.registered("t", "n=" + n, String.valueOf(n)));
        fixture.cli.aws.glue().scanAtMost(1000);

        JsonNode proposal = fixture.init("t");

        assertThat(count(proposal, "registered")).isEqualTo("3000+");
        assertThat(count(proposal, "unregistered")).as("by their names").isEqualTo("2");
        assertThat(fixture.cli.aws.log().counts())
                .containsEntry("GetPartitions", 3)
                .containsKey("BatchGetPartition");
        assertThat(fixture.cli.aws.log().count()).isLessThanOrEqualTo(9);
    }

    @Test
    void twoSpellingsOfANumberAreOnePartition() {
        fixture.table("t", "n:int").data("t", "n=01", "n=2").registered("t", "n=01", "1");

        assertThat(count(fixture.init("t"), "unregistered")).isEqualTo("1");
    }

    @Test
    void specIsPrintedAndTheReasonsAreOnTheErrorStream() {
        fixture.table("t", "dt:string").data("t", "dt=2013-02-08", "backup");

        Done done = fixture.cli.run("init", "raw.t");

        assertThat(done.code()).isZero();
        assertThat(done.json().path("table").asText()).isEqualTo("t");
        assertThat(done.err().lines())
                .containsExactly(
                        "certain: layout hive: the names of the folders are those of the keys",
                        "guess: key dt is a time in the format yyyy-MM-dd: so are all its values that were seen",
                        "guess: runs leave out 1 name that does not fit the layout, such as backup/ (expected"
                                + " dt=<string>)",
                        "first run: 1 partitions exist, 1 of them are not registered and would be processed in 1 batch:"
                                + " 1 listing and 8 state transitions, $0.0003 for these at list prices; the functions' time"
                                + " comes on top",
                        "registered: 0, of which 0 no longer exist");
    }

    @Test
    void namesFromS3CannotWriteToTheTerminal() {
        fixture.table("t", "a:string").data("t", "\u001b[31mred", "a=\u001b[2J", "a=x");

        Done done = fixture.cli.run("init", "raw.t");

        assertThat(done.out() + done.err()).doesNotContain("\u001b");
    }

    /** Parameters of a stack would not help: there may be no stack. */
    @Test
    void folderThatMayNotBeListedNamesThePermission() {
        fixture.table("t", "dt:date");
        fixture.cli.aws.s3().deny("lake", "t/");

        Done done = fixture.cli.run("init", "raw.t");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("error: s3://lake/t/ cannot be listed: access is denied: you need s3:ListBucket on the bucket"
                        + " lake, in another account by its own policy, too")
                .doesNotContain("DataBuckets");
    }

    @Test
    void tableThatIsNotThereIsSaid() {
        Done done = fixture.cli.run("init", "raw.nosuch");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("error: there is no table raw.nosuch in the catalog");
    }
}
