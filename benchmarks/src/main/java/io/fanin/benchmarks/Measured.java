package io.fanin.benchmarks;

import java.util.Map;

/**
 * What a run of the detector took.
 *
 * @param requests how many were sent, each attempt of a retried one, by service and operation: {@code S3 ListObjectsV2}
 * @param nanos from the invocation to its answer
 * @param manifestBytes how long the manifest is that was uploaded
 */
record Measured(Map<String, Long> requests, long nanos, long manifestBytes) {

    private static final String LIST = "S3 ListObjectsV2";
    private static final String GLUE = "Glue ";

    Measured {
        requests = Map.copyOf(requests);
    }

    /** LIST requests of S3. */
    long lists() {
        return requests.getOrDefault(LIST, 0L);
    }

    /** All requests of Glue. */
    long glue() {
        return requests.entrySet().stream()
                .filter(request -> request.getKey().startsWith(GLUE))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
