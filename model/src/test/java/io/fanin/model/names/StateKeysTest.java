package io.fanin.model.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.names.StateKeys.AllTablesKeys;
import io.fanin.model.names.StateKeys.InboxKeys;
import io.fanin.model.names.StateKeys.PassKeys;
import io.fanin.model.names.StateKeys.RunKeys;
import io.fanin.model.names.StateKeys.SupersededKeys;
import io.fanin.model.names.StateKeys.TableKeys;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of the state bucket, which the template's policies, the documentation and earlier versions use, too. */
class StateKeysTest {

    private static final RunId RUN = new RunId("nightly-1");
    private static final TableName TABLE = new TableName("analytics", "flights");
    private static final Instant MOMENT = Instant.parse("2013-02-08T17:30:05.123Z");

    /** A character of a value may take three in a partition's name, and three bytes in a key. */
    @ParameterizedTest
    @ValueSource(strings = {"%3A", "\u98db", "\ud83d\ude80", "a"})
    void badRecordsOfALongNameHaveAKeyOfTheirOwn(String character) {
        String name = "name=" + character.repeat(1_000 / character.getBytes(StandardCharsets.UTF_8).length);
        String key = StateKeys.run(RUN).badRecords(name);

        assertThat(key)
                .startsWith("runs/nightly-1/quarantine/name=" + character)
                .endsWith("/bad-records.jsonl");
        assertThat(key.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_024 - 160);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(key)).isTrue();
        assertThat(StateKeys.run(RUN).badRecords(name + "x")).isNotEqualTo(key);
    }

    @Test
    void keysOfRun() {
        RunKeys run = StateKeys.run(RUN);
        assertThat(List.of(
                        run.folder(),
                        run.spec(),
                        run.detection("a1"),
                        run.taken("a1"),
                        run.vanished("a1"),
                        run.plan(),
                        run.report(),
                        run.page(),
                        run.quarantine(),
                        run.badRecords("dt=2013-02-08"),
                        run.notificationMark("0-partial")))
                .containsExactly(
                        "runs/nightly-1/",
                        "runs/nightly-1/spec.json",
                        "runs/nightly-1/detection-a1.json",
                        "runs/nightly-1/taken-a1.json",
                        "runs/nightly-1/vanished-a1.json",
                        "runs/nightly-1/plan.json",
                        "runs/nightly-1/report.json",
                        "runs/nightly-1/report.html",
                        "runs/nightly-1/quarantine/",
                        "runs/nightly-1/quarantine/dt=2013-02-08/bad-records.jsonl",
                        "runs/nightly-1/told/0-partial.json");
    }

    @Test
    void keysOfPass() {
        PassKeys pass = StateKeys.run(RUN).pass(2);
        assertThat(List.of(
                        pass.folder(),
                        pass.manifest(),
                        pass.results(),
                        pass.result(7),
                        pass.jobWork(7),
                        pass.jobSource(7),
                        pass.unregistered(),
                        pass.report(),
                        pass.held()))
                .containsExactly(
                        "runs/nightly-1/pass-2/",
                        "runs/nightly-1/pass-2/manifest.json",
                        "runs/nightly-1/pass-2/results/",
                        "runs/nightly-1/pass-2/results/7.json",
                        "runs/nightly-1/pass-2/jobs/7.json",
                        "runs/nightly-1/pass-2/jobs/7-source.json",
                        "runs/nightly-1/pass-2/unregistered.json",
                        "runs/nightly-1/pass-2/report.json",
                        "runs/nightly-1/pass-2/held.json");
    }

    @Test
    void keysOfTable() {
        TableKeys table = StateKeys.table(TABLE);
        SupersededKeys superseded = table.superseded();
        assertThat(List.of(
                        table.folder(),
                        table.record(),
                        table.lease(),
                        table.history(),
                        table.calendar(),
                        table.page(),
                        superseded.folder(),
                        superseded.note(MOMENT, "a1"),
                        superseded.end(MOMENT)))
                .containsExactly(
                        "tables/analytics/flights/",
                        "tables/analytics/flights/state.json",
                        "tables/analytics/flights/lease.json",
                        "tables/analytics/flights/history.json",
                        "tables/analytics/flights/calendar.json",
                        "tables/analytics/flights/index.html",
                        "tables/analytics/flights/superseded/",
                        "tables/analytics/flights/superseded/20130208T173005-a1.json",
                        "tables/analytics/flights/superseded/20130208T173005");
    }

    @Test
    void keysOfRunOfAllTables() {
        AllTablesKeys run = StateKeys.allTables(RUN);
        assertThat(List.of(run.folder(), run.selection(), run.items(), run.report(), run.announced("event")))
                .containsExactly(
                        "all-tables/nightly-1/",
                        "all-tables/nightly-1/selection.json",
                        "all-tables/nightly-1/tables.json",
                        "all-tables/nightly-1/report.json",
                        "all-tables/nightly-1/announced/event.json");
    }

    @Test
    void keysOfWholeStack() {
        InboxKeys inbox = StateKeys.inbox(TABLE);
        assertThat(List.of(
                        StateKeys.TABLES,
                        StateKeys.database("analytics"),
                        StateKeys.TABLES_PAGE,
                        StateKeys.table(StateKeys.unnamed("a1")).record(),
                        StateKeys.owners("lake"),
                        StateKeys.INBOXES,
                        inbox.folder(),
                        inbox.entry(MOMENT, "a1")))
                .containsExactly(
                        "tables/",
                        "tables/analytics/",
                        "tables/index.html",
                        "tables/unnamed/a1/state.json",
                        "owners/lake.json",
                        "inbox/",
                        "inbox/analytics/flights/",
                        "inbox/analytics/flights/20130208T173005.123-a1.json");
    }

    @Test
    void runIsFoundByItsFolder() {
        assertThat(StateKeys.findRun(StateKeys.run(RUN).folder())).contains(RUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "runs/", "runs//", "runs/a", "runs/a/b/", "runs/a b/", "runs/./", "all-tables/a/"})
    void otherKeysAreNoRunsFolder(String key) {
        assertThat(StateKeys.findRun(key)).isEmpty();
    }

    @Test
    void tableIsFoundByItsFolder() {
        assertThat(StateKeys.findTable(StateKeys.table(TABLE).folder())).contains(TABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tables/", "tables/a/", "tables/a/b", "tables/a/b/c/", "tables/A/b/", "tables/a.b/c/"})
    void otherKeysAreNoTablesFolder(String key) {
        assertThat(StateKeys.findTable(key)).isEmpty();
    }

    @Test
    void tableIsFoundByEntryOfItsInbox() {
        assertThat(InboxKeys.findTable(StateKeys.inbox(TABLE).entry(MOMENT, "a1")))
                .contains(TABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inbox/a/b.json", "inbox/a/b/c/d.json", "inbox/a/b/c.txt", "inbox/A/b/c.json"})
    void otherKeysAreNoEntries(String key) {
        assertThat(InboxKeys.findTable(key)).isEmpty();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "tables/index.html, tables/a/b/index.html, a/b/index.html",
        "tables/a/b/index.html, tables/index.html, ../../index.html",
        "tables/a/b/index.html, runs/r/report.html, ../../../runs/r/report.html",
        "tables/a/b/index.html, tables/a/bc/index.html, ../bc/index.html",
        "runs/r/report.html, tables/a/b/index.html, ../../tables/a/b/index.html",
        "runs/r/report.html, runs/r/report.json, report.json",
        "runs/r/report.html, runs/r/report.html, report.html",
    })
    void linkLeadsFromOneKeyToAnother(String from, String to, String link) {
        assertThat(StateKeys.link(from, to)).isEqualTo(link);
    }
}
