package io.fanin.model.spec.processor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** The limit of bad records above which a partition fails: a number, or a share of its records. */
public sealed interface BadRecordLimit {

    /** The valid forms in a spec, for messages. */
    String EXPECTED = "a whole number of records, or a ratio below 1 such as 0.01";

    /** One record in a hundred. */
    BadRecordLimit DEFAULT = new Ratio(new BigDecimal("0.01"));

    /** A number of records. */
    record Count(@JsonValue long records) implements BadRecordLimit {
        @Override
        public boolean allows(long bad, long all) {
            return bad <= records;
        }
    }

    /** A share of all the partition's records, above 0 and below 1. */
    record Ratio(@JsonValue BigDecimal ofAll) implements BadRecordLimit {
        @Override
        public boolean allows(long bad, long all) {
            return BigDecimal.valueOf(bad).compareTo(ofAll.multiply(BigDecimal.valueOf(all))) <= 0;
        }
    }

    /** Whether a partition may have this number of bad records among all of its records. */
    boolean allows(long bad, long all);

    /**
     * Reads a number, or text that is one.
     *
     * @throws IllegalArgumentException if the JSON is anything else
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static BadRecordLimit of(JsonNode json) {
        return read(json).orElseThrow(() -> new IllegalArgumentException("expected " + EXPECTED));
    }

    /** The limit in the JSON; empty if it does not have a valid form. */
    static Optional<BadRecordLimit> read(JsonNode json) {
        String text = json.isNumber() ? written(json) : json.asText();
        if (text.matches("[0-9]{1,18}")) {
            return Optional.of(new Count(Long.parseLong(text)));
        }
        if (!text.matches("0?\\.[0-9]{1,18}")) {
            return Optional.empty();
        }
        BigDecimal ratio = new BigDecimal(text).stripTrailingZeros();
        return Optional.of(ratio.signum() == 0 ? new Count(0) : new Ratio(ratio));
    }

    /**
     * A number without an exponent. A number outside the range of a double stays as it is and is refused as invalid.
     */
    private static String written(JsonNode number) {
        double value = number.doubleValue();
        return number.isIntegralNumber() || !Double.isFinite(value)
                ? number.asText()
                : BigDecimal.valueOf(value).toPlainString();
    }
}
