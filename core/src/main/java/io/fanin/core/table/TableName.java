package io.fanin.core.table;

/** A table's database and name, as Glue knows them: in lower case. */
public record TableName(String database, String table) {

    @Override
    public String toString() {
        return database + "." + table;
    }
}
