package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The JSONPaths and payload templates of the Amazon States Language, limited to paths of member names. */
public final class Paths {

    private static final String CONTEXT = "$$.";
    private static final String INPUT = "$.";
    private static final String EVALUATED = ".$";

    private Paths() {}

    /** The value at a path of the input, or of the context object. */
    static JsonNode read(String path, JsonNode input, JsonNode context) {
        if (path.equals("$")) {
            return input;
        }
        if (path.startsWith(CONTEXT)) {
            return member(path, path.substring(CONTEXT.length()), context);
        }
        if (path.startsWith(INPUT)) {
            return member(path, path.substring(INPUT.length()), input);
        }
        throw new IllegalArgumentException("not understood: " + path);
    }

    /** Whether there is a value at a path. */
    static boolean isPresent(String path, JsonNode input, JsonNode context) {
        try {
            return !read(path, input, context).isMissingNode();
        } catch (StateError e) {
            return false;
        }
    }

    /** Whether a text matches a pattern of {@code StringMatches}, in which an asterisk stands for any characters. */
    public static boolean matches(String pattern, String text) {
        return text.matches(
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** The template with every {@code name.$} evaluated. */
    public static JsonNode fill(JsonNode template, JsonNode input, JsonNode context) {
        if (template instanceof ObjectNode object) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> {
                String name = field.getKey();
                if (name.endsWith(EVALUATED)) {
                    filled.set(
                            name.substring(0, name.length() - EVALUATED.length()),
                            read(field.getValue().textValue(), input, context));
                } else {
                    filled.set(name, fill(field.getValue(), input, context));
                }
            });
            return filled;
        }
        if (template instanceof ArrayNode array) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            array.forEach(one -> filled.add(fill(one, input, context)));
            return filled;
        }
        return template;
    }

    /** The input with a result inserted at the path, or replaced by it. */
    static JsonNode put(String path, JsonNode input, JsonNode result) {
        if (path.equals("$")) {
            return result;
        }
        if (!path.startsWith(INPUT)) {
            throw new IllegalArgumentException("not understood: " + path);
        }
        String names = path.substring(INPUT.length());
        int last = names.lastIndexOf('.');
        ObjectNode filled = ((ObjectNode) input).deepCopy();
        JsonNode parent = last < 0 ? filled : member(path, names.substring(0, last), filled);
        ((ObjectNode) parent).set(names.substring(last + 1), result);
        return filled;
    }

    private static JsonNode member(String path, String names, JsonNode root) {
        JsonNode node = root;
        for (String name : names.split("\\.", -1)) {
            if (!name.matches("[A-Za-z]+")) {
                throw new IllegalArgumentException("not understood: " + path);
            }
            node = node.path(name);
        }
        if (node.isMissingNode()) {
            throw new StateError("States.Runtime", "The JSONPath '" + path + "' could not be found in the input");
        }
        return node;
    }
}
