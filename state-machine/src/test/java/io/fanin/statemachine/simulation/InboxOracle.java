package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rule for the table's inbox: no event from S3 is lost. */
final class InboxOracle {

    private final ObservedState observed;
    private Map<String, Set<String>> inbox = Map.of();

    InboxOracle(ObservedState observed) {
        this.observed = observed;
    }

    /** The folders that each entry of the inbox names, by the entries' keys. */
    private Map<String, Set<String>> inbox() {
        Map<String, Set<String>> entries = new HashMap<>();
        for (String key : observed.world().aws().s3().keys(HistoryWorld.STATE_BUCKET, "inbox/")) {
            entries.put(key, folders(observed.files().read(key)));
        }
        return entries;
    }

    private static Set<String> folders(JsonNode entry) {
        String bucket = entry.path("bucket").asText();
        return entry.findValuesAsText("prefix").stream()
                .map(prefix -> LakeBuckets.ofCall(bucket + "/" + prefix).orElseThrow())
                .collect(Collectors.toSet());
    }

    void entryWritten() {
        inbox = inbox();
    }

    /**
     * Called when entries are deleted: their folders must be recorded elsewhere by then. Data that has not followed its
     * table does not count.
     */
    void entriesDeleted() {
        Map<String, Set<String>> before = inbox;
        inbox = inbox();
        before.forEach((key, prefixes) -> {
            if (!inbox.containsKey(key)) {
                observed.world().trace().count(FaultKind.INBOX_TAKEN_UP);
                observed.lake().partitions().stream()
                        .filter(number -> prefixes.contains(observed.lake().prefix(number))
                                && !observed.lake().behind().contains(number))
                        .forEach(number -> observed.require(
                                isKnown(number) || isToldOf(number) || isOutstanding(number),
                                "an entry of the inbox is gone that named "
                                        + observed.lake().prefix(number)
                                        + ", which is neither registered as it is nor outstanding"));
            }
        });
    }

    /** Called after an undisturbed run has processed all events, except those of the folder that the table has left. */
    void requireNothingForgotten() {
        observed.lake()
                .partitions()
                .forEach(number -> observed.require(
                        isKnown(number),
                        observed.lake().prefix(number) + " is not registered as it is, although S3 has told of it"));
        List<String> left = inbox().values().stream()
                .flatMap(Set::stream)
                .filter(prefix -> !prefix.startsWith(observed.lake().left()))
                .toList();
        observed.require(left.isEmpty(), "the inbox still holds " + left);
    }

    /** Whether nothing has to be done for a partition, or others have made its state unknowable. */
    private boolean isKnown(int number) {
        List<String> values = observed.lake().layout().values(number);
        return !observed.lake().hasData(number)
                || observed.wasDropped(values)
                || (isMadeOfOther() && observed.wasTakenAway(values))
                || observed.tableWasDropped()
                || observed.waiver(values)
                        .filter(one -> observed.isOfDataAsItIs(one, number) || wasLookedForWhereItWas(one, number))
                        .isPresent()
                || observed.partition(values)
                        .filter(partition -> isAsItIs(partition, number))
                        .isPresent();
    }

    /**
     * Whether it was waived at the table's former location, where it had no data: an earlier run may have been
     * redriven.
     */
    private boolean wasLookedForWhereItWas(JsonNode waiver, int number) {
        return observed.lake().hasMoved(observed.lake().prefix(number))
                && waiver.at("/inventory/files").asInt() == 0;
    }

    private boolean isAsItIs(JsonNode partition, int number) {
        String inventory = CatalogView.parameter(partition, "fanin.inventory");
        return inventory.isEmpty()
                || (inventory.equals(observed.lake().hash(number))
                        && observed.lake().isAtItsPlace(number, CatalogView.location(partition)));
    }

    /** Whether S3 has events only for raw data, which still exists when the table's data has vanished. */
    private boolean isMadeOfOther() {
        return observed.world().mode().hasSource();
    }

    private boolean isToldOf(int number) {
        return observed.lake().prefixes(number).stream()
                .anyMatch(prefix -> observed.world().events().speaksOf(prefix)
                        || inbox.values().stream().anyMatch(prefixes -> prefixes.contains(prefix)));
    }

    private boolean isOutstanding(int number) {
        return observed.outstanding().contains(observed.lake().layout().values(number));
    }
}
