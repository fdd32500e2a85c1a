package io.fanin.model.table;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table's database and name in lower case, as Glue stores them. */
public record TableName(String database, String table) {

    private static final Pattern TEXT = Pattern.compile("([a-z0-9_-]{1,255})\\.([a-z0-9_-]{1,255})");

    /**
     * Reads {@code database.table}.
     *
     * @throws IllegalArgumentException if the text is not such a name
     */
    @JsonCreator
    public static TableName of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not the name of a table such as analytics.flights");
        }
        return new TableName(matcher.group(1), matcher.group(2));
    }

    /** Reads {@code database.table}; empty if the text is not such a name. */
    public static Optional<TableName> find(String text) {
        return Optional.of(text).filter(name -> TEXT.matcher(name).matches()).map(TableName::of);
    }

    @JsonValue
    @Override
    public String toString() {
        return database + "." + table;
    }
}
