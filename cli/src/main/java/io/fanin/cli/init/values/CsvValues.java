package io.fanin.cli.init.values;

import io.fanin.model.table.Column;
import io.fanin.model.type.HiveType;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/** Collects properties of a CSV column's texts that determine its numeric type. */
final class CsvValues {

    private static final Pattern ZERO = Pattern.compile("[+-]?0[0-9].*");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("(?:tiny|small|big)?int|float|double|decimal\\(.*");

    private final BitSet characters = new BitSet();
    private final WholeNumbers numbers = new WholeNumbers();
    private boolean haveZero;
    private boolean havePlus;

    static boolean areNumbers(Column column) {
        return NUMBER.matcher(column.type()).matches();
    }

    /** @param text without blanks around it */
    void add(String text) {
        if (text.isEmpty()) {
            return;
        }
        text.chars().forEach(characters::set);
        haveZero |= ZERO.matcher(text).matches();
        havePlus |= text.charAt(0) == '+';
        if (WHOLE.matcher(text).matches()) {
            numbers.add(new BigInteger(text));
        } else {
            numbers.addOther();
        }
    }

    boolean have(char c) {
        return characters.get(c);
    }

    /**
     * The column with a type that keeps these values.
     *
     * @param notes receives the reason for another type
     */
    Column keptBy(Column sniffed, List<String> notes) {
        boolean isText = sniffed.type().equals(HiveType.Scalar.STRING.hive());
        if (!areNumbers(sniffed) && !(isText && numbers.areAll())) {
            return sniffed;
        }
        if (haveZero || havePlus) {
            notes.add(RawValues.column(sniffed) + " is string: values of it begin with a "
                    + (haveZero ? "zero" : "plus") + ", which a number would lose");
            return new Column(sniffed.name(), HiveType.Scalar.STRING.hive());
        }
        return sniffed.type().equals(HiveType.Scalar.DOUBLE.hive())
                ? RawValues.typed(sniffed, numbers.type().map(HiveType::hive).orElse(sniffed.type()), notes)
                : sniffed;
    }
}
