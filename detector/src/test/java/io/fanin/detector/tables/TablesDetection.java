package io.fanin.detector.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.alltables.AllTablesFolder;
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
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.s3.S3Client;

/** Runs of all tables whose specs lie in {@code s3://lake/specs/}. */
abstract class TablesDetection {

    static final String MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:fanin";
    static final String ONLY_EVENTS = "{'only': 'events'}";

    /** The databases whose tables need no spec. */
    String databases = "";

    final DetectorFixture fixture = new DetectorFixture();
    private final S3Client s3 = fixture.aws.s3().client();
    final Inbox inbox = new Inbox(fixture.state, Workers.CALLER);
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
            new BulkDetection(fixture.upToDate(), new TableRecords(fixture.state), fixture.clock, Workers.CALLER),
            Workers.THREADS);

    TablesAnswer detect(String name, String input) {
        return detect(name, input, true);
    }

    TablesAnswer detect(String name, String input, boolean sumsUpAtOnce) {
        try {
            JsonNode json = Json.documents().readTree(input.replace('\'', '"'));
            return detector.detect(
                    new Execution(
                            MACHINE.replace("stateMachine", "execution") + "-all:" + name,
                            name,
                            json,
                            Optional.empty(),
                            OptionalInt.of(0)),
                    new TablesDetector.Stack(MACHINE, "s3://lake/specs/", databases),
                    sumsUpAtOnce);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    void spec(String table, String more) {
        specAt(table + ".json", table, more);
    }

    void specAt(String key, String table, String more) {
        fixture.aws
                .s3()
                .put("lake", "specs/" + key, "{\"database\": \"raw\", \"table\": \"%s\"%s}".formatted(table, more));
    }

    void waits(String table, Optional<String> uri, int minute) {
        inbox.put(new InboxEntry(
                new TableName("raw", table),
                uri,
                Instant.EPOCH.plus(Duration.ofMinutes(minute)),
                Optional.of("lake"),
                List.of()));
    }

    static Optional<String> at(String key) {
        return Optional.of("s3://lake/specs/" + key);
    }

    JsonNode items(TablesAnswer answer) throws JsonProcessingException {
        return Json.documents()
                .readTree(fixture.aws.s3().text("state", answer.items()).orElseThrow());
    }

    List<String> specs(TablesAnswer answer) throws JsonProcessingException {
        return items(answer)
                .valueStream()
                .map(item -> item.at("/input/spec").asText())
                .toList();
    }

    List<String> leftOut(TablesAnswer answer) {
        return new AllTablesFolder(fixture.state, answer.run())
                .selection().orElseThrow().leftOut().stream()
                        .map(one -> one.what() + " " + one.reason())
                        .toList();
    }
}
