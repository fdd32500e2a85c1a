package io.fanin.core.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.json.Json;
import io.fanin.model.names.FaninNames;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.SpecException.Problem;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The table parameters in Glue for fields that a spec omits: the name is {@code fanin.} and the field's name, the value
 * that of the spec's JSON, with strings unquoted.
 */
final class SpecParameters {

    private static final List<String> FIELDS =
            List.of("timeZone", "source", "processor", "detection", "onEmpty", "onPartial", "verify", "enabled");

    private static final Set<String> TEXTS = Set.of("timeZone", "onEmpty", "onPartial");

    private SpecParameters() {}

    /**
     * The spec with its omitted fields set from the parameters.
     *
     * @throws SpecException if a parameter is invalid; the message names it
     */
    static TableSpec completed(TableSpec spec, CatalogTable table) {
        Map<String, String> parameters = table.parameters();
        if (FIELDS.stream().noneMatch(field -> parameters.containsKey(FaninNames.PREFIX + field))) {
            return spec;
        }
        ObjectNode json = Json.documents().valueToTree(spec);
        List<String> added = new ArrayList<>();
        for (String field : FIELDS) {
            String value = parameters.get(FaninNames.PREFIX + field);
            // Athena sets parameters and removes none: without a value, one says nothing.
            boolean isSaid = value != null && (TEXTS.contains(field) || !value.isBlank());
            if (isSaid && !json.has(field)) {
                json.set(field, TEXTS.contains(field) ? TextNode.valueOf(value) : parsed(field, value));
                added.add(field);
            }
        }
        return added.isEmpty() ? spec : read(json, added);
    }

    /** Whether its owner has said that no run of all tables takes the table, whether or not it is usable. */
    static boolean isDisabled(CatalogTable table) {
        return table.parameters().getOrDefault(FaninNames.ENABLED, "").strip().equals("false");
    }

    private static JsonNode parsed(String field, String value) {
        try {
            return Json.input().readTree(value);
        } catch (JsonProcessingException e) {
            throw SpecException.at(
                    "$." + field,
                    "the table's parameter " + FaninNames.PREFIX + field + " is not JSON: " + Json.problem(e),
                    e);
        }
    }

    private static TableSpec read(ObjectNode json, List<String> added) {
        try {
            return new SpecReader().read(json);
        } catch (SpecException e) {
            throw with(e, problem -> withOrigin(problem, added));
        }
    }

    private static SpecException with(SpecException e, UnaryOperator<Problem> origin) {
        return (SpecException)
                SpecException.of(e.problems().stream().map(origin).toList()).initCause(e);
    }

    /** The problems of a resolved spec, each with the parameters from which what is wrong with prefixes may come. */
    static SpecException ofPrefixes(SpecException e, TableSpec given, CatalogTable table) {
        List<String> ofKeys = table.parameters().entrySet().stream()
                .filter(parameter -> parameter.getKey().startsWith(FaninNames.KEY)
                        && !parameter.getValue().isBlank())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return with(e, problem -> withOrigin(problem, given, table, ofKeys));
    }

    private static Problem withOrigin(Problem problem, TableSpec given, CatalogTable table, List<String> ofKeys) {
        boolean isOfLayout = problem.path().equals("$.layout")
                && given.layout().isEmpty()
                && table.layout().isPresent();
        if (isOfLayout) {
            return new Problem(problem.path(), problem.message() + ", in the table's parameter " + FaninNames.LAYOUT);
        }
        return problem.path().equals("$.partitionKeys") && !ofKeys.isEmpty()
                ? new Problem(
                        problem.path(),
                        problem.message() + ", with the table's " + String.join(" and ", ofKeys)
                                + ": state what the keys have in the spec, \"time\": false for one that is no time")
                : problem;
    }

    private static Problem withOrigin(Problem problem, List<String> added) {
        return added.stream()
                .filter(field -> problem.path().matches("\\$\\." + field + "\\b.*"))
                .findFirst()
                .map(field -> new Problem(
                        problem.path(), problem.message() + ", in the table's parameter " + FaninNames.PREFIX + field))
                .orElse(problem);
    }
}
