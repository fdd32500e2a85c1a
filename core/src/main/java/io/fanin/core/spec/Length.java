package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;

/** A length of time as a spec says it, in ISO's form: {@code PT48H}, {@code P2D}, {@code PT5M}. Never negative. */
public record Length(Duration value) {

    /**
     * Reads an ISO duration of days and shorter units.
     *
     * @throws IllegalArgumentException when the text is none, or the duration is negative
     */
    @JsonCreator
    public static Length of(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return new Length(duration);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(refusal(text), e);
        }
        throw new IllegalArgumentException(refusal(text));
    }

    private static String refusal(String text) {
        return "expected a duration such as PT48H or P2D, found '" + text + "'";
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
