package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.catalog.table.PrefixParameters;
import io.fanin.model.names.FaninNames;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.UnverifiedCount;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.TableDefinition;
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
     * The parameters of a table that a run with this resolved spec publishes before it registers partitions. A table
     * that has never told its zone tells it with its first status: local times are resolved by both.
     *
     * @param isLatest whether the spec was resolved after each change of the table by others
     * @param parameters of the table before
     */
    public static Map<String, String> begun(
            TableRecord record, ResolvedSpec spec, boolean isLatest, Map<String, String> parameters) {
        Map<String, String> applied = whileRegistering(record, spec.definition().keys(), parameters);
        Map<String, String> begun = new HashMap<>(inItsZone(record, spec, isLatest, parameters, applied));
        Optional.ofNullable(lostPrefixes(record, spec, begun).get(FaninNames.TIME_ZONE))
                .ifPresent(zone -> begun.put(FaninNames.TIME_ZONE, zone));
        return begun;
    }

    /**
     * The parameters of a table that a run with this resolved spec publishes at its end.
     *
     * @param isLatest whether the spec was resolved after each change of the table by others
     * @param parameters of the table before
     */
    public static Map<String, String> published(
            TableRecord record, ResolvedSpec spec, boolean isLatest, Map<String, String> parameters) {
        Map<String, String> applied =
                applied(record, status(record), spec.definition().keys(), parameters);
        Map<String, String> published = new HashMap<>(inItsZone(record, spec, isLatest, parameters, applied));
        published.putAll(isLatest ? prefixes(record, spec, published) : lostPrefixes(record, spec, published));
        return published;
    }

    /**
     * The parameters that follow from the record, unless somebody has changed the zone of the table's keys since its
     * progress: the zone stays, and the progress, which is in the former one, is not told until a scan has found it
     * anew.
     *
     * @param spec the run's
     * @param isLatest whether the spec was resolved after each change; if it was, and has another zone, it states that
     * @param parameters of the table before
     * @param applied the parameters that follow
     */
    private static Map<String, String> inItsZone(
            TableRecord record,
            ResolvedSpec spec,
            boolean isLatest,
            Map<String, String> parameters,
            Map<String, String> applied) {
        if (!isZoneChanged(record, spec, isLatest, parameters)) {
            return applied;
        }
        Map<String, String> changed = new HashMap<>(applied);
        changed.remove(FaninNames.COMPLETE_THROUGH);
        changed.put(FaninNames.TIME_ZONE, parameters.get(FaninNames.TIME_ZONE));
        return changed;
    }

    private static boolean isZoneChanged(
            TableRecord record, ResolvedSpec spec, boolean isLatest, Map<String, String> parameters) {
        return record.progress().basis().isPresent()
                && zone(parameters.get(FaninNames.TIME_ZONE))
                        .filter(now -> !now.equals(record.timeZone().orElse(KeyZone.UTC)))
                        .filter(now -> !isLatest || spec.timeZone().equals(Optional.of(now)))
                        .isPresent();
    }

    private static Optional<KeyZone> zone(String text) {
        try {
            return Optional.ofNullable(text).map(KeyZone::of);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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

    /**
     * The parameters that tell how prefixes are written and that a run with this resolved spec sets, since they are
     * missing or differ. A run that names its partitions sets none: it may read these otherwise than the table's next
     * run reads the table. The zone is that of the record's progress if there is one.
     */
    static Map<String, String> prefixes(TableRecord record, ResolvedSpec spec, Map<String, String> parameters) {
        return ofPrefixes(record, spec).differing(parameters);
    }

    /**
     * Those of them that are missing: a redriven run with an earlier spec leaves a value that has been changed since.
     */
    static Map<String, String> lostPrefixes(TableRecord record, ResolvedSpec spec, Map<String, String> parameters) {
        return ofPrefixes(record, spec).lost(parameters);
    }

    private static PrefixParameters ofPrefixes(TableRecord record, ResolvedSpec spec) {
        if (spec.detection().namesItsPartitions()) {
            return new PrefixParameters(Map.of());
        }
        TableDefinition definition = spec.definition();
        Map<String, String> known = new HashMap<>(
                PrefixParameters.of(definition.layout(), definition.keys()).values());
        spec.timeZone()
                .filter(zone -> record.progress().basis().isEmpty())
                .ifPresent(zone -> known.put(FaninNames.TIME_ZONE, zone.toString()));
        return new PrefixParameters(known);
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
