package io.fanin.fakes;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lifecycle rules of a bucket that delete objects: <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html">a number of days after an
 * object was written, rounded up to the next midnight in UTC</a>. S3 then takes its time: {@link FakeS3#expire} does
 * it.
 */
final class S3Lifecycle {

    private final Map<String, Integer> days = new ConcurrentHashMap<>();

    void expire(String prefix, int after) {
        days.put(prefix, after);
    }

    /** When an object expires; empty if no rule has its key. */
    Optional<Instant> expiry(String key, S3Object object) {
        return days.entrySet().stream()
                .filter(rule -> key.startsWith(rule.getKey()))
                .map(Entry::getValue)
                .min(Integer::compare)
                .map(after ->
                        object.modified().plus(after + 1L, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS));
    }

    /** The header that tells it. */
    Optional<String> header(String key, S3Object object) {
        return expiry(key, object)
                .map(expiry -> "expiry-date=\"" + S3Objects.HTTP_DATE.format(expiry) + "\", rule-id=\"a rule\"");
    }
}
