package io.fanin.model.spec.detection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** A time in a spec, in the table's own time: {@code 2013-02-08} or {@code 2013-02-08T17:00}. */
public record LocalMoment(LocalDateTime value) {

    /**
     * Reads an ISO local date-time, or a date, which stands for its midnight.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    @JsonCreator
    public static LocalMoment of(String text) {
        try {
            return new LocalMoment(
                    text.contains("T")
                            ? LocalDateTime.parse(text)
                            : LocalDate.parse(text).atStartOfDay());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "expected a date such as 2013-02-08, or a local time such as 2013-02-08T17:00, found '" + text
                            + "'",
                    e);
        }
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
