package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The steps that take a table over depend on what registers its partitions, and nothing is written. */
class InitCutOverTest {

    private static final String NIGHTLY = """
        {"Name": "nightly", "DatabaseName": "raw", "Schedule": {"ScheduleExpression": "cron(0 3 * * ? *)"},
         "Targets": {"S3Targets": [{"Path": "s3://lake/t/"}]}}
        """;

    private static final String UPDATING = "UpdateBehavior=UPDATE_IN_DATABASE,DeleteBehavior=DEPRECATE_IN_DATABASE";

    private static final String STATE =
            "aws glue get-crawler --name nightly --query Crawler.Schedule.State --output text | grep -qx ";
    private static final String STOP = STATE + "NOT_SCHEDULED || aws glue stop-crawler-schedule --crawler-name nightly";
    private static final String START = STATE + "SCHEDULED || aws glue start-crawler-schedule --crawler-name nightly";

    private final InitFixture fixture = new InitFixture();

    private Done cutOver() {
        fixture.cli.aws.log().reset();
        Done done = fixture.cli.run("init", "raw.t", "--cut-over");
        fixture.assertNothingWritten();
        return done;
    }

    /** The steps if the crawler has another table, too. */
    private Done cutOverBeside(String other, String keys) {
        fixture.table("t", "dt:date").data("t", "dt=2013-02-08").table(other, keys);
        fixture.cli.aws.glue().crawler(NIGHTLY.replace("lake/t/", "lake"));
        return cutOver();
    }

    /** The lines of a part without its title, and without the numbers and texts of its steps. */
    private static List<String> commands(Done done, String part) {
        return done.lines().stream()
                .dropWhile(line -> !line.startsWith("## " + part))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @Test
    void crawlerIsKeptFromParametersThenStoppedThenStarted() {
        fixture.table("t", "dt:date").data("t", "dt=2013-02-08");
        fixture.cli.aws.glue().crawler(NIGHTLY);

        Done done = cutOver();

        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.lines().getFirst()).isEqualTo("# raw.t: from crawler nightly to runs, and back");
        assertThat(commands(done, "Parallel"))
                .startsWith("test -e raw.t.before.json || aws glue get-table --database-name raw --name t --query"
                        + " 'Table.{Name:Name,Description:Description,Owner:Owner,LastAccessTime:LastAccessTime,LastAnalyzedTime:"
                        + "LastAnalyzedTime,Retention:Retention,StorageDescriptor:StorageDescriptor,PartitionKeys:PartitionKeys,"
                        + "ViewOriginalText:ViewOriginalText,ViewExpandedText:ViewExpandedText,TableType:TableType,"
                        + "Parameters:Parameters,TargetTable:TargetTable,ViewDefinition:ViewDefinition}' --output json >"
                        + " raw.t.catalog.json")
                .endsWith(
                        "test -e raw.t.before.json || mv raw.t.kept.json raw.t.before.json",
                        "aws glue update-crawler --name nightly --schema-change-policy"
                                + " UpdateBehavior=LOG,DeleteBehavior=DEPRECATE_IN_DATABASE",
                        "test -e raw.t.json || printf '%s\\n' '{\"database\":\"raw\",\"table\":\"t\"}' > raw.t.json",
                        "fanin plan raw.t.json",
                        "fanin run raw.t.json",
                        "fanin status raw.t",
                        "fanin apply raw.t.json");
        assertThat(commands(done, "Cut over")).containsExactly(STOP, "fanin run raw.t.json", "fanin status raw.t");
        assertThat(commands(done, "Back"))
                .startsWith(
                        "aws glue update-crawler --name nightly --schema-change-policy " + UPDATING,
                        START,
                        "fanin apply --disabled raw.t.json",
                        "aws glue get-table --database-name raw --name t --query Table.VersionId --output text >"
                                + " raw.t.version")
                .endsWith(
                        "aws glue update-table --database-name raw --table-input file://raw.t.back.json --version-id"
                                + " \"$(cat raw.t.version)\"",
                        "aws glue start-crawler --name nightly")
                .noneMatch(line -> line.contains("before"));
    }

