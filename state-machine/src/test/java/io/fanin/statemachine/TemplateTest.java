package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    private static final String FUNCTION = "AWS::Serverless::Function";

    private final Template template = Template.committed();
    private final JsonNode machine = template.properties("StateMachine");

    @Test
    void shortTagsAreWrittenOut() {
        assertThat(machine.at("/Name").toString()).isEqualTo("{\"Ref\":\"AWS::StackName\"}");
    }

    @Test
    void theDefinitionsSubstitutionsAreAllFilledInAndNoneMore() {
        assertThat(names(machine.get("DefinitionSubstitutions")))
                .containsExactlyInAnyOrderElementsOf(Definition.committed().substitutions());
        assertThat(names(template.properties("AllTablesStateMachine").get("DefinitionSubstitutions")))
                .containsExactlyInAnyOrderElementsOf(Definition.ofAllTables().substitutions());
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(Repository.text(Repository.ROOT.resolve("pom.xml")))
                .contains("<version>" + template.outputs().at("/Version/Value").textValue() + "</version>");
    }

    @Test
    void theDefinitionLiesWhereTheTemplateSays() {
        assertThat(Repository.ROOT.resolve(machine.get("DefinitionUri").textValue()))
                .isEqualTo(Repository.DEFINITION)
                .exists();
        assertThat(Repository.ROOT.resolve(template.properties("AllTablesStateMachine")
                        .get("DefinitionUri")
                        .textValue()))
                .isEqualTo(Repository.ALL_TABLES)
                .exists();
    }

    /** Runs expire, but the documents of tables do not. */
    @Test
    void onlyRunsExpire() {
        List<String> expiring = new ArrayList<>();
        template.properties("StateBucket").at("/LifecycleConfiguration/Rules").forEach(rule -> {
            if (rule.has("ExpirationInDays")) {
                expiring.add(rule.path("Prefix").asText());
            }
        });

        assertThat(expiring).containsExactlyInAnyOrder("runs/", "all-tables/");
    }

    @Test
    void eachFunctionHasAHandlerThatExists() {
        List<String> handlers = template.ofType(FUNCTION).values().stream()
                .map(function -> function.get("Handler").textValue())
                .toList();

        assertThat(handlers).hasSize(4).allSatisfy(handler -> {
            assertThat(handler).endsWith("::handleRequest");
            assertThat(classOf(handler.replace("::handleRequest", "")))
                    .satisfiesAnyOf(
                            type -> assertThat(type).isAssignableTo(RequestStreamHandler.class),
                            type -> assertThat(type).isAssignableTo(RequestHandler.class));
        });
    }

    @Test
    void eachFunctionIsDeployedFromItsModulesZip() {
        assertThat(template.ofType(FUNCTION).values())
                .extracting(function -> function.get("CodeUri").textValue())
                .containsExactlyInAnyOrder(
                        "detector/target/detector.zip",
                        "detector/target/detector.zip",
                        "processor/target/processor.zip",
                        "table-creator/target/table-creator.zip");
    }

    /** A deployment replaces it with a digest, by which Lambda recognises a new version. */
    @Test
    void eachFunctionNamesItselfAsItsBuild() {
        assertThat(template.ofType(FUNCTION))
                .allSatisfy((name, function) -> assertThat(
                                function.at("/Environment/Variables/BUILD").asText())
                        .isEqualTo(name));
    }

    /** Only in stacks with listeners, and for this machine's own executions, not for those that its Map starts. */
    @Test
    void theTableCreatorGetsTheEndOfEachExecution() {
        JsonNode rule = template.properties("EndedRule");

        assertThat(rule.at("/EventPattern/detail").toString())
                .isEqualTo("{\"stateMachineArn\":[{\"Ref\":\"StateMachine\"}],"
                        + "\"status\":[\"SUCCEEDED\",\"FAILED\",\"TIMED_OUT\",\"ABORTED\"]}");
        assertThat(rule.at("/Targets/0").properties())
                .as("the event as it is")
                .extracting(Map.Entry::getKey)
                .containsExactly("Id", "Arn");
        assertThat(rule.at("/Targets/0/Arn"))
                .isEqualTo(template.properties("EndedRulePermission").get("FunctionName"));
        for (String resource : List.of("EndedRule", "EndedRulePermission")) {
            assertThat(template.json()
                            .at("/Resources/" + resource + "/Condition")
                            .textValue())
                    .isEqualTo("HasListeners");
        }
    }

    @Test
    void processorIsStartedByTheScriptInItsZip() {
        String wrapper = template.properties("ProcessorFunction")
                .at("/Environment/Variables/AWS_LAMBDA_EXEC_WRAPPER")
                .textValue();

        assertThat(wrapper).startsWith("/var/task/");
        assertThat(Repository.ROOT
                        .resolve("processor/src/main/function")
                        .resolve(wrapper.substring("/var/task/".length())))
                .isExecutable();
    }

    /** Lambda takes no snapshots of functions with a larger disk. */
    @ParameterizedTest
    @CsvSource({"512, PublishedVersions, PublishedVersions", "513, PublishedVersions, None", "512, None, None"})
    void processorWithALargerDiskStartsWithoutASnapshot(String storage, String snapStart, String applied) {
        Map<String, String> parameters =
                StackParameters.leastAnd(Map.of("ProcessorStorage", storage, "SnapStart", snapStart));

        assertThat(Rendering.of(template, parameters)
                        .properties("ProcessorFunction")
                        .at("/SnapStart/ApplyOn")
                        .textValue())
                .isEqualTo(applied);
    }

    @Test
    void theProcessorHasTheLayersThatTheStackNames() {
        assertThat(template.properties("ProcessorFunction").get("Layers").toString())
                .isEqualTo("{\"Fn::If\":[\"HasProcessorLayers\",{\"Fn::Split\":[\",\",{\"Ref\":\"ProcessorLayers\"}]},"
                        + "{\"Ref\":\"AWS::NoValue\"}]}");
    }

    @Test
    void outputsAndParametersAreWhatScriptsAndDocumentsName() {
        assertThat(names(template.outputs()))
                .containsExactlyInAnyOrder(
                        "Version",
                        "StateMachineArn",
                        "AllTablesStateMachineArn",
                        "StateBucketName",
                        "DetectorFunctionName",
                        "ProcessorFunctionName",
                        "TableCreatorFunctionName",
                        "ObjectEventsFunctionName",
                        "ObjectEventsQueueArn",
                        "ObjectEventsQueueUrl",
                        "ObjectEventsDeadLetterQueueUrl");
        assertThat(template.parameters().properties())
                .filteredOn(parameter -> !parameter.getValue().has("Default"))
                .as("parameters without a default")
                .extracting(Map.Entry::getKey)
                .containsExactly("DataBuckets", "Databases");
    }

    /**
     * Objects keep the key with which they were written, and during an update of the stack the bucket may use either
     * key.
     */
    @Test
    void firstStateKeyIsTheBucketsAndFunctionsMayUseAll() {
        String keys = StackParameters.KEY + "new," + StackParameters.KEY + "old";
        Rendering stack = Rendering.of(template, StackParameters.leastAnd(Map.of("StateKey", keys)));

        assertThat(stack.properties("StateBucket").findValuesAsText("KMSMasterKeyID"))
                .containsExactly(StackParameters.KEY + "new");
        assertThat(stack.properties("StateKeyPolicy")
                        .at("/PolicyDocument/Statement/0")
                        .toString())
                .contains("kms:Decrypt", "kms:GenerateDataKey")
                .contains(StackParameters.KEY + "new\",\"" + StackParameters.KEY + "old");
    }

    @ParameterizedTest
    @CsvSource({"ScheduleExpression, ScheduleRule, EventsRule", "EventsInterval, EventsRule, ScheduleRule"})
    void scheduleExistsWhereItIsSaidWhen(String parameter, String rule, String other) {
        Rendering without = Rendering.of(template, StackParameters.LEAST);
        Rendering stack = Rendering.of(template, StackParameters.leastAnd(Map.of(parameter, "rate(1 hour)")));

        assertThat(List.of(rule, other)).noneMatch(without::has);
        assertThat(stack.has(rule)).isTrue();
        assertThat(stack.has(other)).isFalse();
        assertThat(stack.properties(rule).get("ScheduleExpression").textValue()).isEqualTo("rate(1 hour)");
        assertThat(stack.properties(rule).has("State")).as("enabled").isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ScheduleRule | {\"id\": <id>, \"time\": <time>}",
                "EventsRule   | {\"id\": <id>, \"time\": <time>, \"only\": \"events\"}",
            })
    void schedulesStartTheMachineForAllTables(String rule, String input) {
        JsonNode target = template.properties(rule).at("/Targets/0");

        assertThat(target.at("/Arn/Ref").textValue()).isEqualTo("AllTablesStateMachine");
        assertThat(target.at("/InputTransformer/InputPathsMap").toString())
                .isEqualTo("{\"id\":\"$.id\",\"time\":\"$.time\"}");
        assertThat(target.at("/InputTransformer/InputTemplate").textValue()).isEqualTo(input);
    }

    @Test
    void eventsThatCannotBeTakenInEndInTheDeadLetterQueue() {
        JsonNode queue = template.properties("ObjectEventsQueue");
        JsonNode source = template.properties("ObjectEventsSource");

        assertThat(queue.at("/RedrivePolicy/maxReceiveCount").intValue()).isEqualTo(5);
        assertThat(queue.get("VisibilityTimeout").intValue())
                .as("six times the function's timeout, and the window")
                .isGreaterThanOrEqualTo(6
                                * template.properties("ObjectEventsFunction")
                                        .get("Timeout")
                                        .intValue()
                        + source.get("MaximumBatchingWindowInSeconds").intValue());
        assertThat(source.get("FunctionResponseTypes").toString()).isEqualTo("[\"ReportBatchItemFailures\"]");
        assertThat(source.get("EventSourceArn"))
                .isEqualTo(template.properties("ObjectEventsQueuePolicy").at("/PolicyDocument/Statement/0/Resource"));
        for (String name : List.of("ObjectEventsQueue", "ObjectEventsDeadLetterQueue")) {
            assertThat(template.properties(name).get("SqsManagedSseEnabled").booleanValue())
                    .isTrue();
        }
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("no class " + name, e);
        }
    }

    private static Set<String> names(JsonNode object) {
        Iterator<String> names = object.fieldNames();
        List<String> all = new ArrayList<>();
        names.forEachRemaining(all::add);
        return Set.copyOf(all);
    }

    /** By default, Java uses a quarter of the memory; the processor needs the rest outside the heap, for DuckDB. */
    @Test
    void functionsThatHoldAllInTheHeapHaveALargeOne() {
        Map<String, JsonNode> functions = template.ofType(FUNCTION);

        assertThat(functions.keySet().stream()
                        .filter(name -> !functions
                                .get(name)
                                .at("/Environment/Variables/JAVA_TOOL_OPTIONS")
                                .toString()
                                .contains("LargeHeap")))
                .containsExactly("ProcessorFunction");
    }
}
