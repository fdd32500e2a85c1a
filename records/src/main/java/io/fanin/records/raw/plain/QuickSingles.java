package io.fanin.records.raw.plain;

import io.fanin.core.type.HiveType.Decimal;
import io.fanin.core.type.HiveType.Scalar;
import io.fanin.core.type.HiveType.Single;
import io.fanin.records.duckdb.ColumnBuffer;

/** Reads values of all types but texts, without quotes: see {@link QuickValues} for the answers. */
public final class QuickSingles {

    private final QuickTimes times;

    /** @param utc whether a timestamp without an offset is in UTC; else it is not read */
    public QuickSingles(boolean utc) {
        times = new QuickTimes(utc);
    }

    public int read(Single type, byte[] bytes, int at, ColumnBuffer column, int row) {
        return switch (type) {
            case Scalar scalar ->
                switch (scalar) {
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
            case Decimal decimal -> QuickNumbers.decimal(decimal, bytes, at, column, row);
        };
    }
}
