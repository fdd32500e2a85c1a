package io.fanin.benchmarks;

import java.util.Map;

/**
 * What a run of a function took.
 *
 * @param requests how many were sent, each attempt of a retried one, by service and operation: {@code S3 ListObjectsV2}
 * @param nanos from the invocation to its answer
 * @param manifestBytes how long the manifest is that was uploaded; 0 where none was
 * @param receivedBytes of answers; 0 where they were not counted
 * @param cpuNanos that the process's threads have run meanwhile; 0 where that was not measured
 */
record Measured(Map<String, Long> requests, long nanos, long manifestBytes, long receivedBytes, long cpuNanos) {

    private static final String LIST = "S3 ListObjectsV2";
    private static final String GLUE = "Glue ";
    private static final String S3 = "S3 ";

    Measured {
        requests = Map.copyOf(requests);
    }

    /** Without the time of threads. */
    Measured(Map<String, Long> requests, long nanos, long manifestBytes, long receivedBytes) {
        this(requests, nanos, manifestBytes, receivedBytes, 0);
    }

    /** Without a count of bytes, too. */
    Measured(Map<String, Long> requests, long nanos, long manifestBytes) {
        this(requests, nanos, manifestBytes, 0);
    }

    /** LIST requests of S3. */
    long lists() {
        return requests.getOrDefault(LIST, 0L);
    }

    /** All requests of S3. */
    long s3() {
        return of(S3);
    }

    /** All requests of Glue. */
    long glue() {
        return of(GLUE);
    }

    private long of(String service) {
        return requests.entrySet().stream()
                .filter(request -> request.getKey().startsWith(service))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
