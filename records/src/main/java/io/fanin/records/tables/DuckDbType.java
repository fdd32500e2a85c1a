package io.fanin.records.tables;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.records.duckdb.DuckDbRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type of the database.
 *
 * @param shown as it is printed
 * @param name in capitals, such as {@code BIGINT}, {@code DECIMAL}, {@code LIST}, {@code STRUCT}
 * @param scale of a decimal: its digits after the point
 * @param fields of a struct by their names; the element of a list, and the key and the value of a map
 */
public record DuckDbType(String shown, String name, int scale, List<Field> fields) {

    public static final String LIST = "LIST";
    public static final String STRUCT = "STRUCT";
    public static final String MAP = "MAP";

    /** SQL that parses the name of a type; null for types without parameters. */
    private static final String PARSED = "CASE WHEN regexp_matches(column_type, '[])]$')"
            + " THEN json_serialize_sql('SELECT CAST(NULL AS ' || column_type || ')') END";

    /**
     * The beginning of a query for the types of a SELECT's columns, which {@link #of(DuckDbRow)} reads; the SELECT and
     * a bracket follow it.
     */
    public static final String DESCRIBE = "SELECT column_name, column_type, " + PARSED + " FROM (DESCRIBE ";

    private static final String CAST_TYPE = "/statements/0/node/select_list/0/cast_type";

    /** Quoted names and texts, whose doubled quotes separate matches, and timestamps in the place of a type. */
    private static final Pattern QUOTED_OR_MOMENT =
            Pattern.compile("\"[^\"]*+\"|'[^']*+'|\\bTIMESTAMP\\w*+(?: WITH TIME ZONE)?(?=[,)\\[])");

    public DuckDbType {
        fields = List.copyOf(fields);
    }

    /** A field of a struct, or a part of a list or map. */
    public record Field(String name, DuckDbType type) {}

    /** The type of a field by its place. */
    public DuckDbType part(int index) {
        return fields.get(index).type();
    }

    /** The printed type with strings for nested timestamps; empty if there are none. */
    static Optional<String> withoutMoments(CharSequence shown) {
        String text = QUOTED_OR_MOMENT
                .matcher(shown)
                .replaceAll(
                        found -> found.group().startsWith("T") ? "VARCHAR" : Matcher.quoteReplacement(found.group()));
        return text.contentEquals(shown) ? Optional.empty() : Optional.of(text);
    }

    /** Reads the type of a column from its row of {@link #DESCRIBE}. */
    public static DuckDbType of(DuckDbRow column) {
        String shown = column.text(2).orElse("");
        return column.text(3)
                .map(tree -> of(
                        shown,
                        Json.read(tree, JsonNode.class, "the type " + shown).at(CAST_TYPE)))
                .orElseGet(() -> new DuckDbType(shown, shown, 0, List.of()));
    }

    private static DuckDbType of(String shown, JsonNode type) {
        JsonNode info = type.path("type_info");
        String id = type.path("id").asText(shown);
        return switch (id) {
            case LIST, "ARRAY" -> new DuckDbType(shown, LIST, 0, List.of(field("", info.path("child_type"))));
            case STRUCT -> new DuckDbType(shown, STRUCT, 0, fields(info));
            case MAP ->
                new DuckDbType(shown, MAP, 0, fields(info.path("child_type").path("type_info")));
            default ->
                new DuckDbType(
                        shown, info.path("name").asText(id), info.path("scale").asInt(), List.of());
        };
    }

    private static List<Field> fields(JsonNode info) {
        List<Field> fields = new ArrayList<>();
        info.path("child_types")
                .forEach(child -> fields.add(field(child.path("first").asText(), child.path("second"))));
        return fields;
    }

    private static Field field(String name, JsonNode type) {
        return new Field(name, of(type.path("id").asText(), type));
    }
}