    @Test
    void crawlerOfOtherTablesIsNotStopped() {
        Done done = cutOverBeside("u", "dt:date");

        assertThat(done.out())
                .contains(
                        "Crawler nightly works on raw.t, raw.u: leave it as it is until raw.u is taken over, too",
                        "After the last of them: aws glue stop-crawler-schedule --crawler-name nightly",
                        "UpdateBehavior=UPDATE_IN_DATABASE it would remove fanin.* of raw.u");
        assertThat(commands(done, "Cut over")).noneMatch(line -> line.contains("crawler"));
        assertThat(commands(done, "Back")).noneMatch(line -> line.contains("crawler-schedule"));
        assertThat(commands(done, "Back")).noneMatch(line -> line.contains("update-crawler"));
    }

    /** A table without keys can never be taken over. */
    @Test
    void crawlerOfTablesThatNoRunTakesIsLeftToAPerson() {
        Done done = cutOverBeside("users", "");

        assertThat(done.out())
                .contains(
                        "Nobody adds new columns to raw.users from then on",
                        "Crawler nightly works on raw.users, too, which no run can take over",
                        "Otherwise: aws glue stop-crawler-schedule --crawler-name nightly");
        assertThat(commands(done, "Cut over")).noneMatch(line -> line.contains("crawler"));
    }

    /** Glue takes columns or the reference to a schema, and returns both. */
    @Test
    void columnsOfASchemaRegistryAreNotKept() {
        fixture.table("t", "dt:date").data("t", "dt=2013-02-08");
        fixture.stored("t", storage -> storage.putObject("SchemaReference").put("SchemaVersionId", "v"));

        assertThat(commands(cutOver(), "Parallel").getFirst())
                .contains("StorageDescriptor:StorageDescriptor.{Location:Location,", "SchemaReference:SchemaReference")
                .doesNotContain("Columns:Columns");
    }

