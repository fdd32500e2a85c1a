package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The allowed values of the stack's parameters. The longest still fit where the template inserts them. */
class ParameterTest {

    private static final int INLINE_POLICIES = 10_240;
    private static final int MANAGED_POLICY = 6_144;
    private static final int VERSION_DESCRIPTION = 256;

    /** The shortest value of each list: many short elements make a policy longest, because of the text around each. */
    private static final Map<String, String> SHORTEST = Map.ofEntries(
            Map.entry("DataBuckets", "abc"),
            Map.entry("TargetBuckets", "abc"),
            Map.entry("SpecBuckets", "abc"),
            Map.entry("DataAccounts", "123456789012"),
            Map.entry("Databases", "a"),
            Map.entry("SpecsLocation", "s3://abc/"),
            Map.entry("RawDatabases", "a"),
            Map.entry("DataKeys", "arn:a:kms:a:123456789012:key/a"),
            Map.entry("StateKey", "arn:a:kms:a:123456789012:key/a"),
            Map.entry("EventBus", "a"),
            Map.entry("NotificationTopic", "arn:a:sns:a:123456789012:a"),
            Map.entry("GlueJobs", "a"),
            Map.entry("ProcessorLayers", "arn:a:lambda:a:123456789012:layer:a:1"));

    private static final Set<String> SINGLE = Set.of("SpecsLocation", "EventBus", "NotificationTopic");

    static final List<String> FUNCTIONS =
            List.of("DetectorFunction", "ProcessorFunction", "TableCreatorFunction", "ObjectEventsFunction");

