package io.fanin.core.record;

import io.fanin.core.catalog.table.PrefixParameters;
import io.fanin.model.names.FaninNames;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.TableDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters that a run sets in its table, from the table's record and the run's spec.
 *
 * @param spec resolved
 * @param isLatest whether the spec was resolved after each change of the table by others; only then does the run
 *     replace values of another zone or layout
 */
public record Publication(TableRecord record, ResolvedSpec spec, boolean isLatest) {

    /**
     * The parameters before the run registers partitions. A table without a published zone gets it with its first
     * status, because readers need both to interpret local times.
     *
     * @param parameters of the table before
     */
    public Map<String, String> begun(Map<String, String> parameters) {
        Map<String, String> begun = inItsZone(
                parameters,
                PublishedParameters.whileRegistering(record, spec.definition().keys(), parameters));
        Optional.ofNullable(prefixes().lost(begun).get(FaninNames.TIME_ZONE))
                .ifPresent(zone -> begun.put(FaninNames.TIME_ZONE, zone));
        return begun;
    }

    /**
     * The parameters at the end of the run.
     *
     * @param parameters of the table before
     */
    public Map<String, String> ended(Map<String, String> parameters) {
        Map<String, String> ended = inItsZone(
                parameters,
                PublishedParameters.applied(
                        record,
                        PublishedParameters.status(record),
                        spec.definition().keys(),
                        parameters));
        ended.putAll(isLatest ? prefixes().differing(ended) : prefixes().lost(ended));
        return ended;
    }

    /**
     * The parameters that follow from the record. If somebody has changed the zone of the table's keys since the
     * progress was recorded, the new zone is kept, and the progress, which is in the former zone, is omitted until a
     * scan has recomputed it.
     *
     * @param parameters of the table before
     * @param applied the parameters that follow
     */
    private Map<String, String> inItsZone(Map<String, String> parameters, Map<String, String> applied) {
        Map<String, String> changed = new HashMap<>(applied);
        if (isZoneChanged(parameters)) {
            changed.remove(FaninNames.COMPLETE_THROUGH);
            changed.put(FaninNames.TIME_ZONE, parameters.get(FaninNames.TIME_ZONE));
        }
        return changed;
    }

    private boolean isZoneChanged(Map<String, String> parameters) {
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
     * The parameters that state how prefixes are written. A run that names its partitions has none: it may read
     * prefixes otherwise than the table's next run. The zone is that of the record's progress if there is one.
     */
    PrefixParameters prefixes() {
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
}
