package io.fanin.model.spec.rules;

import io.fanin.model.table.Column;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveTypeParser;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules for columns. */
final class ColumnRules {

    /**
     * Glue publishes no number, but answers no table of more than 5,242,880 bytes ("Response too large"): this number of columns may
     * have 524 bytes each.
     */
    static final int MAX_COLUMNS = 10_000;

    /** Bytes of UTF-8 in Glue's NameString. */
    private static final int MAX_NAME = 255;

    private static final int SHOWN = 100;

    private ColumnRules() {}

    /** @param path of the columns in the spec */
    static void check(String path, List<Column> columns, Problems problems) {
        if (columns.isEmpty()) {
            problems.add(path, "expected at least one column");
        } else if (columns.size() > MAX_COLUMNS) {
            problems.add(
                    path,
                    "expected at most " + MAX_COLUMNS + " columns, as Glue answers them, found " + columns.size());
        } else {
            Set<String> names = new HashSet<>();
            problems.each(path, columns, (own, column) -> {
                checkName(own + ".name", column.name(), names, problems);
                HiveTypeParser.problem(column.type())
                        .ifPresent(why -> problems.add(
                                own + ".type",
                                "expected a Hive type such as string or bigint, found '"
                                        + LogSafe.beginning(column.type(), SHOWN) + "': " + why));
            });
        }
    }

    private static void checkName(String path, String name, Set<String> names, Problems problems) {
        if (name.isBlank()) {
            problems.add(path, "is empty");
        } else if (!names.add(Problems.lower(name))) {
            problems.addTwice(path, LogSafe.beginning(name, SHOWN));
        } else if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            problems.add(path, "has more than " + MAX_NAME + " bytes, which Glue does not take");
        }
    }

    /** Of columns into which, or out of which, Parquet is made: some types are for tables that are taken as they are. */
    static void checkConvertible(String path, List<Column> columns, Problems problems) {
        problems.each(
                path,
                columns,
                (own, column) -> problems.attempt(own + ".type", () -> HiveTypeParser.parse(column.type())));
    }
}
