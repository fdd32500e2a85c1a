package io.fanin.records.tables;

import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.ListOf;
import io.fanin.model.type.HiveType.MapOf;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Struct;
import java.util.Set;

/**
 * Decides whether a cast between two types keeps each value or fails: it never rounds, truncates or guesses. Numbers
 * out of range fail in the cast itself.
 */
public final class Widening {

    private static final Set<String> BYTES = Set.of("TINYINT", "UTINYINT");
    private static final Set<String> SHORTS = Set.of("SMALLINT", "USMALLINT");
    private static final Set<String> INTS = Set.of("INTEGER", "UINTEGER");
    private static final Set<String> LONGS = Set.of("BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT", "BIGNUM");
    private static final Set<String> TEXTS = Set.of("VARCHAR", "JSON", "ENUM");
    private static final Set<String> MOMENTS =
            Set.of("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP WITH TIME ZONE", "DATE");

    private Widening() {}

    public static boolean isLossless(DuckDbType from, HiveType to) {
        return switch (to) {
            case Scalar scalar -> isLossless(from, scalar);
            case Characters text -> TEXTS.contains(from.name());
            case Decimal decimal -> isWholeNumber(from) || scale(from, decimal.scale());
            case ListOf list -> from.name().equals(DuckDbType.LIST) && isLossless(from.part(0), list.element());
            case MapOf map ->
                from.name().equals(DuckDbType.MAP)
                        && isLossless(from.part(0), map.key())
                        && isLossless(from.part(1), map.value());
            case Struct struct -> isLossless(from, struct);
        };
    }

    private static boolean isLossless(DuckDbType from, Scalar to) {
        String name = from.name();
        boolean isShort = BYTES.contains(name) || SHORTS.contains(name);
        return switch (to) {
            case STRING -> TEXTS.contains(name);
            case BOOLEAN -> name.equals("BOOLEAN");
            case TINYINT, SMALLINT, INT, BIGINT -> isWholeNumber(from) || scale(from, 0);
            case FLOAT -> name.equals("FLOAT") || isShort;
            case DOUBLE -> name.equals("DOUBLE") || name.equals("FLOAT") || isShort || INTS.contains(name);
            case DATE -> name.equals("DATE");
            case TIMESTAMP -> MOMENTS.contains(name);
        };
    }

    private static boolean isLossless(DuckDbType from, Struct to) {
        return from.name().equals(DuckDbType.STRUCT)
                && from.fields().size() == to.fields().size()
                && to.fields().stream()
                        .allMatch(field -> from.fields().stream()
                                .anyMatch(one -> one.name().equalsIgnoreCase(field.name())
                                        && isLossless(one.type(), field.type())));
    }

    private static boolean isWholeNumber(DuckDbType type) {
        String name = type.name();
        return BYTES.contains(name) || SHORTS.contains(name) || INTS.contains(name) || LONGS.contains(name);
    }

    private static boolean scale(DuckDbType type, int most) {
        return type.name().equals("DECIMAL") && type.scale() <= most;
    }
}
