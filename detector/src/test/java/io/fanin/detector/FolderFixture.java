package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.json;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import java.util.Map;
import java.util.stream.Stream;

/** Tables, of which some have had runs, and the folders into which their partitions are made. */
final class FolderFixture {

    static final String OWNERS = "owners/lake.json";
    static final String SOURCE = ", 'source': {'location': 's3://landing/raw/'}";
    static final String CONVERT = SOURCE + ", 'processor': {'type': 'convert'}";

    final DetectorFixture fixture = new DetectorFixture();

    FolderFixture() {
        Stream.of("first", "second", "third", "fourth")
                .forEach(table -> new TableRecords(fixture.state)
                        .update(
                                new TableName("analytics", table),
                                record -> record.with(new RecordedRun(new RunId("r0"), "s3://state/runs/r0/", 1))));
        fixture.quiet();
    }

    private static String spec(String table, String location, String more) {
        return "'database': 'analytics', 'table': '" + table + "', 'location': '" + location
                + "', 'format': 'parquet', 'columns': [{'name': 'carrier', 'type': 'string'}],"
                + " 'partitionKeys': [{'name': 'dt', 'type': 'date'}]" + more;
    }

    /** Detects for a table by day with this location, and what else its spec says. */
    DetectorAnswer detect(String run, String table, String location, String more) {
        return fixture.detect(run, json("{" + spec(table, location, more) + "}"));
    }

    /** A table of the catalog, without partitions. */
    DetectorFixture created(String table, String location) {
        fixture.catalog.createTableIfAbsent(
                DetectorFixture.resolved(spec(table, location, CONVERT + ", 'layout': 'hive'"))
                        .definition(),
                Map.of());
        return fixture.quiet();
    }

    /** The number of reads and writes of an object in the state bucket. */
    long requests(String key) {
        return fixture.aws.log().calls().stream()
                .filter(call -> call.target().equals("state/" + key))
                .count();
    }

    TableRecord record(String table) {
        return new TableRecords(fixture.state).read(new TableName("analytics", table));
    }
}
