package io.fanin.cli;

import static io.fanin.cli.OpenConsole.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.history.TableHistories;
import io.fanin.core.retry.Sleeper;
import io.fanin.model.json.Json;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged document of one table hides no other table, and the message says which object it is and what to do. */
class DamagedDocumentsTest {

    private static final TableName DELAYS = TableName.of("analytics.delays");
    private static final String RECORD = "tables/analytics/delays/state.json";
    private static final String HISTORY = "tables/analytics/delays/history.json";
    private static final String[] INTERNALS = {"io.fanin", "java.", "REDACTED", "reference chain", "Exception"};

    @RegisterExtension
    final OpenConsole console = new OpenConsole();

    private final CliFixture cli = console.cli;

    @TempDir
    Path folder;

    @BeforeEach
    void anotherTable() throws IOException {
        ResolvedSpec spec = new ResolvedSpec(
                new SpecReader().read(Json.input().readTree(CliFixture.SPEC.replace("flights", "delays"))));
        new GlueCatalog(cli.aws.glue().client(), Sleeper.SYSTEM).createTableIfAbsent(spec.definition(), Map.of());
        cli.records().update(DELAYS, before -> StatusFixture.PARTIAL);
        new TableHistories(cli.store)
                .updateHistory(DELAYS, history -> new TableHistories(cli.store).history(CliFixture.FLIGHTS));
    }

    @Test
    void overviewHasTheOtherTables() {
        cut(RECORD);

        Done done = cli.run("status");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.lines())
                .anyMatch(line -> line.matches("analytics\\.delays +UNREADABLE +- +- +- +-"))
                .anyMatch(line -> line.startsWith("analytics.flights") && line.contains("PARTIAL"))
                .anyMatch(line -> line.startsWith("s3://state/" + RECORD + " cannot be read: expected JSON"))
                .anyMatch(line -> line.contains("aws s3 rm s3://state/" + RECORD + " --profile prod"));
        assertThat(done.out()).doesNotContain(INTERNALS);
        assertThat(done.err()).isEmpty();
    }

    @Test
    void overviewInJsonHasNoNumbersOfIt() {
        cut(RECORD);

        Done done = cli.run("status", "--output", "json");

        assertThat(done.code()).isEqualTo(2);
        JsonNode delays = done.json().path("tables").path(0);
        assertThat(delays.path("table").asText()).isEqualTo("analytics.delays");
        assertThat(delays.path("status").asText()).isEqualTo("UNREADABLE");
        assertThat(delays.path("message").asText()).contains("s3://state/" + RECORD);
        assertThat(delays.path("advice").asText()).contains("aws s3 rm");
        assertThat(delays.has("outstanding")).isFalse();
        assertThat(done.json().path("tables").path(1).path("status").asText()).isEqualTo(TableStatus.PARTIAL.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"outstanding\": 7}", "null", "", "{\"outstanding\": [{\"attempts\": \"many\"}]}", "[]"})
    void tableWhoseRecordIsNoneSaysSo(String content) {
        cli.aws.s3().put(CliFixture.BUCKET, RECORD, content);

        Done done = cli.run("status", "analytics.delays");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains(
                        "error: s3://state/" + RECORD + " cannot be read: ", "hint: ", "aws s3 rm s3://state/" + RECORD)
                .doesNotContain(INTERNALS);
    }

    @Test
    void damagedLeaseIsNamedWithWhatToDo() {
        cli.aws.s3().put(CliFixture.BUCKET, "tables/analytics/delays/lease.json", "null");

        Done done = cli.run("status", "analytics.delays");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("cannot be read: ", "when no execution is working on the table, delete it")
                .contains("aws s3 rm s3://state/tables/analytics/delays/lease.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {RECORD, HISTORY, "tables/analytics/delays/calendar.json"})
    void pagesOfTheOtherTablesAreWritten(String key) {
        cli.aws.s3().put(CliFixture.BUCKET, key, "{\"version\": 1, ");

        Done done = cli.run("report", "--folder", folder.toString());

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.lines()).containsExactly(folder + "/tables/index.html");
        assertThat(folder.resolve("tables/analytics/flights/index.html")).exists();
        assertThat(folder.resolve("tables/analytics/delays/index.html")).doesNotExist();
        assertThat(done.err())
                .contains("error: s3://state/" + key + " cannot be read: ", "hint: ", "aws s3 rm s3://state/" + key)
                .doesNotContain(INTERNALS);
    }

    @Test
    void consoleShowsTheOtherTables() throws Exception {
        cut(HISTORY);

        HttpResponse<String> page = console.get("/tables/index.html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("href=\"analytics/flights/index.html\"", "s3://state/" + HISTORY, "aws s3 rm")
                .doesNotContain(INTERNALS);
    }

    @Test
    void consoleSaysWhyATableHasNoPage() throws Exception {
        cli.aws.s3().put(CliFixture.BUCKET, "tables/analytics/flights/state.json", "{");

        HttpResponse<String> page = console.get(TABLE);

        assertThat(page.statusCode()).isEqualTo(502);
        assertThat(page.body())
                .contains("s3://state/tables/analytics/flights/state.json", "aws s3 rm")
                .doesNotContain(INTERNALS);
    }

    private void cut(String key) {
        String whole = cli.store.get(key).orElseThrow().body();
        cli.aws.s3().put(CliFixture.BUCKET, key, whole.substring(0, whole.length() / 2));
    }
}
