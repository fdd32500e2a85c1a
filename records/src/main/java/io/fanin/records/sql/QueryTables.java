package io.fanin.records.sql;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.text.LogSafe;
import io.fanin.records.scratch.ConversionException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the tables that a parsed statement names, and refuses any other access. Only relations and table functions
 * listed here are allowed.
 */
final class QueryTables {

    private static final String BASE_TABLE = "BASE_TABLE";
    private static final String TABLE_FUNCTION = "TABLE_FUNCTION";
    private static final String PARAMETER = "PARAMETER";

    private static final Set<String> RELATIONS =
            Set.of("EMPTY", BASE_TABLE, "JOIN", "SUBQUERY", TABLE_FUNCTION, "EXPRESSION_LIST", "PIVOT");

    /**
     * The parts of a common table expression that do not see its name: the initial part of a recursive one, or all of
     * another.
     */
    private static final Set<String> BEFORE_ITSELF = Set.of("left", "query");

    private static final Set<String> NODES =
            Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");

    /** Table functions that depend only on their arguments. */
    private static final List<String> TABLE_FUNCTIONS =
            List.of("range", "generate_series", "unnest", "json_each", "json_tree");

    /**
     * Functions that inspect, change or block the database, DuckDB's macros included; {@code json_serialize_plan} binds
     * the statement in its argument, which is not checked here.
     */
    private static final Set<String> REFUSED_FUNCTIONS = Set.of(
            "current_setting",
            "getvariable",
            "getenv",
            "nextval",
            "currval",
            "write_log",
            "sleep_ms",
            "pg_sleep",
            "pg_get_viewdef",
            "pg_get_constraintdef",
            "get_block_size",
            "json_serialize_plan");

    /** The database's own schemas and catalogs: such a name before a table is ambiguous. */
    private static final Set<String> OWN_SCHEMAS =
            Set.of("main", "temp", "system", "memory", "pg_catalog", "information_schema");

    private final UserText text;
    private final Function<String, ConversionException> refusal;
    private final Set<TableReference> found = new LinkedHashSet<>();

    private QueryTables(UserText text, Function<String, ConversionException> refusal) {
        this.text = text;
        this.refusal = refusal;
    }

    /**
     * The tables of a statement.
     *
     * @param refusal the exception for a forbidden part, given its place and the reason
     */
    static Set<TableReference> of(JsonNode statement, UserText text, Function<String, ConversionException> refusal) {
        QueryTables tables = new QueryTables(text, refusal);
        tables.look(statement, Set.of());
        return Set.copyOf(tables.found);
    }

    /** @param named the common table expressions that can be seen here, in lower case */
    private void look(JsonNode json, Set<String> named) {
        if (json.isArray()) {
            json.forEach(one -> look(one, named));
        } else if (json.isObject()) {
            lookAt(json, named);
        }
    }

    private void lookAt(JsonNode json, Set<String> named) {
        if (json.has("class")) {
            checkExpression(json);
        } else if (json.has("query_location")) {
            checkRelation(json, named);
        }
        Set<String> inside = json.has("cte_map") ? withExpressions(json, named) : named;
        Set<String> within = json.has("cte_name") ? with(json.path("cte_name"), inside) : inside;
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!field.getKey().equals("cte_map")) {
                look(field.getValue(), BEFORE_ITSELF.contains(field.getKey()) ? inside : within);
            }
        }
    }

    private static Set<String> with(JsonNode name, Set<String> named) {
        Set<String> all = new HashSet<>(named);
        all.add(lower(name));
        return all;
    }

    /**
     * Adds the names of common table expressions. Each sees those before it; the second part of a recursive one also
     * sees itself.
     */
    private Set<String> withExpressions(JsonNode node, Set<String> named) {
        if (!NODES.contains(type(node))) {
            throw refused(node, "a query of the kind " + type(node) + " is not supported");
        }
        Set<String> seen = new HashSet<>(named);
        for (JsonNode entry : node.path("cte_map").path("map")) {
            look(entry.path("value"), Set.copyOf(seen));
            seen.add(lower(entry.path("key")));
        }
        return seen;
    }

    private void checkExpression(JsonNode expression) {
        if (expression.path("class").asText().equals(PARAMETER)) {
            throw refused(expression, "parameters have no value here");
        }
        String function = lower(expression.path("function_name"));
        if (REFUSED_FUNCTIONS.contains(function)) {
            throw refused(expression, "the function " + function + " is not for a query");
        }
    }

    private void checkRelation(JsonNode relation, Set<String> named) {
        switch (type(relation)) {
            case BASE_TABLE -> checkTable(relation, named);
            case TABLE_FUNCTION -> {
                String function = lower(relation.path("function").path("function_name"));
                if (!TABLE_FUNCTIONS.contains(function)) {
                    throw refused(
                            relation,
                            "the table function " + LogSafe.beginning(function, 100)
                                    + " is not for a query: expected one of " + String.join(", ", TABLE_FUNCTIONS));
                }
            }
            default -> {
                if (!RELATIONS.contains(type(relation))) {
                    throw refused(relation, "a relation of the kind " + type(relation) + " is not for a query");
                }
            }
        }
    }

    private void checkTable(JsonNode relation, Set<String> named) {
        TableReference table = TableReference.of(
                relation.path("schema_name").asText(),
                relation.path("table_name").asText());
        if (!relation.path("catalog_name").asText().isEmpty()
                || table.database().filter(OWN_SCHEMAS::contains).isPresent()) {
            throw refused(relation, "expected a table as 'database.table' or 'table', with a database of the catalog");
        }
        if (table.database().isPresent() || !named.contains(table.table())) {
            found.add(table);
        }
    }

    private ConversionException refused(JsonNode place, String why) {
        return refusal.apply(text.where(place) + why);
    }

    private static String type(JsonNode json) {
        return json.path("type").asText();
    }

    private static String lower(JsonNode name) {
        return TableReference.lowerCase(name.asText());
    }
}
