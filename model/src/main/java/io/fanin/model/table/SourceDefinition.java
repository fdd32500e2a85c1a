package io.fanin.model.table;

import io.fanin.model.partition.PartitionKey;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a table's raw data lies, complete: enough to find its prefixes and to read what is in them.
 *
 * @param csv used only where the format is CSV
 * @param keys of the source's prefixes, which need not be the table's
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

    /** The charset of its texts. */
    public Charset charset() {
        return format == DataFormat.CSV ? csv.charset() : StandardCharsets.UTF_8;
    }
}
