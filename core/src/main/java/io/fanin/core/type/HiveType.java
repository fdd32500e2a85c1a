package io.fanin.core.type;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The type of a column that data can be converted into, in Hive's terms. */
public sealed interface HiveType {

    /** The same in Hive's notation. */
    String hive();

    /** The type of a single value. */
    sealed interface Single extends HiveType {}

    /** The type of values with values in them. */
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

        /** Digits that surely fit a long. */
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

    /** Named fields; {@code names} finds them by their names in any case. */
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
