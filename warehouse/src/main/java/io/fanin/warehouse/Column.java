package io.fanin.warehouse;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One column, or partition key, of a table of the warehouse.
 *
 * @param type in Hive's notation, for example {@code bigint} or {@code array<string>}
 */
public record Column(String name, String type) {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,254}");

    /** The name of a struct's field, with the colon after it. */
    private static final Pattern FIELD = Pattern.compile("[^<>,:]+:");

    /** The separators between the names of types. */
    private static final Pattern BETWEEN = Pattern.compile("(?:[<>,\\s]++|\\([\\d,\\s]*+\\))++");

    private static final Set<String> UNWRITABLE = Set.of("binary", "uniontype");

    public Column {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not the name of a column: expected lower-case letters, digits"
                            + " and _, not beginning with a digit, 255 characters at most");
        }
        for (String part : parts(type)) {
            if (!HiveType.NAMES.contains(part)) {
                throw new IllegalArgumentException("column '" + name + "' is of type '" + type + "': Hive has no type '"
                        + part + "', expected " + String.join(", ", HiveType.NAMES));
            }
        }
        if (!HiveType.isType(type)) {
            throw new IllegalArgumentException("column '" + name + "' is of type '" + type
                    + "', which is no type of Hive: expected one such as decimal(12,2), varchar(20), array<string>,"
                    + " map<string,int> or struct<a:int,b:date>");
        }
    }

    /** The names of the type and of the types that it contains. */
    private static List<String> parts(String type) {
        return List.of(BETWEEN.split(FIELD.matcher(String.valueOf(type)).replaceAll("")));
    }

    /** Whether it is, or contains, a type that the pipeline does not write. */
    boolean isUnwritable() {
        return parts(type).stream().anyMatch(UNWRITABLE::contains);
    }

    /** A column of a type without a method of its own. */
    public static Column of(String name, String type) {
        return new Column(name, type);
    }

    public static Column string(String name) {
        return new Column(name, "string");
    }

    public static Column integer(String name) {
        return new Column(name, "int");
    }

    public static Column bigint(String name) {
        return new Column(name, "bigint");
    }

    public static Column doublePrecision(String name) {
        return new Column(name, "double");
    }

    /**
     * A decimal.
     *
     * @param precision the number of digits, 1 to 38
     * @param scale how many of them are decimal places
     * @throws IllegalArgumentException if there is no such decimal
     */
    public static Column decimal(String name, int precision, int scale) {
        if (precision < 1 || precision > HiveType.MAX_DIGITS || scale < 0 || scale > precision) {
            throw new IllegalArgumentException("column '" + name + "': expected a decimal of 1 to "
                    + HiveType.MAX_DIGITS + " digits, of which 0 to all are decimal places, found decimal(" + precision
                    + "," + scale + ")");
        }
        return new Column(name, "decimal(" + precision + "," + scale + ")");
    }

    public static Column bool(String name) {
        return new Column(name, "boolean");
    }

    public static Column date(String name) {
        return new Column(name, "date");
    }

    public static Column timestamp(String name) {
        return new Column(name, "timestamp");
    }
}
