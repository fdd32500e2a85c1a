package io.fanin.processor.api;

import java.util.Map;
import java.util.OptionalLong;

/**
 * The result of processing a partition.
 *
 * @param rows the number that queries of the partition will count; empty if not known
 * @param parameters further parameters of the partition in the catalog, by name; names have 1 to 255 characters, none
 *     begins with {@code fanin.}, and {@code numRows}, {@code numFiles} and {@code totalSize} are set by the system
 */
public record PartitionOutcome(OptionalLong rows, Map<String, String> parameters) {

    public PartitionOutcome {
        if (rows.orElse(0) < 0) {
            throw new IllegalArgumentException("expected no negative number of rows, found " + rows.getAsLong());
        }
        parameters = Map.copyOf(parameters);
        parameters.keySet().stream().filter(name -> name.startsWith("fanin.")).forEach(name -> {
            throw new IllegalArgumentException(
                    "the parameter '" + name + "' is the system's: expected a name that does not begin with fanin.");
        });
    }

    /** The outcome for a number of rows, without parameters. */
    public static PartitionOutcome ofRows(long rows) {
        return new PartitionOutcome(OptionalLong.of(rows), Map.of());
    }
}