    static final List<String> ROLES = Role.RESOURCES;

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z]+)}");

    private final Template template = Template.committed();

    /** A stack with the longest allowed value of every parameter. */
    private Rendering longest() {
        Map<String, String> values = new HashMap<>();
        template.parameters().properties().forEach(parameter -> {
            String name = parameter.getKey();
            JsonNode declared = parameter.getValue();
            if (SHORTEST.containsKey(name)) {
                String value = filled(name, declared.path("MaxLength").intValue());
                assertThat(value)
                        .as(name)
                        .matches(declared.get("AllowedPattern").textValue());
                values.put(name, value);
            } else if (declared.has("AllowedValues")) {
                declared.get("AllowedValues")
                        .forEach(allowed -> values.merge(name, allowed.asText(), ParameterTest::longer));
            } else if (declared.has("MaxValue")) {
                values.put(name, declared.get("MaxValue").asText());
            }
        });
        return Rendering.in("aws-us-gov", template, values);
    }

    private static String filled(String name, int length) {
        String one = SHORTEST.get(name);
        StringBuilder all = new StringBuilder(one);
        while (!SINGLE.contains(name) && all.length() + 1 + one.length() <= length) {
            all.append(',').append(one);
        }
        String more = one.substring(one.length() - 1).repeat(length - all.length());
        return all + (name.equals("DataAccounts") ? "" : more);
    }

    private static String longer(String a, String b) {
        return a.length() < b.length() ? b : a;
    }

    @ParameterizedTest
    @FieldSource("ROLES")
    void policiesOfTheLongestListsFit(String resource) {
        Role role = Role.of(resource, longest());
        int inline = role.inline().stream().mapToInt(ParameterTest::length).sum();

        assertThat(inline).as("inline policies").isLessThanOrEqualTo(INLINE_POLICIES);
        assertThat(role.managed().entrySet())
                .allSatisfy(policy -> assertThat(length(policy.getValue()))
                        .as(policy.getKey())
                        .isLessThanOrEqualTo(MANAGED_POLICY));
    }

    /** IAM does not count white space. */
    private static int length(JsonNode document) {
        return document.toString().length();
    }

    @Test
    void everyTextThatPoliciesNameIsBoundedAndSaysSo() {
        Set<String> named = parameters(Role.RESOURCES.stream()
                .map(resource -> template.properties(resource).get("Policies"))
                .toList());
        named.addAll(parameters(
                List.copyOf(template.ofType("AWS::IAM::ManagedPolicy").values())));

        named.removeIf(name -> template.parameters().get(name).has("AllowedValues"));
        assertThat(named).isSubsetOf(SHORTEST.keySet()).allSatisfy(name -> {
            JsonNode declared = template.parameters().get(name);
            assertThat(declared.path("MaxLength").intValue()).as(name).isPositive();
            assertThat(declared.path("ConstraintDescription").asText()).as(name).startsWith("must be");
        });
    }

    /** A function whose configuration changes without a new version continues unchanged behind its alias. */
    @ParameterizedTest
    @FieldSource("FUNCTIONS")
    void whatReachesAFunctionMakesANewVersion(String function) {
        ObjectNode properties =
                (ObjectNode) template.json().at("/Globals/Function").deepCopy();
        JsonNode ofAll = properties.at("/Environment/Variables");
        properties.setAll((ObjectNode) template.properties(function));
        // The role's permissions and the reserved concurrency are not properties of the version.
        JsonNode description = properties.get("VersionDescription");
        properties.remove(
                List.of("Policies", "PermissionsBoundary", "ReservedConcurrentExecutions", "VersionDescription"));

        assertThat(parameters(List.of(description))).isEqualTo(parameters(List.of(properties, ofAll)));
    }

    @ParameterizedTest
    @FieldSource("FUNCTIONS")
    void longestDescriptionOfAVersionFits(String function) {
        assertThat(longest().properties(function).get("VersionDescription").textValue())
                .hasSizeLessThanOrEqualTo(VERSION_DESCRIPTION);
    }

    /** The parameters that the nodes refer to, directly or in a condition. */
    private Set<String> parameters(List<JsonNode> nodes) {
        Set<String> names = new TreeSet<>();
        nodes.forEach(node -> collect(node, names));
        names.retainAll(Set.copyOf(template.parameters().properties().stream()
                .map(Map.Entry::getKey)
                .toList()));
        return names;
    }

    private void collect(JsonNode node, Set<String> names) {
        if (node.isTextual()) {
            VARIABLE.matcher(node.textValue()).results().forEach(found -> names.add(found.group(1)));
        }
        node.properties().forEach(field -> {
            switch (field.getKey()) {
                case "Ref" -> names.add(field.getValue().textValue());
                case "Fn::If" ->
                    collect(
                            template.json()
                                    .at("/Conditions/" + field.getValue().get(0).textValue()),
                            names);
                case "Condition" ->
                    collect(template.json().at("/Conditions/" + field.getValue().asText("")), names);
                default -> {}
            }
        });
        node.forEach(child -> collect(child, names));
    }

    @Test
    void roomIsReservedForWhatAWideMapCouldStarve() {
        String function = "TableCreatorFunction";
        Map<String, String> reserved = StackParameters.leastAnd(Map.of("TableCreatorConcurrency", "5"));

        assertThat(Rendering.of(template, reserved)
                        .properties(function)
                        .path("ReservedConcurrentExecutions")
                        .asText())
                .isEqualTo("5");
        assertThat(Rendering.of(template, StackParameters.LEAST)
                        .properties(function)
                        .has("ReservedConcurrentExecutions"))
                .isFalse();
    }

    /**
     * With a wildcard in another place, IAM would match keys in other buckets: {@code lake*prod/*} matches
     * {@code lakes/a/prod/b}.
     */
    @ParameterizedTest
    @CsvSource({
        "landing, true",
        "'landing,raw-*', true",
        "my.lake-1, true",
        "lake*, true",
        "*-lake-*, false",
        "lake*prod, false",
        "'landing,raw-*-eu', false",
        "la*, false",
        "'', false",
        "*, false",
        "**, false",
        "*-*, false",
        "'landing,*', false",
        "a*b*c, false",
        "'landing, raw', false",
        "Landing, false"
    })
    void wildcardsEndTheNamesOfBuckets(String buckets, boolean allowed) {
        assertAllowed("DataBuckets", buckets, allowed);
        assertAllowed("TargetBuckets", buckets, allowed || buckets.isEmpty());
        assertAllowed("SpecBuckets", buckets, allowed || buckets.isEmpty());
    }

    /** A grant on an alias has no effect. */
    @ParameterizedTest
    @CsvSource({
        "'', true",
        "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab, true",
        "'arn:aws:kms:eu-west-1:123456789012:key/a-1,arn:aws-cn:kms:cn-north-1:123456789012:key/mrk-2', true",
        "'arn:aws:kms:eu-west-1:123456789012:key/a-1, arn:aws:kms:eu-west-1:123456789012:key/b-2', false",
        "arn:aws:kms:eu-west-1:123456789012:alias/landed, false",
        "1234abcd-12ab-34cd-56ef-1234567890ab, false",
        "*, false"
    })
    void keysAreNamedByTheirArns(String keys, boolean allowed) {
        assertAllowed("DataKeys", keys, allowed);
        assertAllowed("StateKey", keys, allowed);
    }

    @ParameterizedTest
    @CsvSource({"'', true", "123456789012, true", "'123456789012,111111111111', true", "12345, false", "*, false"})
    void accountsAreNamedByTheirIds(String accounts, boolean allowed) {
        assertAllowed("DataAccounts", accounts, allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "arn:aws:lambda:eu-west-1:123456789012:layer:pairs:1, true",
        "'arn:aws:lambda:eu-west-1:123456789012:layer:pairs:1,arn:aws:lambda:eu-west-1:123456789012:layer:b_2:12', true",
        "'arn:aws:lambda:eu-west-1:123456789012:layer:pairs:1, arn:aws:lambda:eu-west-1:123456789012:layer:b:1', false",
        "arn:aws:lambda:eu-west-1:123456789012:layer:pairs, false",
        "pairs, false"
    })
    void layersAreNamedWithTheirVersions(String layers, boolean allowed) {
        assertAllowed("ProcessorLayers", layers, allowed);
    }

    /** EventBridge's pattern for the key of a connection excludes the colon. */
    @ParameterizedTest
    @CsvSource({"'', true", "eyJhbGciOi.J9-_~=, true", "a b, false", "user:key, false", "schlüssel, false"})
    void lineageKeyIsOneThatAConnectionTakes(String key, boolean allowed) {
        assertAllowed("OpenLineageKey", key, allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "rate(1 hour), true",
        "rate(15 minutes), true",
        "cron(5 * * * ? *), true",
        "'cron(0 6,18 ? * MON-FRI *)', true",
        "hourly, false",
        "rate(1 minute), true",
        "rate(10 days), true",
        "cron(0/15 8-17 ? * MON-FRI *), true",
        "rate(0 minutes), false",
        "rate(1 minutes), false",
        "rate(5 minute), false",
        "cron(5 * * * * *), false",
        "rate(15min), false",
        "rate(30 seconds), false",
        "cron(5 * * * *), false",
        "5 * * * ? *, false",
        "'\"rate(1 hour)\"', false"
    })
    void schedulesHaveTheFormOfEventBridge(String expression, boolean allowed) {
        assertAllowed("ScheduleExpression", expression, allowed);
        assertAllowed("EventsInterval", expression, allowed);
    }

    private void assertAllowed(String parameter, String value, boolean allowed) {
        assertThat(value.matches(template.parameters()
                        .at("/" + parameter + "/AllowedPattern")
                        .textValue()))
                .as(parameter)
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TargetBuckets",
                "SpecBuckets",
                "DataAccounts",
                "SpecsLocation",
                "RawDatabases",
                "DataKeys",
                "StateKey",
                "GlueJobs",
                "ProcessorLayers"
            })
    void nothingIsGrantedUnlessItIsAskedFor(String parameter) {
        assertThat(template.parameters().at("/" + parameter + "/Default").textValue())
                .isEmpty();
    }
}
