package io.fanin.model.type;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The type of a column, in Hive's terms, as far as data can be converted into it or checked against it. */
public sealed interface HiveType {

    /** The type in Hive's notation. */
    String hive();

    default boolean isText() {
        return this == Scalar.STRING || this instanceof Characters;
    }

    /** The type of a single value. */
    sealed interface Single extends HiveType {}

    /** The type of values that contain other values. */
    sealed interface Nested extends HiveType {}

    /** A single value without parameters. */
    enum Scalar implements Single {
        STRING,
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INT,
        BIGINT,
        FLOAT,
        DOUBLE,
        DATE,
        TIMESTAMP;

        @Override
        public String hive() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An exact number.
     *
     * @param precision digits in all, 1 to 38
     * @param scale digits after the point, 0 to the precision
     */
    record Decimal(int precision, int scale) implements Single {

        static final int MAX_PRECISION = 38;

        /** The number of digits that always fit into a long. */
        public static final int DIGITS_OF_LONG = 18;

        public Decimal {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException(
                        "decimal(%d,%d): expected 1 to %d digits, and no more after the point"
                                .formatted(precision, scale, MAX_PRECISION));
            }
        }

        @Override
        public String hive() {
            return "decimal(%d,%d)".formatted(precision, scale);
        }
    }

    /**
     * Text of limited length, {@code varchar} or {@code char}.
     *
     * @param most characters, as Unicode code points, which Hive counts
     * @param padded whether trailing blanks are ignored, as in a {@code char}
     */
    record Characters(int most, boolean padded) implements Single {

        @Override
        public String hive() {
            return (padded ? "char(" : "varchar(") + most + ")";
        }

        /** Whether the length of a text in UTF-8 is within the limit. */
        public boolean holds(byte[] utf8, int from, int to) {
            if (to - from <= most) {
                return true;
            }
            int end = to;
            while (padded && end > from && utf8[end - 1] == ' ') {
                end--;
            }
            int count = 0;
            for (int i = from; i < end; i++) {
                count += (utf8[i] & 0xC0) == 0x80 ? 0 : 1;
            }
            return count <= most;
        }
    }

    record ListOf(HiveType element) implements Nested {

        @Override
        public String hive() {
            return "array<" + element.hive() + ">";
        }
    }

    /** A map, whose keys are single values. */
    record MapOf(Single key, HiveType value) implements Nested {

        @Override
        public String hive() {
            return "map<" + key.hive() + "," + value.hive() + ">";
        }
    }

    /** A struct with named fields; {@code names} finds them ignoring case. */
    record Struct(List<Field> fields, FieldNames names) implements Nested {

        public Struct(List<Field> fields) {
            this(
                    List.copyOf(fields),
                    new FieldNames(fields.stream().map(Field::name).toList()));
        }

        @Override
        public String hive() {
            return fields.stream()
                    .map(field -> field.name() + ":" + field.type().hive())
                    .collect(Collectors.joining(",", "struct<", ">"));
        }
    }

    record Field(String name, HiveType type) {}
}
