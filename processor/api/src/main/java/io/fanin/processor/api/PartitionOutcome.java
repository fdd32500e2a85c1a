package io.fanin.processor.api;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The result of processing a partition.
 *
 * @param rows the number that queries of the partition will count; absent if not known
 * @param parameters further parameters of the partition in the catalog, by name, of {@value #MAX_PARAMETERS} characters
 *     in all; names have 1 to 255 characters, none begins with {@code fanin.}, and none is {@code numRows},
 *     {@code numFiles} or {@code totalSize}, which the system sets
 */
public record PartitionOutcome(OptionalLong rows, Map<String, String> parameters) {

    /** The characters that the names and values of a partition's parameters may have together. */
    public static final int MAX_PARAMETERS = 16_384;

    private static final Set<String> STATISTICS = Set.of("numRows", "numFiles", "totalSize");

    public PartitionOutcome {
        if (rows.orElse(0) < 0) {
            throw new IllegalArgumentException("expected no negative number of rows, found " + rows.getAsLong());
        }
        parameters = Map.copyOf(parameters);
        int length = 0;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            if (name.startsWith("fanin.") || STATISTICS.contains(name)) {
                throw new IllegalArgumentException("the parameter '" + name
                        + "' is the system's: expected a name that does not begin with fanin., and none of "
                        + STATISTICS);
            }
            length += name.length() + parameter.getValue().length();
        }
        if (length > MAX_PARAMETERS) {
            throw new IllegalArgumentException("expected parameters of at most " + MAX_PARAMETERS
                    + " characters in all, found " + length + ": write what is larger into an object");
        }
    }

    /** The outcome for a number of rows, without parameters. */
    public static PartitionOutcome ofRows(long rows) {
        return new PartitionOutcome(OptionalLong.of(rows), Map.of());
    }
}
