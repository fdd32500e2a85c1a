package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an execution ends whose table is partial. */
public enum OnPartial {
    /** It fails, so that it can be redriven. */
    FAIL,
    /** It succeeds; the table says that it is partial. */
    SUCCEED;

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The choice of this label.
     *
     * @throws IllegalArgumentException when there is none
     */
    @JsonCreator
    public static OnPartial of(String label) {
        return switch (label) {
            case "fail" -> FAIL;
            case "succeed" -> SUCCEED;
            default -> throw new IllegalArgumentException("expected 'fail' or 'succeed', found '" + label + "'");
        };
    }
}
