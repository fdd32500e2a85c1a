package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;

import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import java.util.Map;
import java.util.Optional;

/** A table with one key for the hour, made from raw data that lies by day and hour in {@code s3://landing/raw/}. */
final class SourceTable {

    static final String SOURCE = ", 'source': {'location': 's3://landing/raw/', 'partitionKeys': [{'name': 'dt',"
            + " 'type': 'date'}, {'name': 'hour', 'type': 'int'}]}, 'processor': {'type': 'convert'}";

    static final String TABLE = NAMES + ", 'location': 's3://lake/flights/', 'format': 'parquet',"
            + " 'columns': [{'name': 'carrier', 'type': 'string'}], 'layout': '${inserted_at}',"
            + " 'partitionKeys': [{'name': 'inserted_at', 'type': 'string', 'format': 'yyyy/MM/dd/HH'}]";

    static final String SPEC = TABLE + SOURCE;

    static final Partition H7 = at("20/07", "dt=2026-11-20/hour=7");
    static final Partition H8 = at("20/08", "dt=2026-11-20/hour=8");

    private SourceTable() {}

    /** The partition of a day and hour of November 2026, and the path of its raw data. */
    static Partition at(String time, String raw) {
        String value = "2026/11/" + time;
        return new Partition(PartitionValues.of(value), "flights/" + value + "/", Optional.of("raw/" + raw + "/"));
    }

    /** The table in Glue. */
    static DetectorFixture in(DetectorFixture fixture) {
        fixture.catalog.createTableIfAbsent(DetectorFixture.resolved(SPEC).definition(), Map.of());
        return fixture.quiet();
    }
}
