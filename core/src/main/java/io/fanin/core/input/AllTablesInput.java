package io.fanin.core.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.names.InputNames;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.text.NamePatterns;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The input of an execution of the state machine for all tables.
 *
 * @param databases patterns; an empty list means all
 * @param tables patterns of {@code database.table}; an empty list means all
 * @param onlyEvents whether only tables whose inboxes are not empty are run
 * @param overrides fields that override those of each spec
 * @param time the reference time of all runs, if the input contains one
 * @param dryRun whether the tables are only selected
 */
public record AllTablesInput(
        NamePatterns databases,
        NamePatterns tables,
        boolean onlyEvents,
        ObjectNode overrides,
        Optional<Instant> time,
        boolean dryRun) {

    /** The overrides are repeated in the input of each table's execution. */
    private static final int MAX_OVERRIDES = 32 * 1024;

    /**
     * Of each list: the input, with the receipts of all tables, is that of the last state, which has 256 KiB for both.
     */
    private static final int MAX_PATTERNS = 24 * 1024;

    private static final Set<String> OF_THE_TABLE =
            Set.of("database", "table", "spec", InputNames.REDRIVE_OF, "time", "id", InputNames.DRY_RUN);

    /**
     * Reads an execution's input, an object with any of {@code databases}, {@code tables}, {@code only},
     * {@code overrides}, {@code time} and {@code dryRun}; a schedule's {@code id} is ignored.
     *
     * @throws SpecException with the JSON path of each error
     */
    public static AllTablesInput read(JsonNode input) {
        InputFields.requireSize(input);
        if (!(input instanceof ObjectNode object)) {
            throw SpecException.at("$", "expected an object such as {\"databases\": [\"raw_*\"]}, found " + input);
        }
        ObjectNode fields = object.deepCopy();
        fields.remove(List.of("id", ExecutionInput.STARTED_BY));
        AllTablesInput read = new AllTablesInput(
                takePatterns(fields, "databases", "raw_*"),
                takePatterns(fields, "tables", "raw_x.orders*"),
                takeOnly(fields),
                takeOverrides(fields),
                InputFields.takeTime(fields),
                InputFields.takeDryRun(fields));
        fields.fieldNames().forEachRemaining(name -> {
            throw SpecException.at(
                    "$." + name,
                    "unknown field, expected one of: databases, dryRun, id, only, overrides, tables, time");
        });
        return read;
    }

    /** Whether the run looks at all tables. */
    public boolean isUnfiltered() {
        return databases.isEmpty() && tables.isEmpty() && !onlyEvents;
    }

    private static NamePatterns takePatterns(ObjectNode fields, String field, String example) {
        JsonNode json = fields.remove(field);
        if (json == null) {
            return new NamePatterns(List.of());
        }
        if (bytes(json) > MAX_PATTERNS) {
            throw SpecException.at(
                    "$." + field, "expected " + MAX_PATTERNS + " bytes of names at most, found " + bytes(json));
        }
        List<String> patterns = new ArrayList<>();
        json.forEach(pattern -> patterns.add(pattern.textValue()));
        if (!json.isArray() || patterns.isEmpty() || patterns.contains(null)) {
            throw SpecException.at(
                    "$." + field, "expected an array of names such as [\"" + example + "\"], found " + json);
        }
        return new NamePatterns(patterns);
    }

    private static int bytes(JsonNode json) {
        return Json.text(json).getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean takeOnly(ObjectNode fields) {
        JsonNode only = fields.remove("only");
        if (only != null && !"events".equals(only.textValue())) {
            throw SpecException.at("$.only", "expected \"events\", or to be left out, found " + only);
        }
        return only != null;
    }

    private static ObjectNode takeOverrides(ObjectNode fields) {
        JsonNode json = fields.remove("overrides");
        if (json == null) {
            return Json.input().createObjectNode();
        }
        if (!(json instanceof ObjectNode overrides) || bytes(json) > MAX_OVERRIDES) {
            throw SpecException.at(
                    "$.overrides", "expected an object with fields of a spec, of " + MAX_OVERRIDES + " bytes at most");
        }
        OF_THE_TABLE.stream().filter(overrides::has).findFirst().ifPresent(field -> {
            throw SpecException.at("$.overrides." + field, "is each table's own: leave it out");
        });
        SpecReader.requireShape(overrides.deepCopy().put("database", "any").put("table", "any"), "$.overrides");
        return overrides;
    }
}
