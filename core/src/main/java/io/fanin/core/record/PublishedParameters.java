package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.UnverifiedCount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table parameters in Glue that publish the table's record to readers: its status, its progress, and the
 * outstanding partitions.
 */
public final class PublishedParameters {

    /** The maximum number of outstanding partitions that a parameter names. */
    private static final int SAMPLE = 10;

    /** The time zone is not among them: where the record has none, the table may have been given one since. */
    private static final List<String> ALL = List.of(
            FaninNames.STATUS,
            FaninNames.REGISTERED,
            FaninNames.FAILED,
            FaninNames.FAILED_SAMPLE,
            FaninNames.WAIVED,
            FaninNames.UNVERIFIED,
            FaninNames.COMPLETE_THROUGH,
            FaninNames.MISSING,
            FaninNames.RUN);

    private PublishedParameters() {}

    public static TableStatus status(TableRecord record) {
        boolean isComplete =
                record.outstanding().isEmpty() && record.progress().missing().isEmpty();
        return isComplete ? TableStatus.COMPLETE : TableStatus.PARTIAL;
    }

    /** The parameters with those of the record set, and all others unchanged. */
    public static Map<String, String> applied(
            TableRecord record, TableStatus status, List<PartitionKey> keys, Map<String, String> parameters) {
        Map<String, String> applied = new HashMap<>(parameters);
        applied.keySet().removeAll(ALL);
        applied.putAll(of(record, status, keys));
        return applied;
    }

    /**
     * The parameters of a table into which partitions are being registered: it is marked partial, and its published
     * progress does not advance, since another invocation may have changed the record after it was read.
     */
    static Map<String, String> whileRegistering(
            TableRecord record, List<PartitionKey> keys, Map<String, String> parameters) {
        Map<String, String> applied = applied(record, TableStatus.PARTIAL, keys, parameters);
        Optional<String> standing = Optional.ofNullable(parameters.get(FaninNames.COMPLETE_THROUGH));
        applied.computeIfPresent(
                FaninNames.COMPLETE_THROUGH,
                (name, moment) -> standing.map(other -> moment.compareTo(other) < 0 ? moment : other)
                        .orElse(null));
        // The progress above is in the zone that the table has now; that of the run follows with its own progress.
        applied.computeIfPresent(FaninNames.TIME_ZONE, (name, zone) -> parameters.getOrDefault(name, zone));
        return applied;
    }

    /**
     * Whether the parameters count partitions as outstanding or waived, and the record that names them was removed, or
     * is in another bucket.
     */
    public static boolean areOfLostRecord(TableRecord record, Map<String, String> parameters) {
        return record.lastRun().isEmpty()
                && record.outstanding().isEmpty()
                && (arePartial(parameters) || parameters.containsKey(FaninNames.WAIVED));
    }

    /** The URI of the folder of the run that the parameters name as the last one. */
    public static Optional<String> run(Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get(FaninNames.RUN));
    }

    /** Whether the parameters mark a partial table. */
    public static boolean arePartial(Map<String, String> parameters) {
        return TableStatus.PARTIAL.name().equals(parameters.get(FaninNames.STATUS));
    }

    /** The parameters that differ from the record. */
    public static List<Difference> differences(
            TableRecord record, List<PartitionKey> keys, Map<String, String> parameters) {
        Map<String, String> expected = of(record, status(record), keys);
        return Stream.concat(ALL.stream(), Stream.of(FaninNames.TIME_ZONE).filter(expected::containsKey))
                .filter(name -> !Objects.equals(expected.get(name), parameters.get(name)))
                .map(name -> new Difference(
                        name, Optional.ofNullable(parameters.get(name)), Optional.ofNullable(expected.get(name))))
                .toList();
    }

    /** The parameters that differ from the record, including those that tell how the table's prefixes are written. */
    public static List<Difference> differences(TableRecord record, CatalogTable table) {
        Map<String, String> parameters = table.parameters();
        Map<String, String> prefixes = record.prefixesOf(table)
                .map(known -> known.differing(parameters))
                .orElse(Map.of());
        return Stream.concat(
                        differences(record, table.keys(), parameters).stream(),
                        prefixes.entrySet().stream()
                                .map(prefix -> new Difference(
                                        prefix.getKey(),
                                        Optional.ofNullable(parameters.get(prefix.getKey())),
                                        Optional.of(prefix.getValue()))))
                .toList();
    }

    /** A parameter that differs from the table's record; empty if it is absent, or should be. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Difference(String parameter, Optional<String> found, Optional<String> expected) {}

    private static Map<String, String> of(TableRecord record, TableStatus status, List<PartitionKey> keys) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put(FaninNames.STATUS, status.name());
        parameters.put(FaninNames.FAILED, String.valueOf(record.outstanding().size()));
        sample(record, keys).ifPresent(sample -> parameters.put(FaninNames.FAILED_SAMPLE, sample));
        Waivers.count(record).ifPresent(count -> parameters.put(FaninNames.WAIVED, String.valueOf(count)));
        unverified(record).ifPresent(count -> parameters.put(FaninNames.UNVERIFIED, String.valueOf(count)));
        record.progress().completeThrough().ifPresent(moment -> parameters.put(FaninNames.COMPLETE_THROUGH, moment));
        record.timeZone().ifPresent(zone -> parameters.put(FaninNames.TIME_ZONE, zone.toString()));
        record.progress().missing().ifPresent(count -> parameters.put(FaninNames.MISSING, String.valueOf(count)));
        record.lastRun().ifPresent(run -> {
            parameters.put(FaninNames.REGISTERED, String.valueOf(run.registered()));
            parameters.put(FaninNames.RUN, run.folder());
        });
        return parameters;
    }

    /**
     * The number of registered partitions that no run has processed, as last counted; empty if there are none, or they
     * were never counted.
     */
    public static OptionalLong unverified(TableRecord record) {
        return record.unverified().map(UnverifiedCount::toPublish).orElse(OptionalLong.empty());
    }

    private static Optional<String> sample(TableRecord record, List<PartitionKey> keys) {
        return Optional.of(record.outstanding().stream()
                        .limit(SAMPLE)
                        .map(failure -> failure.partition().values().nameFor(keys))
                        .collect(Collectors.joining(",")))
                .filter(names -> !names.isEmpty());
    }
}
