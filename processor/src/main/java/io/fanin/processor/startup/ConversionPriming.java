package io.fanin.processor.startup;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.files.LocalConversion;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.raw.CsvReading;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.KeptDatabase;
import io.fanin.records.scratch.Scratch;
import io.fanin.records.scratch.ScratchDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Converts one record from memory to a Parquet file on the function's disk and reads the file, to load the classes for
 * it.
 */
public final class ConversionPriming implements ObjectSource {

    private static final byte[] RECORD =
            "{\"id\": 1, \"at\": \"2013-02-08T17:05:09Z\", \"name\": \"a\"}\n".getBytes(StandardCharsets.UTF_8);
    private static final List<Column> COLUMNS =
            List.of(new Column("id", "bigint"), new Column("at", "timestamp"), new Column("name", "string"));
    private static final SourceDefinition SOURCE = new SourceDefinition(
            new S3Location("priming", "raw/"),
            DataFormat.JSON,
            CsvOptions.DEFAULT,
            List.of(new PartitionKey("hour", KeyType.INT)),
            "hive");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Returns the number of rows read. The first conversion then gets the database. */
    public static long run(KeptDatabase databases) throws IOException {
        ScratchDatabase database = databases.take();
        long rows;
        try {
            rows = convert(database);
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
        databases.keep(database);
        return rows;
    }

    private static long convert(ScratchDatabase database) throws IOException {
        AtomicLong found = new AtomicLong();
        try (Scratch own = Scratch.in(database.folder())) {
            new LocalConversion(
                            SOURCE,
                            COLUMNS,
                            LocalConversion.NO_BAD_RECORDS,
                            CsvReading.BY_HEADER,
                            new ConversionPriming(),
                            database.settings(),
                            Deadline.NONE,
                            database.database())
                    .convert(
                            "raw/hour=1/",
                            own.folder(),
                            (file, rows) -> found.set(database.database()
                                    .execute(
                                            "SELECT count(*) FROM read_parquet(" + Sql.literal(file.toString()) + ")",
                                            LIMIT)));
        }
        return found.get();
    }

    @Override
    public Iterator<ObjectSummary> list(String prefix) {
        return List.of(new ObjectSummary(prefix + "a.json", RECORD.length, "\"a\"", Instant.EPOCH))
                .iterator();
    }

    @Override
    public InputStream open(ObjectSummary object) {
        return new ByteArrayInputStream(RECORD);
    }

    @Override
    public byte[] range(ObjectSummary object, long from, long toInclusive) {
        return Arrays.copyOfRange(RECORD, (int) from, (int) toInclusive + 1);
    }
}
