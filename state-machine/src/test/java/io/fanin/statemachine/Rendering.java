package io.fanin.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The template as CloudFormation renders it with a stack's parameters, without any functions left. */
final class Rendering {

    static final String ACCOUNT = "123456789012";

    /** A bucket name as CloudFormation generates it, with the maximum length. */
    static final String STATE_BUCKET = "fanin-statebucket-" + "x".repeat(63 - "fanin-statebucket-".length());

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

    private final Template template;
    private final Map<String, String> values;

    private Rendering(Template template, Map<String, String> values) {
        this.template = template;
        this.values = values;
    }

    /** Renders the template in the partition {@code aws}. */
    static Rendering of(Template template, Map<String, String> parameters) {
        return in("aws", template, parameters);
    }

    /** @param parameters those without a default, or with another value */
    static Rendering in(String partition, Template template, Map<String, String> parameters) {
        Map<String, String> values = new HashMap<>(Map.of(
                "AWS::Partition",
                partition,
                "AWS::Region",
                "ap-southeast-1",
                "AWS::AccountId",
                ACCOUNT,
                "AWS::StackName",
                // the longest allowed name of a state machine, which is that of the stack
                "s".repeat(80),
                "StateBucket",
                STATE_BUCKET));
        template.parameters().properties().forEach(parameter -> {
            if (parameter.getValue().has("Default")) {
                values.put(
                        parameter.getKey(), parameter.getValue().get("Default").asText());
            }
        });
        values.putAll(parameters);
        return new Rendering(template, values);
    }

    JsonNode properties(String resource) {
        return rendered(template.properties(resource));
    }

    boolean has(String resource) {
        JsonNode condition = template.json().at("/Resources/" + resource + "/Condition");
        return condition.isMissingNode() || holds(condition);
    }

    /** The names of the rules whose assertions these parameters violate, with their messages. */
    Map<String, List<String>> refusals() {
        Map<String, List<String>> refusals = new TreeMap<>();
        template.json().path("Rules").properties().forEach(rule -> {
            List<String> broken = items(rule.getValue().path("Assertions"))
                    .filter(assertion -> !holds(assertion.get("Assert")))
                    .map(assertion -> assertion.path("AssertDescription").asText())
                    .toList();
            if (!broken.isEmpty() && holds(rule.getValue().get("RuleCondition"))) {
                refusals.put(rule.getKey(), broken);
            }
        });
        return refusals;
    }

    JsonNode rendered(JsonNode node) {
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> {
                JsonNode value = rendered(item);
                if (!value.isMissingNode()) {
                    list.add(value);
                }
            });
            return list;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        if (object.size() == 1) {
            Map.Entry<String, JsonNode> only = object.properties().iterator().next();
            if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
                return called(only.getKey(), only.getValue());
            }
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> {
            JsonNode value = rendered(field.getValue());
            if (!value.isMissingNode()) {
                copy.set(field.getKey(), value);
            }
        });
        return copy;
    }

    private JsonNode called(String function, JsonNode argument) {
        return switch (function) {
            case "Ref" ->
                argument.textValue().equals("AWS::NoValue")
                        ? MissingNode.getInstance()
                        : TextNode.valueOf(value(argument.textValue()));
            case "Fn::FindInMap" ->
                template.json()
                        .at("/Mappings/"
                                + items(argument).map(JsonNode::textValue).collect(Collectors.joining("/")));
            case "Fn::GetAtt" -> TextNode.valueOf(attribute(argument.textValue()));
            case "Fn::If" -> rendered(argument.get(holds(argument.get(0)) ? 1 : 2));
            case "Fn::Join" ->
                TextNode.valueOf(items(rendered(argument.get(1)))
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(argument.get(0).textValue())));
            case "Fn::Select" -> rendered(argument.get(1)).get(argument.get(0).intValue());
            case "Fn::Split" -> {
                ArrayNode parts = JsonNodeFactory.instance.arrayNode();
                Stream.of(rendered(argument.get(1))
                                .textValue()
                                .split(Pattern.quote(argument.get(0).textValue()), -1))
                        .forEach(parts::add);
                yield parts;
            }
            case "Fn::Sub" ->
                argument.isTextual()
                        ? TextNode.valueOf(substituted(argument.textValue(), MissingNode.getInstance()))
                        : TextNode.valueOf(substituted(argument.get(0).textValue(), rendered(argument.get(1))));
            default -> throw new IllegalArgumentException("no such function: " + function);
        };
    }

    private boolean holds(JsonNode condition) {
        if (condition.isTextual()) {
            return holds(template.json().at("/Conditions/" + condition.textValue()));
        }
        Map.Entry<String, JsonNode> only = condition.properties().iterator().next();
        JsonNode argument = only.getValue();
        return switch (only.getKey()) {
            case "Condition" -> holds(argument);
            case "Fn::Not" -> !holds(argument.get(0));
            case "Fn::And" -> items(argument).allMatch(this::holds);
            case "Fn::Or" -> items(argument).anyMatch(this::holds);
            case "Fn::Equals" ->
                rendered(argument.get(0))
                        .asText()
                        .equals(rendered(argument.get(1)).asText());
            default -> throw new IllegalArgumentException("no condition: " + condition);
        };
    }

    private String substituted(String text, JsonNode variables) {
        Matcher matcher = VARIABLE.matcher(text);
        return matcher.replaceAll(found -> {
            String name = found.group(1);
            String value = variables.has(name) ? variables.get(name).asText() : value(name);
            return Matcher.quoteReplacement(value);
        });
    }

    private String value(String name) {
        if (values.containsKey(name)) {
            return values.get(name);
        }
        if (template.parameters().has(name)) {
            throw new IllegalArgumentException("the parameter " + name + " has no default: say its value");
        }
        return name.contains(".") ? attribute(name) : name;
    }

    private String attribute(String name) {
        String partition = values.get("AWS::Partition");
        return name.equals("StateBucket.Arn")
                ? "arn:" + partition + ":s3:::" + STATE_BUCKET
                : "arn:" + partition + ":any:ap-southeast-1:" + ACCOUNT + ":" + name.replace(".", "/");
    }

    static Stream<JsonNode> items(JsonNode list) {
        return list.isArray() ? StreamSupport.stream(list.spliterator(), false) : List.of(list).stream();
    }
}
