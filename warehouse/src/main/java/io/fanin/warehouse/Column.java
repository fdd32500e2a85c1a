package io.fanin.warehouse;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One column, or partition key, of a table of the warehouse.
 *
 * @param type in Hive's notation, for example {@code bigint} or {@code array<string>}
 */
public record Column(String name, String type) {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,254}");

    private static final List<String> TYPES = List.of(
            "string",
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "float",
            "double",
            "decimal",
            "boolean",
            "date",
            "timestamp",
            "varchar",
            "char",
            "binary",
            "array",
            "map",
            "struct",
            "uniontype");

    private static final Pattern UNWRITABLE = Pattern.compile("\\b(binary|uniontype)\\b");

    public Column {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not the name of a column: expected lower-case letters, digits"
                            + " and _, not beginning with a digit, 255 characters at most");
        }
        if (type == null || !TYPES.contains(type.split("[<(]", 2)[0])) {
            throw new IllegalArgumentException("column '" + name + "' is of type '" + type
                    + "', which Hive has not: expected one of " + String.join(", ", TYPES));
        }
    }

    /** Whether it is, or contains, a type that the pipeline does not write. */
    boolean isUnwritable() {
        return UNWRITABLE.matcher(type).find();
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

    public static Column decimal(String name, int precision, int scale) {
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
