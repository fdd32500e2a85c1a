package io.fanin.model.table;

import io.fanin.model.partition.PartitionKey;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The complete definition of a source: enough to find its prefixes and to read their data.
 *
 * @param csv used only if the format is CSV
 * @param keys of the source's prefixes, which may differ from the table's
 * @param layout {@code hive}, or a template such as {@code ${year}/${month}/${day}}
 */
public record SourceDefinition(
        S3Location location, DataFormat format, CsvOptions csv, List<PartitionKey> keys, String layout) {

    public SourceDefinition {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the source " + location + " has no partition keys");
        }
    }

    /** The charset of its text. */
    public Charset charset() {
        return format == DataFormat.CSV ? csv.charset() : StandardCharsets.UTF_8;
    }
}
