package io.fanin.records.tables;

import io.fanin.core.table.Column;
import io.fanin.core.table.TableName;
import io.fanin.core.text.LogSafe;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.sql.SqlFailure;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Columns that queries do not see, because their types cannot be read. */
public final class UnreadableColumns {

    private static final int NAME = 100;

    private final Map<String, String> descriptions = new LinkedHashMap<>();

    void add(TableName table, Column column) {
        descriptions.putIfAbsent(
                column.name().toLowerCase(Locale.ROOT),
                "column '%s' of table %s is %s, which no query can read: leave it out of the query"
                        .formatted(
                                LogSafe.beginning(column.name(), NAME), table, LogSafe.beginning(column.type(), NAME)));
    }

    /**
     * The error for a query that fails because it names one of them; empty if it does not.
     *
     * @param where in the user's text, and a colon; or nothing
     */
    public Optional<ConversionException> namedBy(String where, DuckDbException e) {
        String message = SqlFailure.withoutName(e).toLowerCase(Locale.ROOT);
        return descriptions.entrySet().stream()
                .filter(column -> message.startsWith("binder error") && message.contains('"' + column.getKey() + '"'))
                .findFirst()
                .map(column -> new ConversionException("UnsupportedType", where + column.getValue(), e));
    }
}
