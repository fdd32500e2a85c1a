package io.fanin.detector.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.answer.TablesAnswer;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecords;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.tables.S3Texts;
import io.fanin.core.tables.StackBuckets;
import io.fanin.core.tables.TableDirectory;
import io.fanin.detector.DetectorFixture;
import io.fanin.model.json.Json;
import io.fanin.model.run.Execution;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The tables that a run of all tables selects, and the number of requests. */
class TablesDetectorTest {

    private static final String MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:fanin";
    private static final TablesDetector.Stack STACK = new TablesDetector.Stack(MACHINE, "s3://lake/specs/", "");

    private final DetectorFixture fixture = new DetectorFixture();
    private final S3Client s3 = fixture.aws.s3().client();
    private final Inbox inbox = new Inbox(fixture.state, Workers.CALLER);
    private final TablesDetector detector = new TablesDetector(
            fixture.state,
            stack -> TableDirectory.of(
                    stack.specs(),
                    stack.databases(),
                    new S3Pages(s3),
                    new S3Texts(
                            bucket -> new BucketReader(s3, bucket), StackBuckets.of("state", "lake", "lake", "lake")),
                    fixture.catalog,
                    Workers.CALLER),
            inbox,
            new BulkDetection(fixture.looks(), new TableRecords(fixture.state), fixture.clock, Workers.CALLER));

    private TablesAnswer detect(String name, String input) {
        return detect(name, input, true);
    }

    private TablesAnswer detect(String name, String input, boolean sumsUpAtOnce) {
        try {
            JsonNode json = Json.documents().readTree(input.replace('\'', '"'));
            return detector.detect(
                    new Execution(
                            MACHINE.replace("stateMachine", "execution") + "-all:" + name,
                            name,
                            json,
                            Optional.empty(),
                            OptionalInt.of(0)),
                    STACK,
                    sumsUpAtOnce);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private void spec(String table, String more) {
        fixture.aws
                .s3()
                .put(
                        "lake",
                        "specs/" + table + ".json",
                        "{\"database\": \"raw\", \"table\": \"%s\"%s}".formatted(table, more));
    }

    private JsonNode items(TablesAnswer answer) throws JsonProcessingException {
        return Json.documents()
                .readTree(fixture.aws.s3().text("state", answer.items()).orElseThrow());
    }

    @Test
    void itemNamesTableAndParentWithinEightyCharacters() throws JsonProcessingException {
        spec("a".repeat(200), "");

        JsonNode item = items(detect("nightly=1".repeat(8), "{}")).get(0);

        assertThat(item.path("name").asText())
                .hasSizeLessThanOrEqualTo(80)
                .startsWith("raw-aaa")
                .contains("-nightly_1")
                .matches("[A-Za-z0-9_-]+");
        assertThat(item.path("execution").asText())
                .isEqualTo(MACHINE.replace("stateMachine", "execution") + ":"
                        + item.path("name").asText());
    }

    @Test
    void firstChoiceStands() throws JsonProcessingException {
        spec("one", "");
        detect("night", "{}");
        spec("two", "");

        assertThat(items(detect("night", "{}"))).hasSize(1);
        assertThat(items(detect("morning", "{}"))).hasSize(2);
    }

    @Test
    void moreTablesThanOneRunTakesAreRefused() {
        for (int i = 0; i <= TablesDetector.MAX_TABLES; i++) {
            spec("t" + i, "");
        }

        assertThatThrownBy(() -> detect("night", "{}"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("2001 tables are meant, and a run takes 2000 at most");
    }

    @Test
    void onlyTablesWithWaitingEventsAreReadAndRun() throws JsonProcessingException {
        for (int i = 0; i < 50; i++) {
            spec("t" + i, "");
        }
        inbox.put(new InboxEntry(
                TableName.of("raw.t7"), Optional.of("s3://lake/specs/t7.json"), Instant.EPOCH, List.of()));
        fixture.aws.log().reset();

        JsonNode items = items(detect("events", "{'only': 'events'}"));

        assertThat(items).extracting(item -> item.path("table").asText()).containsExactly("raw.t7");
        assertThat(items.get(0).at("/input/detection/mode").asText()).isEqualTo("events");
        assertThat(fixture.aws.log().calls().stream()
                        .filter(call -> call.target().startsWith("lake")))
                .as("its spec alone")
                .hasSize(1);
        assertThat(fixture.aws.log().count("ListObjectsV2")).isOne();
    }

    @Test
    void nothingWaitsWithoutEvents() {
        assertThat(detect("events", "{'only': 'events'}").next()).isEqualTo(TablesAnswer.Next.NOTHING);
        assertThat(fixture.aws.log().count("ListObjectsV2")).isOne();
    }

    @Test
    void dryRunOnlyChooses() {
        spec("one", "");

        assertThat(detect("plan", "{'dryRun': true}").next()).isEqualTo(TablesAnswer.Next.PLANNED);
    }

    @Test
    void withoutAnItemTheMapIsLeftOutWhereTheDefinitionCanDoSo() throws JsonProcessingException {
        fixture.table("")
                .data("dt=2026-11-18/hour=11")
                .processed("dt=2026-11-18/hour=11", "2026-11-18", "11")
                .settled();
        fixture.aws.s3().put("lake", "specs/flights.json", "{\"database\": \"analytics\", \"table\": \"flights\"}");

        TablesAnswer answer = detect("night", "{}");

        assertThat(answer.next()).isEqualTo(TablesAnswer.Next.SUM_UP);
        assertThat(answer.tables()).isZero();
        assertThat(answer.upToDate()).isOne();
        assertThat(items(answer)).isEmpty();
        assertThat(detect("older", "{}", false).next()).isEqualTo(TablesAnswer.Next.RUN);
        assertThat(detect("plan", "{'dryRun': true}").tables())
                .as("a plan looks at none")
                .isOne();
    }

    @Test
    void brokenSpecIsLeftOut() {
        spec("one", "");
        spec("broken", ", \"unknown\": 1");

        TablesAnswer answer = detect("night", "{}");

        assertThat(answer.tables()).isOne();
        assertThat(answer.leftOut()).isOne();
    }
}
