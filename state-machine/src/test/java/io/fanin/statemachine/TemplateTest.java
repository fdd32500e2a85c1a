package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.ValueSource;

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
    }

    @Test
    void theDefinitionLiesWhereTheTemplateSays() {
        assertThat(Repository.ROOT.resolve(machine.get("DefinitionUri").textValue()))
                .isEqualTo(Repository.DEFINITION)
                .exists();
    }

    @Test
    void eachFunctionHasAHandlerThatExists() {
        List<String> handlers = template.ofType(FUNCTION).values().stream()
                .map(function -> function.get("Handler").textValue())
                .toList();

        assertThat(handlers).hasSize(3).allSatisfy(handler -> {
            assertThat(handler).endsWith("::handleRequest");
            assertThat(classOf(handler.replace("::handleRequest", ""))).isAssignableTo(RequestStreamHandler.class);
        });
    }

    @Test
    void eachFunctionIsDeployedFromItsModulesZip() {
        assertThat(template.ofType(FUNCTION).values())
                .extracting(function -> function.get("CodeUri").textValue())
                .containsExactlyInAnyOrder(
                        "detector/target/detector.zip",
                        "processor/target/processor.zip",
                        "table-creator/target/table-creator.zip");
    }

    @Test
    void noPolicyAllowsActionsByWildcard() {
        List<String> allowed = new ArrayList<>();
        template.json().findParents("Effect").forEach(statement -> {
            if (statement.get("Effect").textValue().equals("Allow")) {
                allowed.addAll(actions(statement));
            }
        });

        assertThat(allowed).hasSizeGreaterThan(20).noneMatch(action -> action.contains("*"));
    }

    /** Glue's batches and S3's objects are the table-creator's; the data itself is not. */
    @Test
    void theTableCreatorCannotReadData() {
        assertThat(template.properties("TableCreatorFunction").get("Policies").toString())
                .doesNotContain("ReadDataPolicy", "DataBuckets");
    }

    @Test
    void theProcessorOnlyReadsTheCatalog() {
        assertThat(template.properties("ProcessorFunction")
                        .get("Policies")
                        .toString()
                        .replace("glue:GetTable", "")
                        .replace("glue:GetPartitions", "")
                        .replace("glue:GetJob", ""))
                .doesNotContain("glue:G", "glue:B", "glue:C", "glue:U", "glue:D");
    }

    /** Of this stack's machine alone, and by a name: the machine's ARN would make a circle, it names the functions. */
    @ParameterizedTest
    @ValueSource(strings = {"DetectorFunction", "TableCreatorFunction"})
    void whoTakesTheLeaseMayAskWhetherItsHolderRuns(String function) {
        JsonNode ask = statement(template.properties(function), "AskWhetherHolderRuns");

        assertThat(actions(ask)).containsExactly("states:DescribeExecution");
        assertThat(ask.get("Resource").toString())
                .endsWith(":execution:${AWS::StackName}:*\"}")
                .doesNotContain("StateMachine");
    }

    @Test
    void theRoleRedrivesTheMapRunsOfTheLabels() {
        List<String> labels = Definition.committed().json().findValuesAsText("Label");

        assertThat(labels).hasSize(2);
        assertThat(statement("RedriveMapRuns").get("Resource"))
                .extracting(resource -> resource.path("Fn::Sub").textValue().replaceFirst(".*:execution:", ""))
                .containsExactlyElementsOf(labels.stream()
                        .map(label -> "${AWS::StackName}/" + label + ":*")
                        .toList());
        assertThat(statement("WatchMapRuns").get("Resource").toString())
                .contains(labels.stream()
                        .map(label -> ":execution:${AWS::StackName}/" + label + ":*\"}")
                        .toList());
        assertThat(statement("StartMapRuns").get("Resource").toString()).endsWith(":stateMachine:${AWS::StackName}\"}");
    }

    @Test
    void theMachineRunsTheJobsThatTheStackNamesAndNoOthers() {
        JsonNode conditional = machine.get("Policies").findValues("Fn::If").stream()
                .filter(choice -> choice.get(0).textValue().equals("HasGlueJobs"))
                .findFirst()
                .orElseThrow();
        JsonNode jobs = statement("RunGlueJobs");

        assertThat(conditional.at("/1/Statement").toString()).isEqualTo("[" + jobs + "]");
        assertThat(conditional.get(2).toString()).isEqualTo("{\"Ref\":\"AWS::NoValue\"}");
        assertThat(actions(jobs))
                .as("what startJobRun.sync asks for")
                .containsExactly("glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun");
        assertThat(jobs.get("Resource").toString()).contains("arn:aws:glue:*:*:job/", "{\"Ref\":\"GlueJobs\"}");
        assertThat(template.json().toString()).containsOnlyOnce("glue:StartJobRun");
    }

    @Test
    void theProcessorLooksUpTheJobsThatTheStackNames() {
        JsonNode lookUp = statement(template.properties("ProcessorFunction"), "LookUpGlueJobs");

        assertThat(actions(lookUp)).containsExactly("glue:GetJob");
        assertThat(lookUp.get("Resource")).isEqualTo(statement("RunGlueJobs").get("Resource"));
    }

    @Test
    void theProcessorLeavesTheWorkListsOfJobsInTheRunFolder() {
        assertThat(statement(template.properties("ProcessorFunction"), "WriteWorkOfJobs")
                        .get("Resource")
                        .toString())
                .endsWith("/runs/*/jobs/*\"}");
    }

    /** A run takes messages when it detects; only what has registered their partitions, or has nothing to, deletes them. */
    @Test
    void theProcessorKnowsNoQueueAndTheTableCreatorTakesNoMessages() {
        assertThat(actions(conditional("DetectorFunction", "TakeMessages", "Queues")))
                .containsExactly("sqs:ReceiveMessage", "sqs:ChangeMessageVisibility", "sqs:DeleteMessage");
        assertThat(actions(conditional("TableCreatorFunction", "DeleteMessages", "Queues")))
                .containsExactly("sqs:DeleteMessage");
        assertThat(template.properties("ProcessorFunction").toString()).doesNotContain("sqs:");
    }

    @Test
    void whoTakesMessagesMayDecryptThem() {
        assertThat(actions(conditional("DetectorFunction", "DecryptMessages", "KmsKeys")))
                .containsExactly("kms:Decrypt");
    }

    /** Writing asks S3 for a key of its own for each object; an upload in parts decrypts its parts when it is completed. */
    @Test
    void whoReadsDataMayDecryptItAndOnlyWhoWritesMayEncryptIt() {
        assertThat(actions(conditional("DetectorFunction", "DecryptData", "DataKeys")))
                .containsExactly("kms:Decrypt");
        assertThat(actions(conditional("ProcessorFunction", "DecryptAndEncryptData", "DataKeys")))
                .containsExactly("kms:Decrypt", "kms:GenerateDataKey");
        assertThat(template.properties("TableCreatorFunction").toString()).doesNotContain("kms:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Queues", "KmsKeys", "DataKeys", "GlueJobs", "ProcessorLayers"})
    void nothingIsGrantedWhereTheListIsEmpty(String parameter) {
        assertThat(template.json().at("/Conditions/Has" + parameter).toString())
                .isEqualTo("{\"Fn::Not\":[{\"Fn::Equals\":[{\"Ref\":\"" + parameter + "\"},\"\"]}]}");
        assertThat(template.parameters().at("/" + parameter + "/Default").textValue())
                .isEmpty();
    }

    /** A grant that names an alias grants nothing. */
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
        for (String parameter : List.of("KmsKeys", "DataKeys")) {
            String pattern = template.parameters()
                    .at("/" + parameter + "/AllowedPattern")
                    .textValue();

            assertThat(keys.matches(pattern)).as(parameter).isEqualTo(allowed);
        }
    }

    /** With listeners alone, and of this machine's own executions, not of those that its Map starts. */
    @Test
    void theTableCreatorIsToldOfEachExecutionThatHasEnded() {
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

    @ParameterizedTest
    @CsvSource({"SendEvents, HasEventBus, events:PutEvents", "NotifyPeople, HasNotificationTopic, sns:Publish"})
    void theTableCreatorMayTellWhomTheStackNames(String sid, String condition, String action) {
        JsonNode function = template.properties("TableCreatorFunction");

        assertThat(actions(statement(function, sid))).containsExactly(action);
        assertThat(function.get("Policies").findValues("Fn::If").stream()
                        .filter(choice -> choice.get(0).textValue().equals(condition))
                        .map(choice -> choice.at("/1/Statement/0/Sid").textValue()))
                .containsExactly(sid);
    }

    /** A version's description has 256 characters, and holds what the parameters give the function. */
    @Test
    void theLongestNamesOfListenersFitIntoAVersionsDescription() {
        JsonNode parameters = template.parameters();
        int others = "java25 x86_64   ".length();

        assertThat(others
                        + parameters.at("/EventBus/MaxLength").intValue()
                        + parameters.at("/NotificationTopic/MaxLength").intValue())
                .isLessThanOrEqualTo(256);
        assertThat(template.properties("TableCreatorFunction")
                        .at("/VersionDescription")
                        .toString())
                .contains("${EventBus} ${NotificationTopic}");
    }

    /** A layer that is replaced makes a version, as a version's description has it: 256 characters at most. */
    @Test
    void theProcessorHasTheLayersThatTheStackNames() {
        JsonNode processor = template.properties("ProcessorFunction");

        assertThat(processor.get("Layers").toString())
                .isEqualTo("{\"Fn::If\":[\"HasProcessorLayers\",{\"Fn::Split\":[\",\",{\"Ref\":\"ProcessorLayers\"}]},"
                        + "{\"Ref\":\"AWS::NoValue\"}]}");
        assertThat(processor.at("/VersionDescription").toString()).contains("${ProcessorLayers}");
        assertThat("java25 x86_64 10240 MB 10240 MB 900 s ".length()
                        + template.parameters().at("/ProcessorLayers/MaxLength").intValue())
                .isLessThanOrEqualTo(256);
    }

    @Test
    void processorsOfLayersNameTheirObjectsAsTheyLike() {
        JsonNode processor = template.properties("ProcessorFunction");
        JsonNode write = statement(processor, "WriteCustomData");

        assertThat(processor.get("Policies").toString())
                .contains("[\"HasProcessorLayers\",{\"Version\":\"2012-10-17\",\"Statement\":[" + write + "]},"
                        + "{\"Ref\":\"AWS::NoValue\"}]");
        assertThat(actions(write)).containsExactly("s3:PutObject", "s3:DeleteObject");
        assertThat(write.get("Resource").toString()).contains("arn:aws:s3:::${Buckets}/*\"");
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
        assertThat(layers.matches(template.parameters()
                        .at("/ProcessorLayers/AllowedPattern")
                        .textValue()))
                .isEqualTo(allowed);
    }

    @Test
    void outputsAndParametersAreWhatScriptsAndDocumentsName() {
        assertThat(names(template.outputs()))
                .containsExactlyInAnyOrder(
                        "StateMachineArn",
                        "StateBucketName",
                        "DetectorFunctionName",
                        "ProcessorFunctionName",
                        "TableCreatorFunctionName");
        assertThat(template.parameters().properties())
                .filteredOn(parameter -> !parameter.getValue().has("Default"))
                .as("parameters without a default")
                .extracting(Map.Entry::getKey)
                .containsExactly("DataBuckets");
    }

    @Test
    void theSpecsUriGoesIntoTheScheduledInputBesideIdAndTime() {
        JsonNode transformer = template.properties("ScheduleRule").at("/Targets/0/InputTransformer");

        assertThat(transformer.get("InputPathsMap").toString()).isEqualTo("{\"id\":\"$.id\",\"time\":\"$.time\"}");
        assertThat(transformer.at("/InputTemplate/Fn::Sub").textValue())
                .isEqualTo("{\"id\": <id>, \"time\": <time>, \"spec\": \"${TableSpec}\"}");
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("no class " + name, e);
        }
    }

    /** The only statement of a function about what a parameter lists; where that is empty, it is left out. */
    private JsonNode conditional(String function, String sid, String parameter) {
        JsonNode conditional = template.properties(function).get("Policies").findValues("Fn::If").stream()
                .filter(choice -> choice.get(0).textValue().equals("Has" + parameter))
                .findFirst()
                .orElseThrow();
        assertThat(conditional.get(2).toString()).isEqualTo("{\"Ref\":\"AWS::NoValue\"}");
        JsonNode statement = statement(template.properties(function), sid);
        assertThat(conditional.at("/1/Statement").toString()).isEqualTo("[" + statement + "]");
        assertThat(statement.get("Resource").toString())
                .isEqualTo("{\"Fn::Split\":[\",\",{\"Ref\":\"" + parameter + "\"}]}");
        return statement;
    }

    private JsonNode statement(String sid) {
        return statement(machine, sid);
    }

    private static JsonNode statement(JsonNode resource, String sid) {
        return resource.get("Policies").findParents("Sid").stream()
                .filter(statement -> statement.get("Sid").textValue().equals(sid))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> actions(JsonNode statement) {
        JsonNode action = statement.get("Action");
        List<String> actions = new ArrayList<>();
        if (action.isTextual()) {
            actions.add(action.textValue());
        }
        action.forEach(one -> actions.add(one.textValue()));
        return actions;
    }

    private static Set<String> names(JsonNode object) {
        Iterator<String> names = object.fieldNames();
        List<String> all = new ArrayList<>();
        names.forEachRemaining(all::add);
        return Set.copyOf(all);
    }
}
