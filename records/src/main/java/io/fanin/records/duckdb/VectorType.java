package io.fanin.records.duckdb;

/** The type of a column's values in a {@link Chunk}. */
public sealed interface VectorType {

    /** Bytes of a value. */
    int width();

    /** A type without parameters. */
    enum Plain implements VectorType {
        BOOLEAN(1),
        TINYINT(1),
        SMALLINT(2),
        INTEGER(4),
        BIGINT(8),
        FLOAT(4),
        DOUBLE(8),
        /** Days since 1970-01-01. */
        DATE(4),
        /** Microseconds since 1970-01-01 in UTC. */
        TIMESTAMP(8),
        VARCHAR(16);

        private final int width;

        Plain(int width) {
            this.width = width;
        }

        @Override
        public int width() {
            return width;
        }
    }

    /**
     * A decimal, held as its unscaled value in the smallest integer type that DuckDB has for the precision.
     *
     * @param precision digits in all, 1 to 38
     * @param scale digits after the point
     */
    record Decimal(int precision, int scale) implements VectorType {

        private static final int DIGITS_OF_SHORT = 4;
        private static final int DIGITS_OF_INT = 9;
        private static final int DIGITS_OF_LONG = 18;

        @Override
        public int width() {
            if (precision > DIGITS_OF_LONG) {
                return 2 * Long.BYTES;
            }
            if (precision > DIGITS_OF_INT) {
                return Long.BYTES;
            }
            return precision > DIGITS_OF_SHORT ? Integer.BYTES : Short.BYTES;
        }
    }
}
