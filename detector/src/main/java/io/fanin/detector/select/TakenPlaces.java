package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.layout.Layout;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.S3Location;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The prefixes that another tool has registered under other values than those that the layout has for them, such as
 * {@code dt=20261118/} as {@code 2026-11-18}: who registers them under the layout's has their rows twice. For several
 * threads; of very many the first are kept.
 */
public final class TakenPlaces {

    /** As many as a sort keeps in memory. */
    private static final int MAX = 40_000;

    private final Optional<S3Location> location;
    private final Layout layout;
    private final EquivalentValues forms;
    private final Map<String, PartitionValues> registered = new ConcurrentHashMap<>();

    private TakenPlaces(TableSnapshot snapshot) {
        this.location = snapshot.spec().source().isEmpty()
                ? Optional.of(snapshot.spec().definition().location())
                : Optional.empty();
        this.layout = Layout.of(snapshot.spec().definition());
        this.forms = new EquivalentValues(snapshot.spec().definition().keys());
    }

    /** None yet, of a table; never any of one whose partitions are made in folders that nobody else writes. */
    static TakenPlaces of(TableSnapshot snapshot) {
        return new TakenPlaces(snapshot);
    }

    void take(RegisteredPartition partition) {
        if (partition.run().isPresent() || registered.size() >= MAX) {
            return;
        }
        location.flatMap(table -> partition.location().flatMap(S3Location::find).filter(table::holds))
                .filter(place -> isOfOthers(partition.values(), place))
                .ifPresent(place -> registered.put(place.prefix(), partition.values()));
    }

    private boolean isOfOthers(PartitionValues values, S3Location place) {
        return layout.valuesOf(
                        place.prefix().substring(location.orElseThrow().prefix().length()))
                .filter(read -> !forms.canonical(read).equals(forms.canonical(values)))
                .isPresent();
    }

    /** The values under which a prefix is registered; empty if they are the layout's, or it is not registered. */
    Optional<PartitionValues> at(String prefix) {
        return Optional.ofNullable(registered.get(prefix));
    }
}
