package io.fanin.detector.inspect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Splits the inspection of many partitions into batches that run concurrently, each with its own listings. The expected
 * sizes determine only the number of batches: none of them takes more requests than a listing of each partition would.
 */
final class InspectionBatches {

    /** The maximum number of objects in a page in S3. */
    private static final int PAGE = 1000;

    /**
     * The number of pages in a batch: they are read one after the other, and there are enough partitions for concurrent
     * batches.
     */
    private static final int PAGES = 8;

    /** Assumed for a partition of unknown size. */
    private static final int OBJECTS = 100;

    private InspectionBatches() {}

    /**
     * The batches to inspect.
     *
     * @param limits the maximum number of objects expected in each partition, by its prefix, in the order of S3
     */
    static Collection<Map<String, Long>> of(SortedMap<String, Long> limits) {
        List<Map<String, Long>> batches = new ArrayList<>();
        SortedMap<String, Long> batch = new TreeMap<>(limits.comparator());
        long objects = 0;
        for (Map.Entry<String, Long> partition : limits.entrySet()) {
            if (fillsPages(partition.getValue())) {
                batches.add(Map.of(partition.getKey(), partition.getValue()));
                continue;
            }
            batch.put(partition.getKey(), partition.getValue());
            objects += partition.getValue() == Long.MAX_VALUE ? OBJECTS : Math.max(OBJECTS, partition.getValue());
            if (objects >= PAGES * PAGE) {
                batches.add(batch);
                batch = new TreeMap<>(limits.comparator());
                objects = 0;
            }
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    /** Such a partition is listed by itself: it rarely ends with a page. */
    private static boolean fillsPages(long objects) {
        return objects >= PAGE && objects < Long.MAX_VALUE;
    }
}
