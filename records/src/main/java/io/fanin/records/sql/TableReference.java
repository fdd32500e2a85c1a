package io.fanin.records.sql;

import io.fanin.model.table.TableName;
import io.fanin.records.scratch.ConversionException;
import java.util.Optional;

/**
 * A table as a query names it, in lower case, since names in Glue are and DuckDB ignores case.
 *
 * @param database absent if the query leaves it out
 */
public record TableReference(Optional<String> database, String table) {

    /** The name under which a query sees the partition that is processed. */
    public static final TableReference SOURCE = new TableReference(Optional.empty(), "source");

    static TableReference of(String database, String table) {
        return new TableReference(Optional.of(lowerCase(database)).filter(name -> !name.isEmpty()), lowerCase(table));
    }

    /**
     * A name in the form that DuckDB compares, which ignores only the case of ASCII letters. Java's lower case of
     * another character may be an ASCII letter: that of the Kelvin sign is k.
     */
    static String lowerCase(String name) {
        return name.chars()
                .map(character -> character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character)
                .collect(StringBuilder::new, (text, character) -> text.append((char) character), StringBuilder::append)
                .toString();
    }

    /**
     * The table's name in the catalog.
     *
     * @throws ConversionException {@code SqlError} if it has no database, and there is no default
     */
    public TableName in(DefaultDatabase defaultDatabase) {
        return database.map(own -> new TableName(own, table)).orElseGet(() -> defaultDatabase.nameOf(table));
    }

    @Override
    public String toString() {
        return database.map(name -> name + ".").orElse("") + table;
    }
}
