package io.fanin.model.table;

import io.fanin.model.partition.PartitionKey;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The complete definition of a source: enough to find its prefixes and to read their data.
 *
 * @param csv used only if the format is CSV
 * @param times how dates and timestamps are written in texts
 * @param keys of the source's prefixes, which may differ from the table's
 * @param layout {@code hive}, or a template such as {@code ${year}/${month}/${day}}
 */
public record SourceDefinition(
        S3Location location,
        DataFormat format,
        CsvOptions csv,
        TimePatterns times,
        List<PartitionKey> keys,
        String layout) {

    public SourceDefinition {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the source " + location + " has no partition keys");
        }
    }

    /** A source whose dates and timestamps are those of ISO 8601. */
    public SourceDefinition(
            S3Location location, DataFormat format, CsvOptions csv, List<PartitionKey> keys, String layout) {
        this(location, format, csv, TimePatterns.STANDARD, keys, layout);
    }

    /** How numbers are written in its texts. */
    public NumberForm numbers() {
        return format == DataFormat.CSV ? csv.raw().numbers() : NumberForm.STANDARD;
    }

    public Charset charset() {
        return format == DataFormat.CSV ? csv.charset() : StandardCharsets.UTF_8;
    }
}
