package io.fanin.model.spec.detection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;

/** A duration in a spec, in ISO format: {@code PT48H}, {@code P2D}, {@code PT5M}. 0 to a hundred years. */
public record IsoDuration(Duration value) {

    private static final Duration LONGEST = Duration.ofDays(36_525);

    /** Reads an ISO duration of days and smaller units, not negative and at most a hundred years. */
    @JsonCreator
    public static IsoDuration of(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return new IsoDuration(duration);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(refusal(text), e);
        }
        throw new IllegalArgumentException(refusal(text));
    }

    private static String refusal(String text) {
        return "expected a duration such as PT48H or P2D, a hundred years at most, found '" + text + "'";
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
