package io.fanin.cli;

import static io.fanin.cli.InitFixture.count;
import static io.fanin.cli.InitFixture.spec;
import static io.fanin.cli.InitFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of partition projection, of the logs of AWS services, and those whose partitions cannot be registered. */
class InitForeignTablesTest {

    private final InitFixture fixture = new InitFixture();

    private static Map<String, String> projection(String parameters) {
        Map<String, String> all = new HashMap<>(Map.of("projection.enabled", "true"));
        for (String parameter : parameters.split(";", -1)) {
            String[] parts = parameter.split("=", 2);
            all.put(parts[0].equals("template") ? "storage.location.template" : "projection." + parts[0], parts[1]);
        }
        return all;
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:string | dt.type=date;dt.format=yyyy-MM-dd;dt.range=2013-01-01,NOW | dt=2013-02-08 dt=2013-02-09 |"
                        + " {'partitionKeys':[{'name':'dt','type':'string','format':'yyyy-MM-dd'}]}",
                "dt:date | dt.type=date;dt.format=yyyy-MM-dd | dt=2013-02-08 dt=2013-02-09 | {}",
                "dt:string | dt.type=date;dt.format=yyyy/MM/dd/HH;dt.interval=1;dt.interval.unit=HOURS;template=s3://lake/t/${dt} |"
                        + " 2013/02/08/17 2013/02/08/18 | {'partitionKeys':[{'name':'dt','type':'string','format':'yyyy/MM/dd/HH'}],'layout':'${dt}'}",
                "region:string | region.type=enum;region.values=eu,us | region=eu region=us | {}",
                "region:string | region.type=enum;region.values=eu,us;template=s3://lake/t/logs/${region}/ | logs/eu logs/us |"
                        + " {'location':'s3://lake/t/logs/','layout':'${region}'}",
                "n:int | n.type=integer;n.range=1,99;n.digits=2 | n=01 n=02 | {}",
                "device:string | device.type=injected;template=s3://lake/t/d-${device}/ | d-a d-b | {'layout':'d-${device}'}",
                "region:string day:string | region.type=enum;region.values=eu;day.type=date;day.format=yyyy/MM/dd;"
                        + "template=s3://lake/t/AWSLogs/1/CloudTrail/${region}/${day} | AWSLogs/1/CloudTrail/eu/2013/02/08 AWSLogs/1/CloudTrail/eu/2013/02/09 |"
                        + " {'location':'s3://lake/t/AWSLogs/1/CloudTrail/','partitionKeys':[{'name':'region','type':'string'},"
                        + "{'name':'day','type':'string','format':'yyyy/MM/dd'}],'layout':'${region}/${day}'}",
            })
    void projectionIsTranslatedAndDecidedByAPerson(String keys, String parameters, String paths, String spec) {
        fixture.table("t", keys, projection(parameters)).data("t", paths.split(" ", -1));

        JsonNode proposal = fixture.init("t");

        assertThat(spec(proposal)).isEqualTo(spec);
        assertThat(proposal.path("verdict").asText()).isEqualTo("DECIDE");
        assertThat(texts(proposal)).contains("with projection.enabled=true Athena ignores registered partitions");
        assertThat(count(proposal, "unregistered")).isEqualTo("2");
    }

    @Test
    void projectionThatCannotBeTranslatedIsNamed() {
        fixture.table("t", "dt:string", projection("dt.type=date;dt.format=MM-dd"))
                .data("t", "dt=02-08");

        JsonNode proposal = fixture.init("t");

        assertThat(texts(proposal)).contains("projection.dt.format cannot be translated");
        assertThat(fixture.cli.run("init", "raw.t").code()).isEqualTo(4);
    }

    @Test
    void cloudTrailIsRegisteredAndNotRead() {
        fixture.table(
                        "t",
                        "region:string day:string",
                        "org.apache.hive.hcatalog.data.JsonSerDe",
                        "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
                        Map.of())
                .data("t", "eu-west-1/2013/02/08", "us-east-1/2013/02/09");

        JsonNode proposal = fixture.init("t");

        assertThat(spec(proposal))
                .isEqualTo(
                        "{'partitionKeys':[{'name':'region','type':'string'},{'name':'day','type':'string','format':'yyyy/MM/dd'}],"
                                + "'layout':'${region}/${day}','processor':{'type':'register'}}");
    }

    @Test
    void logsOfALoadBalancerAreRegisteredAndNotRead() {
        fixture.table(
                        "t",
                        "day:string",
                        "org.apache.hadoop.hive.serde2.RegexSerDe",
                        InitFixture.TEXT_INPUT,
                        projection("day.type=date;day.format=yyyy/MM/dd;"
                                + "template=s3://lake/t/AWSLogs/1/elasticloadbalancing/eu-west-1/${day}"))
                .data("t", "AWSLogs/1/elasticloadbalancing/eu-west-1/2013/02/08");

        JsonNode proposal = fixture.init("t");

        assertThat(spec(proposal)).contains("'processor':{'type':'register'}", "elasticloadbalancing/eu-west-1/");
        assertThat(count(proposal, "found")).isEqualTo("1");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "table_type,                 ICEBERG, is of format iceberg",
        "table_type,                 DELTA,   is of format delta",
        "spark.sql.sources.provider, hudi,    is of format hudi",
    })
    void tableOfAnotherFormatHasNoSpec(String parameter, String value, String why) {
        fixture.table("t", "dt:date", Map.of(parameter, value)).data("t", "dt=2013-02-08");
        fixture.cli.aws.log().reset();

        Done done = fixture.cli.run("init", "raw.t");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out()).isEmpty();
        assertThat(done.err()).contains("error: table raw.t " + why);
        assertThat(fixture.cli.aws.log().counts()).isEqualTo(Map.of("GetTable", 1));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "_delta_log/0.json,     dt=2013-02-08,      Delta",
        ".hoodie/1.commit,      dt=2013-02-08,      Hudi",
        "metadata/1.metadata,   data/dt=2013-02-08, Iceberg",
    })
    void listOfFilesThatAnotherFormatKeepsIsForAPerson(String list, String path, String format) {
        fixture.table("t", "dt:date").data("t", path).registered("t", path, "2013-02-08");
        fixture.cli.aws.s3().put("lake", "t/" + list, "x");

        JsonNode proposal = fixture.init("t");

        assertThat(proposal.path("verdict").asText()).isEqualTo("DECIDE");
        assertThat(texts(proposal))
                .contains("s3://lake/t/ has " + list.split("/", 2)[0].replace("metadata", "data/ and metadata")
                        + "/, in" + " which " + format + " lists a table's files");
    }

    @Test
    void listOfFilesInRawDataIsForAPerson() {
        fixture.cli.aws.s3().put("lake", "raw/_delta_log/0.json", "{}").put("lake", "raw/dt=2013-02-08/1.csv", "a,b\n");

        Done done = fixture.cli.run("init", "s3://lake/raw/");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.err()).contains("decide: s3://lake/raw/ has _delta_log/, in which Delta lists a table's files");
    }

    @Test
    void tableWithoutKeysHasNoSpec() {
        fixture.table("t", "");

        assertThat(fixture.cli.run("init", "raw.t").err()).contains("error: table raw.t has no partition keys");
    }

    @Test
    void tableOutsideS3HasNoSpec() {
        fixture.table("t", "dt:date");
        fixture.stored("t", storage -> storage.put("Location", "hdfs://x/y"));

        assertThat(fixture.cli.run("init", "raw.t").err())
                .contains("error: table raw.t has a location that is not used: 'hdfs://x/y' is not an S3 location");
    }

    @Test
    void placeholderOfSparkIsForAPerson() {
        fixture.table("t", "dt:date");
        fixture.stored("t", storage -> storage.put("Location", "s3://lake/t-__PLACEHOLDER__"));

        assertThat(texts(fixture.init("t"))).contains("is a placeholder of Spark's");
    }

    @Test
    void tableOfThisProjectIsWhatItsParametersSay() {
        fixture.table("t", "dt:date hour:int", Map.of("fanin.layout", "${dt}/${hour}"))
                .data("t", "2013-02-08/17");

        JsonNode proposal = fixture.init("t");

        assertThat(spec(proposal)).isEqualTo("{}");
        assertThat(proposal.path("verdict").asText()).isEqualTo("READY");
    }

    @Test
    void tableWithASourceIsLeftToItsPlan() {
        fixture.table(
                "t",
                "dt:date",
                Map.of(
                        "fanin.source",
                        "{\"location\": \"s3://landing/t/\"}",
                        "fanin.processor",
                        "{\"type\": \"convert\"}"));

        JsonNode proposal = fixture.init("t");

        assertThat(spec(proposal)).isEqualTo("{}");
        assertThat(texts(proposal)).contains("name a source");
        assertThat(fixture.cli.aws.log().counts()).isEqualTo(Map.of("GetTable", 1));
    }

    @Test
    void tableMadeFromRawDataHasNoSpec() {
        fixture.table("t", "dt:date", Map.of("fanin.run", "s3://state/runs/nightly-1/"))
                .registered("t", "dt=2013-02-08", "2013-02-08");
        fixture.cli
                .aws
                .glue()
                .alterPartition(
                        "raw",
                        "t",
                        List.of("2013-02-08"),
                        partition ->
                                partition.putObject("Parameters").put("fanin.source", "s3://landing/t/2013/02/08/"));

        for (Done done : List.of(fixture.cli.run("init", "raw.t"), fixture.cli.run("init", "raw.t", "--cut-over"))) {
            assertThat(done.code()).isEqualTo(2);
            assertThat(done.out()).isEmpty();
            assertThat(done.err())
                    .contains(
                            "table raw.t is made from raw data, such as s3://landing/t/2013/02/08/",
                            "fanin tables names it, if it is stored in the stack's folder of specs",
                            "s3://state/runs/nightly-1/spec.json");
        }
    }

    @Test
    void parameterThatIsNoSpecIsForAPerson() {
        fixture.table("t", "dt:date", Map.of("fanin.detection", "nonsense"));

        JsonNode proposal = fixture.init("t");

        assertThat(proposal.path("verdict").asText()).isEqualTo("DECIDE");
        assertThat(texts(proposal)).contains("fanin.detection is not JSON");
    }

    @Test
    void levelsThatNoKeysReadAreForAPerson() {
        fixture.table("t", "a:string b:string c:string").data("t", "x/y", "x/z");

        JsonNode proposal = fixture.init("t");

        assertThat(proposal.path("verdict").asText()).isEqualTo("DECIDE");
        assertThat(texts(proposal))
                .contains("no layout of the keys [a, b, c] fits the names below s3://lake/t/, such as x/y/");
        assertThat(proposal.has("firstRun")).isFalse();
    }
}