    @Test
    void partitionsThatProjectionHasElsewhereAreToBeDecided() {
        fixture.table(
                        "t",
                        "dt:string",
                        Map.of(
                                "projection.enabled", "true",
                                "projection.dt.type", "date",
                                "projection.dt.format", "yyyy-MM-dd",
                                "projection.dt.range", "2013-01-01,NOW"))
                .data("t", "dt=2013-02-08")
                .registered("t", "old/2013-02-08", "2013-02-08");

        Done done = cutOver();

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.err())
                .contains("1 registered partition of 1 that were looked at, such as [2013-02-08] at"
                        + " s3://lake/t/old/2013-02-08")
                .contains("lie elsewhere than projection has them");
    }

    @Test
    void crawlerOfTablesThatAreTakenOverIsStopped() {
        fixture.table("t", "dt:date")
                .data("t", "dt=2013-02-08")
                .table("u", "dt:date", Map.of("fanin.status", "COMPLETE"));
        fixture.cli.aws.glue().crawler(NIGHTLY.replace("lake/t/", "lake"));

        Done done = cutOver();

        assertThat(done.out()).contains("since raw.u is taken over, too");
        assertThat(commands(done, "Cut over")).startsWith(STOP);
        assertThat(commands(done, "Back")).contains(START).noneMatch(line -> line.contains("update-crawler"));
        assertThat(done.out()).contains("it would remove fanin.* of raw.u");
    }

    @Test
    void whatIsDoneAlreadyIsSaid() {
        fixture.table("t", "dt:date", Map.of("fanin.status", "COMPLETE")).data("t", "dt=2013-02-08");
        fixture.cli.aws.glue().crawler("""
            {"Name": "nightly", "DatabaseName": "raw", "SchemaChangePolicy": {"UpdateBehavior": "LOG"},
             "Schedule": {"ScheduleExpression": "cron(0 3 * * ? *)", "State": "NOT_SCHEDULED"},
             "Targets": {"S3Targets": [{"Path": "s3://lake/t/"}]}}
            """);

        assertThat(cutOver().out())
                .contains(
                        "Steps of this have been done before",
                        "Crawler nightly has UpdateBehavior LOG already",
                        "its schedule (cron(0 3 * * ? *)) is stopped already",
                        "has UpdateBehavior LOG now. If it had another before the cut over: aws glue update-crawler",
                        "If it was not before the cut over: aws glue start-crawler-schedule");
    }

    @Test
    void projectionThatIsOffAlreadyIsSaid() {
        fixture.table(
                        "t",
                        "dt:date",
                        Map.of(
                                "projection.enabled", "false",
                                "fanin.projection", "register",
                                "fanin.status", "COMPLETE"))
                .data("t", "dt=2013-02-08");

        Done done = cutOver();

        assertThat(done.lines().getFirst()).contains("from partition projection (off already) to runs");
        assertThat(done.out()).contains("# Partition projection is off already.");
        assertThat(commands(done, "Back")).startsWith("grep -qi '\"projection.enabled\": \"true\"' raw.t.before.json");
    }

    @Test
    void projectionThatMayHaveBeenOnIsSaid() {
        fixture.table("t", "dt:date", Map.of("projection.enabled", "false")).data("t", "dt=2013-02-08");

        assertThat(cutOver().out())
                .contains("Partition projection is off. Whether it was on before is not known here.")
                .doesNotContain("grep");
    }

    @Test
    void crawlerWithoutAScheduleIsEndedByAPerson() {
        fixture.table("t", "dt:date").data("t", "dt=2013-02-08");
        fixture.cli.aws.glue().crawler("""
            {"Name": "it's", "DatabaseName": "raw", "SchemaChangePolicy": {"UpdateBehavior": "LOG"},
             "Targets": {"S3Targets": [{"Path": "s3://lake/t/"}]}}
            """);

        Done done = cutOver();

        assertThat(done.out())
                .contains("Crawler it's has no schedule: end what starts it", "start-crawler --name 'it'\"'\"'s'");
        assertThat(commands(done, "Cut over")).noneMatch(line -> line.contains("crawler"));
        assertThat(commands(done, "Back")).noneMatch(line -> line.contains("update-crawler"));
    }

    @Test
    void projectionIsSwitchedOffWhenPartitionsAreRegistered() {
        fixture.table(
                        "t",
                        "dt:string",
                        Map.of(
                                "projection.enabled", "true",
                                "projection.dt.type", "date",
                                "projection.dt.format", "yyyy/MM/dd",
                                "projection.dt.range", "2013/01/01,NOW",
                                "storage.location.template", "s3://lake/t/${dt}/"))
                .data("t", "2013/02/08");

        Done done = cutOver();

        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.err()).contains("certain: partitions are registered beside projection");
        assertThat(done.out())
                .contains(
                        "from partition projection to runs",
                        "They have seen no more than projection.dt.range 2013/01/01,NOW.",
                        "\"format\":\"yyyy/MM/dd\"",
                        "\"layout\":\"${dt}\"");
        assertThat(commands(done, "Parallel"))
                .containsSubsequence(
                        "aws glue get-table --database-name raw --name t --query Table.VersionId --output text >"
                                + " raw.t.version",
                        "aws glue update-table --database-name raw --table-input file://raw.t.parallel.json"
                                + " --version-id \"$(cat raw.t.version)\"");
        assertThat(commands(done, "Cut over"))
                .startsWith("fanin run raw.t.json", "fanin status raw.t")
                .anyMatch(line -> line.startsWith("sed -e")
                        && line.endsWith("-e 's/\"projection.enabled\": \"[^\"]*\"/\"projection.enabled\": \"false\"/'"
                                + " raw.t.projected.json > raw.t.registered.json"))
                .contains("aws glue update-table --database-name raw --table-input file://raw.t.registered.json"
                        + " --version-id \"$(cat raw.t.version)\"")
                .endsWith("fanin run raw.t.json");
    }

    @Test
    void scriptIsEndedByAPersonAndMsckRegistersAtTheEnd() {
        fixture.table("t", "dt:date").data("t", "dt=2013-02-08");

        Done done = cutOver();

        assertThat(done.lines().getFirst()).contains("from MSCK REPAIR TABLE, a job, a function or a script to runs");
        assertThat(done.out()).contains("End the schedule of what registers its partitions now");
        assertThat(commands(done, "Back"))
                .endsWith("aws athena start-query-execution --query-string 'MSCK REPAIR TABLE `raw`.`t`'");
    }

    @Test
    void msckIsNotNamedForFoldersThatItDoesNotRead() {
        fixture.table("t", "day:string").data("t", "2013/02/08", "2013/02/09");

        assertThat(commands(cutOver(), "Back")).noneMatch(line -> line.contains("MSCK"));
    }

    @Test
    void crawlersThatMayNotBeReadAreSaid() {
        fixture.table("t", "dt:date", Map.of("UPDATED_BY_CRAWLER", "nightly")).data("t", "dt=2013-02-08");
        fixture.cli.aws.glue().faults().on("GetCrawlers").thenFail(400, "AccessDeniedException", "not authorized");

        assertThat(cutOver().lines().getFirst()).contains("glue:GetCrawlers is not allowed; the last one was nightly");
    }

    /** Such a line would be executed with the script, and anyone who may change the table can write its parameters. */
    @Test
    void whatAParameterSaysIsNoLineOfTheScript() {
        fixture.table("t", "dt:date", Map.of("UPDATED_BY_CRAWLER", "nightly\nrm -rf ~"))
                .data("t", "dt=2013-02-08");
        fixture.cli.aws.glue().faults().on("GetCrawlers").thenFail(400, "AccessDeniedException", "not authorized");

        assertThat(cutOver().lines()).noneMatch(line -> line.startsWith("rm"));
    }

    @Test
    void commandsAreForTheSameEndpointAndStack() {
        fixture.table("t", "dt:date").data("t", "dt=2013-02-08");

        Done done = fixture.cli.run(
                "init", "raw.t", "--cut-over", "--stack", "mine", "--region", "eu-west-1", "--profile", "ops");

        assertThat(commands(done, "Parallel"))
                .contains("fanin plan raw.t.json --stack mine --region eu-west-1 --profile ops")
                .first()
                .asString()
                .contains("--output json --region eu-west-1 --profile ops > raw.t.catalog.json");
    }

    @Test
    void stepsAreJsonToo() {
        fixture.table("t", "dt:date").data("t", "dt=2013-02-08");

        JsonNode steps = fixture.cli
                .run("init", "raw.t", "--cut-over", "--output", "json")
                .json();

        assertThat(steps.path("table").asText()).isEqualTo("raw.t");
        assertThat(steps.path("cutOver").path(0).path("text").asText()).startsWith("End the schedule");
        assertThat(steps.path("parallel").path(0).path("commands")).hasSize(3);
        assertThat(steps.path("back")).isNotEmpty();
    }

    @Test
    void tablesThatNobodyCanRegisterAreRefused() {
        fixture.table("t", "dt:date", Map.of("table_type", "ICEBERG"));

        Done done = cutOver();

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("is of format iceberg");
    }

    @Test
    void oneTableIsNamed() {
        assertThat(fixture.cli.run("init", "s3://lake/raw/", "--cut-over").err())
                .contains("--cut-over needs one table");
        assertThat(fixture.cli.run("init", "--database", "raw", "--cut-over").err())
                .contains("--cut-over needs one table");
    }
}
