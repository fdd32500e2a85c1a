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
     * Glue publishes no maximum number, but returns no table of more than 5,242,880 bytes ("Response too large"): with
     * this number of columns, each can have 524 bytes.
     */
    static final int MAX_COLUMNS = 10_000;

    /** The limit of Glue's NameString, in bytes of UTF-8. */
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
                problems.requireSingleLine(own + ".type", column.type());
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
        } else {
            problems.requireSingleLine(path, name);
        }
    }

    /**
     * Checks columns that a processor reads or writes as Parquet: some types are only for tables whose data stays as it
     * is.
     */
    static void checkConvertible(String path, List<Column> columns, Problems problems) {
        problems.each(
                path,
                columns,
                (own, column) -> problems.attempt(own + ".type", () -> HiveTypeParser.parse(column.type())));
    }
}
