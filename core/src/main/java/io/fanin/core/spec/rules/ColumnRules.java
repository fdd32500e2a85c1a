package io.fanin.core.spec.rules;

import io.fanin.core.spec.SpecException.Problem;
import io.fanin.core.table.Column;
import io.fanin.core.text.LogSafe;
import io.fanin.core.type.HiveTypeParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What columns may not be, by themselves. */
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
    static List<Problem> problems(String path, List<Column> columns) {
        if (columns.isEmpty()) {
            return List.of(new Problem(path, "expected at least one column"));
        }
        if (columns.size() > MAX_COLUMNS) {
            return List.of(new Problem(
                    path,
                    "expected at most " + MAX_COLUMNS + " columns, as Glue answers them, found " + columns.size()));
        }
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            String own = path + "[" + i + "]";
            checkName(own + ".name", columns.get(i).name(), names, problems);
            String type = columns.get(i).type();
            HiveTypeParser.problem(type)
                    .ifPresent(why -> problems.add(new Problem(
                            own + ".type",
                            "expected a Hive type such as string or bigint, found '" + LogSafe.beginning(type, SHOWN)
                                    + "': " + why)));
        }
        return problems;
    }

    private static void checkName(String path, String name, Set<String> names, List<Problem> problems) {
        if (name.isBlank()) {
            problems.add(new Problem(path, "is empty"));
        } else if (!names.add(name.toLowerCase(Locale.ROOT))) {
            problems.add(new Problem(path, "'" + LogSafe.beginning(name, SHOWN) + "' is there twice"));
        } else if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            problems.add(new Problem(path, "has more than " + MAX_NAME + " bytes, which Glue does not take"));
        }
    }

    /** Of columns into which, or out of which, Parquet is made: some types are for tables that are taken as they are. */
    static List<Problem> unconvertible(String path, List<Column> columns) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            try {
                HiveTypeParser.parse(columns.get(i).type());
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(path + "[" + i + "].type", e.getMessage()));
            }
        }
        return problems;
    }
}
