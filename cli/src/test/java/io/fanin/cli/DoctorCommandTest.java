package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import io.fanin.core.record.TableRecord;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stack and the rights to use it are checked one by one. */
class DoctorCommandTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void doctorTellsWhatIsThere() {
        Done done = cli.run("doctor");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).hasSize(11).allMatch(line -> line.startsWith("ok "));
        assertThat(done.out()).contains("as arn:aws:iam::000000000000:user/ann");
    }

    @Test
    void doctorTellsVersionsThatDiffer() {
        cli.outputs.put("Version", "0.0.1");

        Done done = cli.run("doctor", "--output", "json");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.json().fieldNames()).toIterable().containsExactly("ok", "checks");
        assertThat(done.json().path("ok").asBoolean()).isFalse();
        assertThat(done.out()).contains("the functions are of version 0.0.1");
    }

    @Test
    void doctorTellsWhatMayNotBeReadAndGoesOn() {
        cli.aws.s3().deny(CliFixture.BUCKET, "");

        Done done = cli.run("doctor");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines())
                .anyMatch(line -> line.startsWith("PROBLEM  state bucket: "))
                .anyMatch(line -> line.startsWith("ok       catalog: "));
    }

    @Test
    void scheduleWithoutTablesIsAProblem() {
        cli.parameters.putAll(Map.of(
                "ScheduleExpression", "rate(2 minutes)",
                "SpecsLocation", "",
                "RawDatabases", ""));

        Done done = cli.run("doctor");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines())
                .contains("PROBLEM  schedule: rate(2 minutes), but neither SpecsLocation nor RawDatabases"
                        + " says which tables there are, so that no table is run; deploy the stack with"
                        + " SpecBuckets=BUCKET and SpecsLocation=s3://BUCKET/specs/");
    }

    @Test
    void scheduleOfTablesIsShown() {
        cli.parameters.put("ScheduleExpression", "rate(2 minutes)");
        for (Map.Entry<String, String> tables : Map.of("SpecsLocation", "s3://lake/specs/", "RawDatabases", "raw")
                .entrySet()) {
            cli.parameters.putAll(Map.of("SpecsLocation", "", "RawDatabases", ""));
            cli.parameters.put(tables.getKey(), tables.getValue());

            Done done = cli.run("doctor");

            assertThat(done.code()).isZero();
            assertThat(done.lines()).contains("ok       schedule: rate(2 minutes)");
        }
    }

    @Test
    void stackWithoutAScheduleNeedsNoTables() {
        cli.parameters.putAll(Map.of("ScheduleExpression", "", "SpecsLocation", "", "RawDatabases", ""));

        Done done = cli.run("doctor");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).contains("ok       schedule: none");
    }

    @Test
    void specThatRunsOfAllTablesLeaveOutIsAProblem() {
        cli.parameters.put("SpecsLocation", "s3://lake/specs/");
        cli.aws.s3().put("lake", "specs/flights.json", "{");

        Done done = cli.run("doctor");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines())
                .anyMatch(
                        line -> line.startsWith(
                                "PROBLEM  specs: runs of all tables leave out s3://lake/specs/flights.json, which is UNREADABLE ("))
                .anyMatch(line -> line.endsWith("; all of them: fanin tables"));
    }

    @Test
    void usableSpecsAreCounted() {
        cli.parameters.putAll(Map.of("SpecsLocation", "s3://lake/specs/", "RawDatabases", ""));
        cli.aws.s3().put("lake", "specs/flights.json", CliFixture.SPEC);

        assertThat(cli.run("doctor").lines())
                .contains(
                        "ok       specs: those of 1 table are usable; no run has registered a partition of 1 table yet"
                                + " (analytics.flights)");
        cli.createTable(TableRecord.NEW.withVanished(1));

        assertThat(cli.run("doctor").lines()).contains("ok       specs: those of 1 table are usable");
    }

    @Test
    void doctorTellsCrawlersThatChangeTables() {
        cli.createTable(TableRecord.NEW.withVanished(1));
        cli.aws.glue().crawler("""
                {"Name": "nightly", "DatabaseName": "analytics", "Schedule": {"ScheduleExpression": "cron(0 3 * * ? *)"},
                 "Targets": {"S3Targets": [{"Path": "s3://lake"}]}}
                """).crawler("""
                {"Name": "logs", "SchemaChangePolicy": {"UpdateBehavior": "LOG"},
                 "Targets": {"CatalogTargets": [{"DatabaseName": "analytics", "Tables": ["flights"]}]}}
                """).crawler("""
                {"Name": "other", "DatabaseName": "analytics", "Targets": {"S3Targets": [{"Path": "s3://lake/fl"}]}}
                """);

        Done done = cli.run("doctor");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines())
                .contains(
                        "PROBLEM  crawlers: crawler logs (no schedule, UpdateBehavior LOG) works on analytics.flights; crawler"
                                + " nightly (cron(0 3 * * ? *), UpdateBehavior UPDATE_IN_DATABASE) works on analytics.flights: it takes"
                                + " fanin.* from their parameters until the next run, so set UpdateBehavior to LOG, or stop it");
    }

    @Test
    void crawlersThatMayNotBeReadAreNotKnown() {
        cli.aws.glue().faults().on("GetCrawlers").thenFail(400, "AccessDeniedException", "not authorized");

        Done done = cli.run("doctor");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).contains("ok       crawlers: not known, since glue:GetCrawlers is not allowed");
    }

    /** A table that does not exist is denied, too, where Lake Formation governs the catalog. */
    @Test
    void lakeFormationIsNoProblemIfAllTablesAreSeen() {
        cli.createTable(TableRecord.NEW.withVanished(1));
        deny("fanin-doctor");

        Done done = cli.run("doctor");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).contains("ok       catalog: read, as far as Lake Formation lets you");
    }

    @Test
    void tablesThatLakeFormationHidesAreNamed() {
        cli.records().update(CliFixture.FLIGHTS, before -> TableRecord.NEW.withVanished(1));
        deny("fanin-doctor");
        deny("flights");

        Done done = cli.run("doctor");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "PROBLEM  tables: 1 table with a record may not be read, such as: Glue's GetTable for"
                                        + " table analytics.flights failed with AccessDeniedException: Insufficient Lake Formation"
                                        + " permission(s) on flights; Lake Formation denies it: grant the role that called (in a run,"
                                        + " the function's) DESCRIBE and SELECT on table analytics.flights there"));
    }

    /** Each of its tables may be read, and others are asked for, too. */
    @Test
    void databaseThatMayNotBeListedHidesNoTable() {
        cli.createTable(TableRecord.NEW.withVanished(1));
        cli.aws.glue().faults().on("GetTables").thenFail(400, "AccessDeniedException", "no ListTables");

        Done done = cli.run("doctor");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).contains("ok       tables: none that has a record is hidden");
    }

    private void deny(String table) {
        cli.aws
                .glue()
                .faults()
                .on("GetTable")
                .where(call -> call.target().endsWith("." + table))
                .thenFail(400, "AccessDeniedException", "Insufficient Lake Formation permission(s) on " + table);
    }

    @Test
    void doctorTellsThatThereIsNoStack() {
        Done done = cli.run("doctor", "--stack", "other");

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines().getLast())
                .startsWith("PROBLEM  stack other: there is no stack other at AWS; deploy it");
    }
}
