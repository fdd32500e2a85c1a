package io.fanin.cli;

import static io.fanin.cli.StatusFixture.PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.record.SentNotice;
import io.fanin.core.record.TableRecord;
import io.fanin.model.json.Json;
import io.fanin.model.run.detection.UnfitNames;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The status of a table whose parameters in the catalog differ from its record. */
class StatusDifferencesTest {

    private final StatusFixture fixture = new StatusFixture();
    private final CliFixture cli = fixture.cli;

    @Test
    void tableThatWasNeverRunHasNothingToTell() {
        createBareTable(Map.of());

        Done done = fixture.status();

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .containsExactly(
                        "No run has changed analytics.flights yet: it has no parameter fanin.status.",
                        "Nothing is outstanding.");
    }

    @Test
    void partialTableWithoutARecordIsNotCalledComplete() {
        createBareTable(Map.of("fanin.status", "PARTIAL", "fanin.failed", "3"));

        Done done = fixture.status();

        assertThat(done.code()).isEqualTo(1);
        assertThat(done.out()).containsPattern("no record of the table.*run analytics.flights; .* run SPEC");
    }

    /** After the record was deleted, a run that fails first may write a record that contains only its notice. */
    @Test
    void recordOfANoticeAloneKnowsNothingOfTheTable() {
        createBareTable(Map.of("fanin.status", "COMPLETE", "fanin.registered", "3"));
        SentNotice sent = new SentNotice(Instant.EPOCH, Instant.EPOCH, 0, "failed", List.of("run Some"));
        cli.records().update(CliFixture.FLIGHTS, record -> SentNotice.noted(record, Map.of("bus", Optional.of(sent))));

        Done done = fixture.status();

        assertThat(done.code()).isZero();
        assertThat(done.out())
                .containsPattern("no record of the table.*run analytics.flights")
                .doesNotContain("should be", "Nothing is outstanding");
    }

    @Test
    void parametersThatWereWipedDisagreeWithTheRecord() {
        cli.createTable(PARTIAL);
        cli.setParameters(parameters -> {
            Map<String, String> left = new HashMap<>(parameters);
            left.keySet().removeIf(name -> name.startsWith("fanin."));
            return left;
        });
        fixture.held();

        Done done = fixture.status();

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines()).contains("  fanin.status is absent, and should be PARTIAL");
        assertThat(done.lines().getLast())
                .contains(
                        "Unless it was given back to that tool, the next run restores them, except a changed fanin.layout or fanin.key.*, which you have to set back: ")
                .endsWith("run analytics.flights");
    }

    @Test
    void recordOfATableThatWasDroppedSaysNothingAboutTheOneThatWasCreatedAgain() {
        String ofDropped = Json.text(PARTIAL).replaceFirst("\\{", "{\"tableCreated\":\"2012-01-01T00:00:00Z\",");
        cli.records().update(CliFixture.FLIGHTS, none -> Json.read(ofDropped, TableRecord.class, "state.json"));
        createBareTable(Map.of());

        Done done = fixture.status();

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .startsWith("No run has changed analytics.flights yet: it has no parameter fanin.status.")
                .noneMatch(line -> line.contains("should be") || line.startsWith("Outstanding"));
        assertThat(cli.run("status").lines()).anyMatch(line -> line.contains("NEVER_RUN"));
    }

    @Test
    void whatIsNoLongerSoDisagreesToo() {
        cli.createTable(PARTIAL);
        cli.setParameters(parameters -> with(parameters, "fanin.missing", "2"));
        fixture.held();

        JsonNode json =
                cli.run("status", "--output", "json", "analytics.flights").json();

        assertThat(json.path("differences")).hasToString("[{\"parameter\":\"fanin.missing\",\"found\":\"2\"}]");
        assertThat(fixture.status().lines()).contains("  fanin.missing is 2, and should be absent");
    }

    @Test
    void runThatIsAtWorkPutsItRightItself() {
        cli.createTable(PARTIAL);
        cli.setParameters(parameters -> with(parameters, "fanin.status", "COMPLETE"));
        cli.stepFunctions.put(FakeStepFunctions.running("flights-1"));

        Done done = fixture.status();

        assertThat(done.code()).isEqualTo(4);
        assertThat(done.lines().getLast()).isEqualTo("The running execution will correct them.");
    }

    /** No run corrects the difference: there are no runs of all tables, or each fails. */
    @Test
    void tableThatRunsLeaveAsItIsIsAFailureAlsoWhereItDiffers() {
        SentNotice notice = new SentNotice(
                Instant.EPOCH, Instant.EPOCH, 0, "abc", List.of(SentNotice.leftOut("UNREADABLE", "it is no JSON")));
        Map<String, TableRecord> records = Map.of(
                "left out",
                SentNotice.noted(StatusFixture.COMPLETE, Map.of("event", Optional.of(notice))),
                "nothing fits",
                StatusFixture.COMPLETE.withUnfit(new UnfitNames(2, "flights/26/", "'26' is no year", true)));
        records.forEach((remark, record) -> {
            cli.createTable(record);
            cli.setParameters(parameters -> with(parameters, "fanin.status", "PARTIAL"));

            Done done = fixture.status();

            assertThat(done.lines()).contains("  fanin.status is PARTIAL, and should be COMPLETE");
            assertThat(done.code()).as(remark).isEqualTo(2);
            assertThat(cli.run("status").code()).as(remark).isEqualTo(2);
            assertThat(cli.run("status").out()).contains("(" + remark + ")");
        });
    }

    private void createBareTable(Map<String, String> parameters) {
        new GlueCatalog(cli.aws.glue().client()).createTableIfAbsent(cli.spec().definition(), parameters);
        cli.setParameters(all -> {
            Map<String, String> left = new HashMap<>(all);
            left.remove("fanin.layout");
            return left;
        });
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        Map<String, String> changed = new HashMap<>(parameters);
        changed.put(name, value);
        return changed;
    }
}
