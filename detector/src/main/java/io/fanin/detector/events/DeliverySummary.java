package io.fanin.detector.events;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of a batch of messages, for one line of the log.
 *
 * @param tables the first tables by their names, with the number of partitions that were named
 * @param tableCount how many tables that were
 * @param dropped what reaches no inbox by a stated rule, by that rule
 * @param refused messages that are not done, by their ids, with the reason: the first ones
 * @param refusedCount how many messages that were
 */
record DeliverySummary(
        int messages,
        long objects,
        int tableCount,
        Map<String, Integer> tables,
        Map<DropReason, Dropped> dropped,
        int refusedCount,
        Map<String, String> refused) {

    /** Characters of a name or a reason that are shown. */
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
