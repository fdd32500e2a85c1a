package io.fanin.benchmarks.measure;

import java.util.Map;

/**
 * The measurements of a run of a function.
 *
 * @param requests attempts by service and operation ({@code S3 ListObjectsV2}); where the two are distinguished, S3
 *     requests to the state bucket are counted again after {@value #STATE}
 * @param nanos from the invocation to its answer
 * @param writtenBytes of the uploaded manifest or of the Parquet files; 0 if not counted
 * @param receivedBytes of answers; 0 if not counted
 * @param cpuNanos CPU time of the process's threads; 0 if not measured
 */
public record Measured(Map<String, Long> requests, long nanos, long writtenBytes, long receivedBytes, long cpuNanos) {

    public static final String STATE = "State bucket ";

    private static final String LIST = "S3 ListObjectsV2";
    private static final String GLUE = "Glue ";
    private static final String S3 = "S3 ";

    public Measured {
        requests = Map.copyOf(requests);
    }

    public Measured(Map<String, Long> requests, long nanos, long writtenBytes, long receivedBytes) {
        this(requests, nanos, writtenBytes, receivedBytes, 0);
    }

    public Measured(Map<String, Long> requests, long nanos, long writtenBytes) {
        this(requests, nanos, writtenBytes, 0);
    }

    /** LIST requests of S3. */
    public long lists() {
        return requests.getOrDefault(LIST, 0L);
    }

    /** All requests of S3. */
    public long s3() {
        return of(S3);
    }

    /** All requests of Glue. */
    public long glue() {
        return of(GLUE);
    }

    /** The requests to the state bucket. */
    public long state() {
        return of(STATE);
    }

    private long of(String service) {
        return requests.entrySet().stream()
                .filter(request -> request.getKey().startsWith(service))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
