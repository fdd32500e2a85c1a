package io.fanin.cli.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.json.Json;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.Periods;
import io.fanin.model.spec.detection.NamedPartition;
import io.fanin.model.table.TableName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A partition on the command line. */
public final class PartitionArgument {

    public static final String DESCRIPTION = "its name, such as dt=2013-02-08/hour=17, its values as a JSON array, or"
            + " the beginning of its period, such as 2013-02-08T17:00";

    /** The notation of periods in plans and pages; a day needs no time where it is not divided. */
    private static final Pattern MOMENT = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?:[T ](\\d\\d:\\d\\d))?");

    private static final String MIDNIGHT = "00:00";

    /** From midnight to the last minute of a day. */
    private static final Duration REST_OF_DAY = Duration.ofDays(1).minusMinutes(1);

    private PartitionArgument() {}

    /**
     * Reads a name or an array of values.
     *
     * @throws CommandFailedException if it begins like an array and is not one
     */
    public static JsonNode read(String partition) {
        try {
            return partition.startsWith("[") ? Json.input().readTree(partition) : TextNode.valueOf(partition);
        } catch (JsonProcessingException e) {
            throw new CommandFailedException("'" + partition + "' is not a JSON array of values", e);
        }
    }

    /**
     * The name of the partition whose period begins at a time, or the argument if it is no time.
     *
     * @throws CommandFailedException if it is a time at which none of the table's partitions begins, or several may
     */
    public static String named(String partition, CatalogTable table) {
        Matcher matcher = MOMENT.matcher(partition);
        if (!matcher.matches()) {
            return partition;
        }
        try {
            boolean isDay = matcher.group(2) == null;
            LocalDateTime moment = LocalDateTime.parse(matcher.group(1) + "T" + (isDay ? MIDNIGHT : matcher.group(2)));
            Periods periods = new Periods(table.keys());
            return periods.valuesAt(moment)
                    .filter(values ->
                            !isDay || periods.valuesAt(moment.plus(REST_OF_DAY)).equals(Optional.of(values)))
                    .filter(values -> new PartitionTime(table.keys()).of(values).equals(Optional.of(moment)))
                    .map(values -> values.nameFor(table.keys()))
                    .orElseThrow(() -> new CommandFailedException(
                            "'" + partition + "' does not tell one partition of " + table.name(),
                            "give its name, such as "
                                    + table.keys().stream()
                                            .map(key -> key.name() + "=...")
                                            .collect(Collectors.joining("/"))));
        } catch (DateTimeException e) {
            throw new CommandFailedException("'" + partition + "' is no time: " + e.getMessage(), e);
        }
    }

    /**
     * The values of a table's partition.
     *
     * @param partition its name, an array of its values, or the beginning of its period
     * @throws CommandFailedException if the table cannot have such a partition
     */
    public static PartitionValues values(String partition, CatalogTable table) {
        if (table.keys().isEmpty()) {
            throw new CommandFailedException(
                    table.whyUnusable().orElse("table " + table.name() + " has no partition keys"));
        }
        try {
            return NamedPartition.of(read(named(partition, table))).valuesFor(table.keys());
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(
                    "'" + partition + "' is not a partition of " + table.name() + ": " + e.getMessage(), e);
        }
    }

    /** The beginning of an execution's input for a table. */
    public static ObjectNode inputFor(TableName table) {
        return Json.documents()
                .createObjectNode()
                .put("database", table.database())
                .put("table", table.table());
    }
}
