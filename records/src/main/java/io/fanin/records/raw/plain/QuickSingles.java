package io.fanin.records.raw.plain;

import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.records.duckdb.ColumnBuffer;

/**
 * Reads single values of all types but texts, without quotes: see {@link QuickValues} for the answers. A switch over patterns would cost
 * more than reading does where the JVM has no more than its first compiler, as functions do.
 */
public final class QuickSingles {

    private final QuickTimes times;

    /** @param utc whether a timestamp without an offset is in UTC; else it is not read */
    public QuickSingles(boolean utc) {
        times = new QuickTimes(utc);
    }

    public int read(HiveType type, byte[] bytes, int at, ColumnBuffer column, int row) {
        if (!(type instanceof Scalar scalar)) {
            return type instanceof Decimal decimal
                    ? QuickNumbers.decimal(decimal, bytes, at, column, row)
                    : QuickValues.OTHER;
        }
        return switch (scalar) {
            case STRING -> QuickValues.OTHER;
            case INT -> QuickValues.whole(bytes, at, Integer.MIN_VALUE, Integer.MAX_VALUE, column, row);
            case BIGINT -> QuickValues.whole(bytes, at, Long.MIN_VALUE, Long.MAX_VALUE, column, row);
            case SMALLINT -> QuickValues.whole(bytes, at, Short.MIN_VALUE, Short.MAX_VALUE, column, row);
            case TINYINT -> QuickValues.whole(bytes, at, Byte.MIN_VALUE, Byte.MAX_VALUE, column, row);
            case DOUBLE, FLOAT -> QuickNumbers.floating(scalar, bytes, at, column, row);
            case BOOLEAN -> QuickValues.truth(bytes, at, column, row);
            case DATE -> times.date(bytes, at, column, row);
            case TIMESTAMP -> times.timestamp(bytes, at, column, row);
        };
    }
}
