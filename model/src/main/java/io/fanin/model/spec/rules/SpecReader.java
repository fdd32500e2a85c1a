package io.fanin.model.spec.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.WaiverRequest;
import java.util.Objects;
import java.util.Optional;

/** Reads a table spec strictly: anything invalid is refused with its JSON path and the expected value. */
public final class SpecReader {

    /** The schema with which editors check a spec; it is not part of the table's definition. */
    private static final String SCHEMA = "$schema";

    /**
     * The spec in the JSON.
     *
     * @throws SpecException if it is invalid
     */
    public TableSpec read(JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            throw SpecException.at(
                    "$",
                    "expected a JSON object such as {\"database\": \"analytics\", \"table\": \"flights\"}, found "
                            + SpecShape.found(Objects.requireNonNullElse(json, MissingNode.getInstance())));
        }
        Problems problems = new Problems();
        JsonNode schema = object.path(SCHEMA);
        if (!schema.isMissingNode() && !schema.isTextual()) {
            problems.add("$." + SCHEMA, "expected a string, found " + SpecShape.found(schema));
        }
        ObjectNode fields = object.deepCopy().without(SCHEMA);
        TableSpec spec = read(fields, TableSpec.class, problems);
        SpecRules.check(spec, problems);
        problems.refuse();
        return spec;
    }

    /**
     * Checks the types of a spec's fields, as far as possible without the rest of it.
     *
     * @param path of the fields in the spec
     * @throws SpecException if they are invalid
     */
    public static void requireShape(JsonNode fields, String path) {
        Problems problems = new Problems();
        SpecShape.check(fields, TableSpec.class, problems);
        try {
            problems.refuse();
        } catch (SpecException e) {
            throw SpecException.of(e.problems().stream()
                    .map(problem ->
                            new SpecException.Problem(path + problem.path().substring(1), problem.message()))
                    .toList());
        }
    }

    /**
     * The change of waivers in the JSON.
     *
     * @throws SpecException if it is invalid
     */
    public static WaiverRequest readWaivers(ObjectNode json) {
        Problems problems = new Problems();
        WaiverRequest request = read(json, WaiverRequest.class, problems);
        WaiverRules.check(request, problems);
        problems.refuse();
        return request;
    }

    /**
     * Checks the layout and the detection of a resolved spec against its keys: one may come from the spec and the other
     * from the catalog.
     */
    public static void checkResolved(TableSpec spec) {
        Problems problems = new Problems();
        SpecRules.checkResolved(spec, problems);
        problems.refuse();
    }

    private static <T extends Record> T read(JsonNode json, Class<T> type, Problems problems) {
        SpecShape.check(json, type, problems);
        problems.refuse();
        return bind(json, type);
    }

    private static <T> T bind(JsonNode json, Class<T> type) {
        try {
            return Json.input().treeToValue(json, type);
        } catch (JsonMappingException e) {
            throw SpecException.at(jsonPath(e), refusal(e), e);
        } catch (JsonProcessingException e) {
            throw new SpecException("The table spec cannot be read: " + Json.problem(e), e);
        }
    }

    private static String refusal(JsonMappingException e) {
        return Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse(e.getOriginalMessage());
    }

    private static String jsonPath(JsonMappingException e) {
        StringBuilder path = new StringBuilder("$");
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append('.').append(step.getFieldName());
            }
        }
        return path.toString();
    }
}
