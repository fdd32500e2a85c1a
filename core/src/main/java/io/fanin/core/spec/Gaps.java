package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What periods without a prefix, between the first partition and the newest, mean for a table. */
public enum Gaps {
    /** They are named. */
    REPORT,
    /** The table is partial until they are there. */
    OUTSTANDING;

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
    public static Gaps of(String label) {
        return switch (label) {
            case "report" -> REPORT;
            case "outstanding" -> OUTSTANDING;
            default -> throw new IllegalArgumentException("expected 'report' or 'outstanding', found '" + label + "'");
        };
    }
}
