package io.fanin.detector.events;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of a batch of messages, for one line of the log.
 *
 * @param tables the first tables by their names, with the number of partitions that were named
 * @param tableCount the number of these tables
 * @param dropped the events that reach no inbox, by reason
 * @param refused messages that are not done, by their ids, with the reason: the first ones
 * @param refusedCount the number of these messages
 */
record DeliverySummary(
        int messages,
        long objects,
        int tableCount,
        Map<String, Integer> tables,
        Map<DropReason, Dropped> dropped,
        int refusedCount,
        Map<String, String> refused) {

    /** The maximum length of a name or a reason. */
    static final int TEXT = 300;

    private static final int SHOWN = 20;

    static DeliverySummary of(
            int messages,
            long objects,
            Map<String, Integer> tables,
            Map<DropReason, Dropped> dropped,
            Map<String, String> refused) {
        return new DeliverySummary(
                messages, objects, tables.size(), first(tables), dropped, refused.size(), first(refused));
    }

    private static <V> Map<String, V> first(Map<String, V> all) {
        Map<String, V> first = new LinkedHashMap<>();
        all.entrySet().stream().limit(SHOWN).forEach(entry -> first.put(entry.getKey(), entry.getValue()));
        return first;
    }
}
