package io.fanin.core.catalog.partition;

import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.names.FaninNames;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.Utf8Beginning;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parameters of a registered partition. {@code numRows}, {@code numFiles} and {@code totalSize} are Hive's names,
 * which planners read, so the number of rows is set only if it was counted, and a partition that is registered before
 * it has data has none of them.
 */
public final class PartitionParameters {

    /** The maximum length of a parameter's value in Glue, in bytes of UTF-8. */
    private static final int MAX_VALUE_BYTES = 512_000;

    static final String FILES = "numFiles";
    static final String BYTES = "totalSize";
    static final String ROWS = "numRows";

    private PartitionParameters() {}

    /** When the data was read; empty if the parameter is missing or not in a known form. */
    static Optional<Instant> asOf(Map<String, String> parameters) {
        return moment(parameters, FaninNames.AS_OF);
    }

    /** When the oldest object of the raw data was last modified, or at least the newest; empty in the same cases. */
    static Optional<Instant> madeOf(Map<String, String> parameters) {
        return moment(parameters, FaninNames.SOURCE_OLDEST).or(() -> moment(parameters, FaninNames.NEWEST));
    }

    private static Optional<Instant> moment(Map<String, String> parameters, String name) {
        try {
            return Optional.ofNullable(parameters.get(name)).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The names of the parameters that a processor of the deployment's own has set with these. */
    static Set<String> namesOfProcessor(Map<String, String> parameters) {
        return Set.copyOf(
                Arrays.asList(parameters.getOrDefault(FaninNames.PARAMETERS, "").split("\n", -1)));
    }

    /** The parameters of a partition whose data was not converted. */
    public static Map<String, String> of(PartitionResult.Processed result, RunFolder run) {
        Inventory inventory = result.inventory();
        Inventory held = result.held();
        Map<String, String> parameters = new HashMap<>();
        result.parameters().forEach((name, value) -> parameters.put(name, Utf8Beginning.of(value, MAX_VALUE_BYTES)));
        String own = result.parameters().keySet().stream()
                .filter(name -> !name.startsWith(FaninNames.PREFIX))
                .sorted()
                .collect(Collectors.joining("\n"));
        if (!own.isEmpty()) {
            parameters.put(FaninNames.PARAMETERS, own);
        }
        if (held.files() > 0) {
            parameters.put(FILES, String.valueOf(held.files()));
            parameters.put(BYTES, String.valueOf(held.bytes()));
        }
        result.rows().ifPresent(rows -> parameters.put(ROWS, String.valueOf(rows)));
        parameters.remove(FaninNames.BAD_RECORDS);
        if (result.badRecords() > 0) {
            parameters.put(FaninNames.BAD_RECORDS, String.valueOf(result.badRecords()));
        }
        result.asOf().ifPresent(moment -> parameters.put(FaninNames.AS_OF, moment.toString()));
        parameters.put(FaninNames.INVENTORY, inventory.hash());
        inventory.newest().ifPresent(newest -> parameters.put(FaninNames.NEWEST, newest.toString()));
        parameters.put(FaninNames.RUN, run.uri());
        return parameters;
    }

    /**
     * The parameters of a partition of a table with a source.
     *
     * @param source the table's
     */
    public static Map<String, String> of(PartitionResult.Processed result, RunFolder run, S3Location source) {
        Map<String, String> parameters = of(result, run);
        result.partition().source().ifPresent(prefix -> {
            parameters.put(FaninNames.SOURCE, source.uriOf(prefix));
            parameters.put(
                    FaninNames.SOURCE_FILES, String.valueOf(result.inventory().files()));
            result.inventory()
                    .oldest()
                    .ifPresent(oldest -> parameters.put(FaninNames.SOURCE_OLDEST, oldest.toString()));
        });
        return parameters;
    }
}
