package io.fanin.fakes;

import static io.fanin.fakes.GlueRequest.alreadyExists;
import static io.fanin.fakes.GlueRequest.entityNotFound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The databases and their tables, by name. Glue folds names to lower case. */
final class FakeGlueCatalog {

    record Database(ObjectNode input, long created, NavigableMap<String, GlueTable> tables) {
        ObjectNode describe() {
            return input.deepCopy().put("CatalogId", FakeGlue.CATALOG).put("CreateTime", created);
        }
    }

    private final NavigableMap<String, Database> databases = new TreeMap<>();

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    NavigableMap<String, Database> databases() {
        return databases;
    }

    Database database(String name) {
        return Optional.ofNullable(databases.get(folded(name)))
                .orElseThrow(() -> entityNotFound("Database " + name + " not found."));
    }

    Optional<GlueTable> find(String database, String table) {
        return Optional.ofNullable(databases.get(folded(database)))
                .map(Database::tables)
                .map(tables -> tables.get(folded(table)));
    }

    GlueTable table(String database, String table) {
        return Optional.ofNullable(database(database).tables().get(folded(table)))
                .orElseThrow(() -> entityNotFound("Table " + table + " not found."));
    }

    void add(String name, ObjectNode input, long now) {
        Database database = new Database(input.put("Name", folded(name)), now, new TreeMap<>());
        if (databases.putIfAbsent(folded(name), database) != null) {
            throw alreadyExists("Database already exists.");
        }
    }

    void add(String database, String name, GlueTable table) {
        if (database(database).tables().putIfAbsent(folded(name), table) != null) {
            throw alreadyExists("Table already exists.");
        }
    }

    void remove(String database, String name) {
        table(database, name);
        database(database).tables().remove(folded(name));
    }
}
