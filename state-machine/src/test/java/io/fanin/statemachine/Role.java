package io.fanin.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The permissions of the role of a function or of the state machine, as IAM evaluates them.
 *
 * @param inline the role's own policies
 * @param managed its shared policies, by name
 */
record Role(String resource, Rendering rendering, List<JsonNode> inline, Map<String, JsonNode> managed) {

    static final List<String> RESOURCES = List.of(
            "DetectorFunction",
            "ProcessorFunction",
            "TableCreatorFunction",
            "ObjectEventsFunction",
            "StateMachine",
            "AllTablesStateMachine");

    private static final Template TEMPLATE = Template.committed();
    private static final Rendering MOST = Rendering.of(TEMPLATE, StackParameters.MOST);

    /** The role in a stack with all optional parameters. */
    static Role role(String resource) {
        return of(resource, MOST);
    }

    /** The role in a stack with no more than these parameters. */
    static Role role(String resource, Map<String, String> parameters) {
        return of(resource, Rendering.of(TEMPLATE, StackParameters.leastAnd(parameters)));
    }

    static Role of(String resource, Rendering rendering) {
        JsonNode policies = rendering.properties(resource).get("Policies");
        return new Role(
                resource,
                rendering,
                Rendering.items(policies).filter(JsonNode::isObject).toList(),
                Rendering.items(policies)
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .collect(Collectors.toMap(
                                name -> name, name -> rendering.properties(name).get("PolicyDocument"))));
    }

    Stream<JsonNode> statements() {
        return Stream.concat(inline.stream(), managed.values().stream())
                .flatMap(document -> Rendering.items(document.get("Statement")));
    }

    Optional<JsonNode> statement(String sid) {
        return statements()
                .filter(statement -> sid.equals(statement.get("Sid").textValue()))
                .findFirst();
    }

    List<String> actions(String sid) {
        return statement(sid).map(Role::actions).orElse(List.of());
    }

    /**
     * Whether the role's policies allow an action, and the state bucket's policy does not deny it. Conditions on the
     * bucket's account are considered satisfied.
     */
    boolean may(String action, String arn) {
        return statements().anyMatch(statement -> matches(statement, action, arn))
                && Rendering.items(rendering.properties("StateBucketPolicy").at("/PolicyDocument/Statement"))
                        .filter(this::isMeant)
                        .noneMatch(statement -> matches(statement, action, arn));
    }

    /**
     * Whether a Deny applies to the role. All of them are in the state bucket's policy: those that name its role apply,
     * and the one about plain HTTP does not.
     */
    private boolean isMeant(JsonNode deny) {
        return Rendering.items(deny.at("/Condition/ArnEquals/aws:PrincipalArn"))
                .anyMatch(arn -> arn.asText().endsWith(":" + resource + "Role/Arn"));
    }

    private static boolean matches(JsonNode statement, String action, String arn) {
        if (!actions(statement).contains(action)) {
            return false;
        }
        return statement.has("NotResource")
                ? arn.contains(":" + Rendering.STATE_BUCKET) && !names(statement.get("NotResource"), arn)
                : names(statement.get("Resource"), arn);
    }

    private static boolean names(JsonNode resources, String arn) {
        return Rendering.items(resources)
                .anyMatch(resource -> Pattern.matches(
                        Stream.of(resource.textValue().split("(?<=[*?])|(?=[*?])"))
                                .map(part -> switch (part) {
                                    case "*" -> ".*";
                                    case "?" -> ".";
                                    default -> Pattern.quote(part);
                                })
                                .collect(Collectors.joining()),
                        arn));
    }

    static List<String> actions(JsonNode statement) {
        return Rendering.items(statement.get("Action")).map(JsonNode::textValue).toList();
    }
}
