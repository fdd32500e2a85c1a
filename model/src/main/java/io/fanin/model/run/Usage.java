package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The AWS resources that work has used, as far as measured.
 *
 * @param requests to AWS, each attempt of a retried one, by service and operation
 * @param gigabyteSeconds the processors' memory multiplied by their running time, to a thousandth
 */
public record Usage(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> requests, double gigabyteSeconds) {

    public static final Usage NONE = new Usage(Map.of(), 0);

    private static final double THOUSANDTHS = 1000;

    /** Fields missing from a document have their defaults. */
    public Usage {
        requests = requests == null ? Map.of() : requests;
        requests.values().forEach(Objects::requireNonNull);
        gigabyteSeconds = Math.round(gigabyteSeconds * THOUSANDTHS) / THOUSANDTHS;
    }

    public Usage and(Usage other) {
        Map<String, Long> all = new TreeMap<>(requests);
        other.requests.forEach((operation, count) -> all.merge(operation, count, Long::sum));
        return new Usage(all, gigabyteSeconds + other.gigabyteSeconds);
    }
}
