package io.fanin.records.raw;

import io.fanin.model.table.CsvOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The texts for null in CSV. */
final class NullTexts {

    private final boolean known;
    private final boolean emptyIsNull;
    private final byte[] text;
    private final byte[][] further;

    NullTexts(CsvOptions options, CsvReading reading) {
        boolean byPlace = reading == CsvReading.BY_PLACE;
        this.known = !byPlace || options.readersNull().isPresent();
        this.emptyIsNull = !byPlace && options.nullText().isEmpty();
        this.text = options.nullText().orElse(CsvOptions.HIVE_NULL).getBytes(StandardCharsets.UTF_8);
        this.further = options.raw().nullTexts().stream()
                .map(one -> one.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /** The first byte of the only text; 0 if that is empty. */
    byte begin() {
        return text.length == 0 ? 0 : text[0];
    }

    /** Whether there is more than one text. */
    boolean areSeveral() {
        return further.length > 0;
    }

    /**
     * Whether a field without quotes is null. An empty field is also null if no text is set, or its column holds no
     * text.
     */
    boolean holds(byte[] bytes, int from, int to, boolean ofText) {
        return known
                && ((from == to && (emptyIsNull || !ofText))
                        || isText(bytes, from, to)
                        || (further.length > 0 && isFurther(bytes, from, to)));
    }

    /** Whether these bytes are the text. */
    boolean isText(byte[] bytes, int from, int to) {
        return to - from == text.length && Arrays.equals(bytes, from, to, text, 0, text.length);
    }

    private boolean isFurther(byte[] bytes, int from, int to) {
        for (byte[] one : further) {
            if (Arrays.equals(bytes, from, to, one, 0, one.length)) {
                return true;
            }
        }
        return false;
    }
}
