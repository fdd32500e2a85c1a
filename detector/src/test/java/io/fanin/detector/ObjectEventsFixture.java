package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.json;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.fanin.core.inbox.InboxContent;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.tables.S3Texts;
import io.fanin.core.tables.StackBuckets;
import io.fanin.core.tables.TableDirectory;
import io.fanin.model.partition.Partition;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;

/** The object-events function over specs in {@code s3://landing/specs/} and tables of the databases {@code raw_*}. */
final class ObjectEventsFixture {

    static final String EVENTS = ", 'detection': {'mode': 'events'}";
    static final String H8 = "dt=2026-11-20/hour=8/";
    static final String H9 = "dt=2026-11-20/hour=9/";

    final DetectorFixture fixture = new DetectorFixture(StackBuckets.of("state", "lake,landing", "lake", "landing"));
    final ObjectEventsHandler handler;

    ObjectEventsFixture() {
        this(Workers.CALLER);
    }

    ObjectEventsFixture(Workers workers) {
        handler = handler(workers);
    }

    private ObjectEventsHandler handler(Workers workers) {
        S3Client s3 = fixture.aws.s3().client();
        return new ObjectEventsHandler(
                fixture.state,
                TableDirectory.of(
                        "s3://landing/specs/",
                        "raw_*",
                        new S3Pages(s3),
                        new S3Texts(
                                bucket -> new BucketReader(s3, bucket),
                                StackBuckets.of("state", "lake", "", "landing")),
                        fixture.catalog,
                        workers),
                fixture.catalog,
                fixture.clock,
                workers);
    }

    /** A spec of a table whose folder has its name. */
    void spec(String table, String more) {
        specAt(table, "s3://lake/" + table + "/", more);
    }

    void specAt(String table, String location, String more) {
        put(table, complete("analytics", table, location, more));
    }

    void put(String table, String spec) {
        fixture.aws.s3().put("landing", "specs/" + table + ".json", json(spec).toString());
    }

    static String complete(String database, String table, String location, String more) {
        return "{'database': '" + database + "', 'table': '" + table + "', 'location': '" + location
                + "', 'format': '" + (more.contains("convert") ? "parquet" : "json")
                + "', 'columns': [{'name': 'carrier', 'type': 'string'}],"
                + " 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int'}]" + more + "}";
    }

    List<String> refused(String... bodies) {
        return refused(List.of(bodies));
    }

    /** The ids of the messages that are not done. */
    List<String> refused(List<String> bodies) {
        SQSEvent event = new SQSEvent();
        event.setRecords(IntStream.range(0, bodies.size())
                .mapToObj(i -> {
                    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
                    message.setMessageId("id-" + i);
                    message.setBody(bodies.get(i));
                    return message;
                })
                .toList());
        return handler.handleRequest(event, null).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    List<InboxEntry> entries(String table) {
        return fixture.inbox.of(new TableName("analytics", table)).stream()
                .map(InboxContent.Delivered::entry)
                .toList();
    }

    /** The prefixes that the inbox of a table has. */
    List<String> prefixes(String table) {
        return entries(table).stream()
                .flatMap(entry -> entry.partitions().stream())
                .map(Partition::prefix)
                .toList();
    }
}
