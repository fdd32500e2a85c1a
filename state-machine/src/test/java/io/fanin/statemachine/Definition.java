package io.fanin.statemachine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The state machine's definition, whose {@code ${...}} CloudFormation fills in. */
public record Definition(String text) {

    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");
    private static final Map<String, String> NUMBERS =
            Map.of("MaxConcurrency", "4", "JobConcurrency", "2", "TableConcurrency", "3");

    public static Definition committed() {
        return new Definition(Repository.text(Repository.DEFINITION));
    }

    /** The definition of the state machine of all tables. */
    public static Definition ofAllTables() {
        return new Definition(Repository.text(Repository.ALL_TABLES));
    }

    static Stream<Definition> all() {
        return Repository.definitions().stream().map(Repository::text).map(Definition::new);
    }

    /** The names of the placeholders. */
    public Set<String> substitutions() {
        Set<String> names = new TreeSet<>();
        SUBSTITUTION.matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    /** The definition as it is deployed. */
    public String substituted(Map<String, String> values) {
        return SUBSTITUTION.matcher(text).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for " + match.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** The definition with each placeholder replaced by its own name. */
    public JsonNode json() {
        String filled = SUBSTITUTION
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(NUMBERS.getOrDefault(match.group(1), match.group(1))));
        try {
            return new ObjectMapper().readTree(filled);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text.lines().limit(2).toList(), e);
        }
    }

    /** The outer workflow. */
    public Workflow workflow() {
        return Workflow.of("state machine", json());
    }

    /** The comment of the machine. */
    @Override
    public String toString() {
        return json().path("Comment").textValue();
    }
}
