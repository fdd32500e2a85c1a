package io.fanin.statemachine.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must be true of the table's inbox: nothing that S3 has told of is forgotten. */
final class InboxOracle {

    private final ObservedState witness;
    private Map<String, Set<String>> inbox = Map.of();

    InboxOracle(ObservedState witness) {
        this.witness = witness;
    }

    /** The prefixes that each entry of the inbox names, by the entries' keys. */
    private Map<String, Set<String>> inbox() {
        Map<String, Set<String>> entries = new HashMap<>();
        for (String key : witness.world().aws().s3().keys(HistoryWorld.STATE_BUCKET, "inbox/")) {
            entries.put(key, new HashSet<>(witness.files().read(key).findValuesAsText("prefix")));
        }
        return entries;
    }

    void entryWritten() {
        inbox = inbox();
    }

    /** What an entry has named is somewhere else by then. */
    void entriesDeleted() {
        Map<String, Set<String>> before = inbox;
        inbox = inbox();
        before.forEach((key, prefixes) -> {
            if (!inbox.containsKey(key)) {
                witness.world().trace().count(FaultKind.INBOX_TAKEN_UP);
                witness.lake().partitions().stream()
                        .filter(number -> prefixes.contains(witness.lake().prefix(number)))
                        .forEach(number -> witness.require(
                                isKnown(number) || isToldOf(number) || isOutstanding(number),
                                "an entry of the inbox is gone that named "
                                        + witness.lake().prefix(number)
                                        + ", which is neither registered as it is nor outstanding"));
            }
        });
    }

    /** After all events have been taken up by an undisturbed run. */
    void requireNothingForgotten() {
        witness.lake()
                .partitions()
                .forEach(number -> witness.require(
                        isKnown(number),
                        witness.lake().prefix(number) + " is not registered as it is, although S3 has told of it"));
        witness.require(inbox().isEmpty(), "the inbox still holds " + inbox());
    }

    /** Whether nothing has to be done for a partition, or others have seen to it that nobody can know. */
    private boolean isKnown(int number) {
        List<String> values = witness.lake().layout().values(number);
        return !witness.lake().hasData(number)
                || witness.wasDropped(values)
                || (isMadeOfOther() && witness.wasTakenAway(values))
                || witness.tableWasDropped()
                || witness.waiver(values)
                        .filter(one -> witness.isOfDataAsItIs(one, number))
                        .isPresent()
                || witness.partition(values)
                        .map(partition -> CatalogView.parameter(partition, "fanin.inventory"))
                        .filter(inventory -> inventory.isEmpty()
                                || inventory.equals(witness.lake().hash(number)))
                        .isPresent();
    }

    /** S3 has told of raw data alone, which is there still when the data of the table has vanished. */
    private boolean isMadeOfOther() {
        return witness.world().mode() == ProcessingMode.JOB_FROM_SOURCE;
    }

    private boolean isToldOf(int number) {
        String prefix = witness.lake().prefix(number);
        return witness.world().events().speaksOf(prefix)
                || inbox.values().stream().anyMatch(prefixes -> prefixes.contains(prefix));
    }

    private boolean isOutstanding(int number) {
        return witness.outstanding().contains(witness.lake().layout().values(number));
    }
}
