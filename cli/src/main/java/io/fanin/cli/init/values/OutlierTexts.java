package io.fanin.cli.init.values;

import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds columns that are strings only because of few values: in the table, nobody would find these to be bad. */
final class OutlierTexts {

    /** The part of a column's values from which on the others are outliers. */
    private static final double MOST = 0.9;

    private enum Kind {
        NUMBER("numbers", Pattern.compile("[-+]?\\d{1,38}(\\.\\d+)?([eE][-+]?\\d{1,3})?")),
        TIME("dates or times", Pattern.compile("\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d.*)?"));

        private final String plural;
        private final Pattern pattern;

        Kind(String plural, Pattern pattern) {
            this.plural = plural;
            this.pattern = pattern;
        }
    }

    /** The values of a column that are of a kind, and the first that is not. */
    private static final class Count {

        private long of;
        private String other = "";
    }

    private final long[] values;
    private final List<Map<Kind, Count>> counts;

    OutlierTexts(int columns) {
        this.values = new long[columns];
        this.counts = IntStream.range(0, columns).mapToObj(i -> noCounts()).toList();
    }

    private static Map<Kind, Count> noCounts() {
        Map<Kind, Count> counts = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            counts.put(kind, new Count());
        }
        return counts;
    }

    /** @param text without blanks around it */
    void add(String text, int column) {
        if (text.isEmpty() || text.equals(CsvOptions.HIVE_NULL)) {
            return;
        }
        values[column]++;
        for (Kind kind : Kind.values()) {
            Count count = counts.get(column).get(kind);
            if (kind.pattern.matcher(text).matches()) {
                count.of++;
            } else if (count.other.isEmpty()) {
                count.other = text;
            }
        }
    }

    /**
     * Adds what was found of columns that are strings.
     *
     * @param columns with their types, in the order of the numbers that were added
     */
    void addTo(List<String> notes, List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).type().equals(HiveType.Scalar.STRING.hive())) {
                for (Kind kind : Kind.values()) {
                    add(kind, i, columns.get(i), notes);
                }
            }
        }
    }

    private void add(Kind kind, int i, Column column, List<String> notes) {
        Count count = counts.get(i).get(kind);
        if (count.of < values[i] && count.of >= MOST * values[i]) {
            notes.add(
                    "%s is string, though %d of the %d values that were read are %s: with such a type, others, such as '%s', would be bad records"
                            .formatted(
                                    RawValues.column(column),
                                    count.of,
                                    values[i],
                                    kind.plural,
                                    LogSafe.name(count.other)));
        }
    }
}
