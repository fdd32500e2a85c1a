package io.fanin.detector.detect;

import io.fanin.core.inbox.Inbox;
import io.fanin.core.inbox.InboxContent;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.events.Place;
import io.fanin.detector.events.TablePlaces;
import io.fanin.detector.select.DetectionResult;
import io.fanin.detector.select.ObservedPartitions;
import io.fanin.detector.select.PartitionSelector;
import io.fanin.detector.source.SourceMapping;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The partitions in the table's inbox: those that are not registered, and registered ones whose objects have changed.
 * Nothing above the partitions is listed. An entry's prefixes are read by the run's spec, which may be older or newer
 * than the one at the time of the event.
 *
 * @param time the run's reference time
 */
record EventsDetection(
        TableName table,
        Inbox inbox,
        TablePlaces places,
        SourceMapping mapping,
        SkipLog skips,
        PublishedTableState published,
        PartitionSelector selection,
        Instant time)
        implements Detection {

    /**
     * Runs whose time is this long after an event have a spec as new as the event's: that time may lie two days ahead
     * of their start, and those of all tables wait for each other, with the specs that were read at the beginning. A
     * redriven one may have an older spec.
     */
    private static final Duration SPEC_AGE = Duration.ofDays(3);

    @Override
    public DetectionResult detect() {
        try (selection;
                ObservedPartitions observations = new ObservedPartitions(published.forms())) {
            InboxContent content = inbox.of(table);
            content.unreadable().forEach(one -> skips.add(new Skip(one.uri(), SkipReason.UNREADABLE, one.why())));
            InboxSettlement settlement =
                    new InboxSettlement(content, places.location().bucket());
            settlement.elsewhere().forEach(this::skipElsewhere);
            EquivalentValues forms = published.forms();
            Map<String, PartitionValues> named = new HashMap<>();
            Set<String> done = new HashSet<>();
            Set<String> unfit = new HashSet<>();
            for (String prefix : settlement.prefixes()) {
                Optional<Partition> partition = partition(prefix);
                partition.ifPresent(observations::add);
                partition.ifPresent(one -> named.put(prefix, forms.canonical(one.values())));
                if (partition.isEmpty()) {
                    unfit.add(prefix);
                }
            }
            DetectionResult detected = selection.select(observations.iterator());
            // Another partition may have failed in the same folder, before a layout was corrected.
            Consumer<Partition> end = one -> {
                if (forms.canonical(one.values()).equals(named.get(one.dataPrefix()))) {
                    done.add(one.dataPrefix());
                }
            };
            detected.candidates().partitions().forEachRemaining(end);
            selection.settled().forEach(end);
            return detected.with(settlement.claim(done, unfit, time.minus(SPEC_AGE)));
        }
    }

    /** Empty for a prefix that is not a partition of the table by the run's spec. */
    private Optional<Partition> partition(String prefix) {
        return switch (places.ofPrefix(prefix)) {
            case Place.Inside(Partition partition) -> mapping.taken(partition, skips::add);
            case Place.Nowhere nowhere -> Optional.empty();
            case Place.Elsewhere elsewhere -> {
                skipElsewhere(prefix);
                yield Optional.empty();
            }
        };
    }

    private void skipElsewhere(String name) {
        skips.add(new Skip(
                name,
                SkipReason.FOREIGN,
                "is none of the prefixes that the table's partitions have below " + places.location()));
    }
}
