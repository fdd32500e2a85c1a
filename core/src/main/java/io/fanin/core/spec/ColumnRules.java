package io.fanin.core.spec;

import io.fanin.core.spec.SpecException.Problem;
import io.fanin.core.table.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What columns may not be, by themselves. */
final class ColumnRules {

    private static final Pattern TYPE = Pattern.compile(
            "boolean|tinyint|smallint|int|integer|bigint|float|double|string|binary|date|timestamp"
                    + "|decimal(\\(\\d+(, ?\\d+)?\\))?|(var)?char\\(\\d+\\)|(array|map|struct|uniontype)<.+>",
            Pattern.CASE_INSENSITIVE);

    private ColumnRules() {}

    /** @param path of the columns in the spec */
    static List<Problem> problems(String path, List<Column> columns) {
        List<Problem> problems = new ArrayList<>();
        if (columns.isEmpty()) {
            problems.add(new Problem(path, "expected at least one column"));
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String own = path + "[" + i + "]";
            if (column.name().isBlank()) {
                problems.add(new Problem(own + ".name", "is empty"));
            } else if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                problems.add(new Problem(own + ".name", "'" + column.name() + "' is there twice"));
            }
            if (!TYPE.matcher(column.type()).matches()) {
                problems.add(new Problem(
                        own + ".type", "expected a Hive type such as string or bigint, found '" + column.type() + "'"));
            }
        }
        return problems;
    }
}
