package io.fanin.core.aws;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Counts the requests that its clients send, each attempt of a retried one, by service and operation. Thread-safe. */
public final class RequestCounter implements ExecutionInterceptor {

    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        String operation = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME) + " "
                + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        counts.merge(operation, 1L, Long::sum);
    }

    /** The number of requests so far by name, for example {@code S3 ListObjectsV2}. */
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /**
     * The requests since an earlier count.
     *
     * @param before an earlier result of {@link #counts()}
     */
    public Map<String, Long> since(Map<String, Long> before) {
        Map<String, Long> since = counts();
        before.forEach((operation, count) -> since.merge(operation, -count, Long::sum));
        since.values().removeIf(count -> count == 0);
        return since;
    }
}
