package io.fanin.statemachine;

import static io.fanin.statemachine.Role.role;
import static io.fanin.statemachine.StackParameters.MOST;
import static io.fanin.statemachine.StackParameters.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The other permissions of the functions and the state machine, given a stack's parameters. */
class PolicyTest {

    static final List<String> ROLES = Role.RESOURCES;

    private final Template template = Template.committed();

    @ParameterizedTest
    @FieldSource("ROLES")
    void noPolicyAllowsActionsByWildcard(String resource) {
        assertThat(role(resource).statements().toList()).isNotEmpty().allSatisfy(statement -> {
            assertThat(statement.get("Effect").textValue()).isEqualTo("Allow");
            assertThat(Role.actions(statement)).noneMatch(action -> action.contains("*"));
        });
    }

    /**
     * IAM refuses the ARN of another partition. Where a delimiter of Fn::Join contains the ARN, only a wildcard is
     * possible.
     */
    @ParameterizedTest
    @ValueSource(strings = {"aws", "aws-us-gov", "aws-cn"})
    void policiesNameThePartitionTheyAreDeployedIn(String partition) {
        Map<String, String> there = new HashMap<>();
        MOST.forEach((name, value) -> there.put(name, value.replace("arn:aws:", "arn:" + partition + ":")));
        Rendering rendering = Rendering.in(partition, template, there);

        assertThat(Role.RESOURCES.stream()
                        .flatMap(resource -> Role.of(resource, rendering).statements())
                        .flatMap(statement -> Rendering.items(statement.get("Resource")))
                        .map(JsonNode::textValue)
                        .filter(arn -> !arn.equals("*")))
                .hasSizeGreaterThan(40)
                .allMatch(arn -> arn.startsWith("arn:" + partition + ":")
                        || arn.matches("arn:\\*:(s3:::[a-z].*|glue:\\*:\\*:(database|table|job)/.+)"));
        assertThat(Repository.text(Repository.TEMPLATE)).doesNotContain("arn:aws");
    }

    @Test
    void onlyTheObjectEventsFunctionTakesMessages() {
        assertThat(role("ObjectEventsFunction").actions("TakeMessages"))
                .containsExactly("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");
        assertThat(Role.RESOURCES)
                .filteredOn(resource -> role(resource).inline().toString().contains("sqs:"))
                .containsExactly("ObjectEventsFunction");
    }

    @Test
    void onlyTheStacksAccountsFillTheQueue() {
        List<JsonNode> allowed = Rendering.items(Rendering.of(template, MOST)
                        .properties("ObjectEventsQueuePolicy")
                        .at("/PolicyDocument/Statement"))
                .filter(statement -> statement.get("Effect").textValue().equals("Allow"))
                .toList();

        assertThat(allowed)
                .extracting(statement -> statement.at("/Principal/Service").textValue())
                .containsExactly("s3.amazonaws.com", "sns.amazonaws.com", "events.amazonaws.com", null);
        assertThat(allowed).allSatisfy(statement -> {
            assertThat(Role.actions(statement)).containsExactly("sqs:SendMessage");
        });
        assertThat(Rendering.items(allowed.getFirst().at("/Condition/StringEquals/aws:SourceAccount"))
                        .map(JsonNode::textValue))
                .containsExactly(Rendering.ACCOUNT, "111111111111", "222222222222");
        assertThat(sources(allowed.getFirst()))
                .containsExactly("arn:*:s3:::landing", "arn:*:s3:::raw-*", "arn:*:s3:::lake", "arn:*:s3:::mart-*");
        assertThat(sources(allowed.get(1)))
                .containsExactly(
                        "arn:*:sns:*:" + Rendering.ACCOUNT + ":*",
                        "arn:*:sns:*:111111111111:*",
                        "arn:*:sns:*:222222222222:*");
        assertThat(sources(allowed.get(2)))
                .containsExactly(
                        "arn:*:events:*:" + Rendering.ACCOUNT + ":rule/*",
                        "arn:*:events:*:111111111111:rule/*",
                        "arn:*:events:*:222222222222:rule/*");
        assertThat(Rendering.items(allowed.getLast().at("/Principal/AWS")).map(JsonNode::textValue))
                .containsExactly("111111111111", "222222222222");
    }

    private static Stream<String> sources(JsonNode statement) {
        return Rendering.items(statement.at("/Condition/ArnLike/aws:SourceArn")).map(JsonNode::textValue);
    }

    @Test
    void theObjectEventsFunctionReachesNoData() {
        assertThat(role("ObjectEventsFunction").statements().flatMap(statement -> Role.actions(statement).stream()))
                .containsExactlyInAnyOrder(
                        "s3:PutObject",
                        "sqs:ReceiveMessage",
                        "sqs:DeleteMessage",
                        "sqs:GetQueueAttributes",
                        "glue:GetTable",
                        "glue:GetTables",
                        "glue:GetDatabases",
                        "s3:ListBucket",
                        "s3:GetObject",
                        "kms:Decrypt",
                        "kms:Decrypt",
                        "kms:GenerateDataKey");
        assertThat(role("ObjectEventsFunction").may("s3:GetObject", "arn:aws:s3:::landing/a/b.json"))
                .isFalse();
    }

    @Test
    void onlyTheTableCreatorDeregistersAndOnlyWhereTheStackMay() {
        assertThat(ROLES.stream()
                        .filter(resource -> role(resource).inline().toString().contains("DeletePartition")))
                .containsExactly("TableCreatorFunction");
        assertThat(role("TableCreatorFunction").actions("Deregister")).containsExactly("glue:BatchDeletePartition");
        assertThat(role("TableCreatorFunction", Map.of()).inline().toString())
                .doesNotContain("DeletePartition", "LookForDataAgain");
    }

    @Test
    void theProcessorOnlyReadsTheCatalog() {
        assertThat(role("ProcessorFunction").statements().flatMap(statement -> Role.actions(statement).stream()))
                .filteredOn(action -> action.startsWith("glue:"))
                .containsExactlyInAnyOrder(
                        "glue:GetTable", "glue:GetPartitions", "glue:BatchGetPartition", "glue:GetJob");
    }

    /**
     * Only executions of this stack's machine, matched by name: its ARN would be a circular reference, since the
     * machine refers to the functions.
     */
    @ParameterizedTest
    @ValueSource(strings = {"DetectorFunction", "TableCreatorFunction"})
    void whoTakesTheLeaseMayAskWhetherItsHolderRuns(String resource) {
        JsonNode ask = role(resource).statement("AskWhetherHolderRuns").orElseThrow();

        assertThat(Role.actions(ask)).containsExactly("states:DescribeExecution");
        assertThat(ask.get("Resource").textValue()).endsWith(":123456789012:execution:" + "s".repeat(80) + ":*");
    }

    @Test
    void theRoleRedrivesTheMapRunsOfTheLabels() {
        List<String> labels = Definition.committed().json().findValuesAsText("Label");
        Role machine = role("StateMachine");
        String execution = "arn:aws:states:ap-southeast-1:123456789012:execution:" + "s".repeat(80);

        assertThat(labels).hasSize(2).allSatisfy(label -> {
            for (String action : List.of("Describe", "Stop", "Redrive")) {
                assertThat(machine.may("states:" + action + "Execution", execution + "/" + label + ":run"))
                        .as(action + " " + label)
                        .isTrue();
            }
        });
        assertThat(machine.may("states:RedriveExecution", execution + ":run")).isFalse();
        assertThat(machine.statement("StartMapRuns")
                        .orElseThrow()
                        .get("Resource")
                        .textValue())
                .matches(Pattern.compile("arn:aws:states:ap-southeast-1:123456789012:stateMachine:s+"));
    }

    @Test
    void theMachineMayRunOnlyTheStacksJobs() {
        String job = "arn:aws:glue:ap-southeast-1:123456789012:job/";

        assertThat(role("StateMachine").actions("RunGlueJobs"))
                .as("what startJobRun.sync asks for")
                .containsExactly("glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun");
        assertThat(role("StateMachine").may("glue:StartJobRun", job + "etl-delays"))
                .isTrue();
        assertThat(role("StateMachine").may("glue:StartJobRun", job + "payroll"))
                .isFalse();
        assertThat(role("ProcessorFunction").may("glue:GetJob", job + "etl-delays"))
                .isTrue();
        assertThat(role("ProcessorFunction").may("glue:GetJob", job + "payroll"))
                .isFalse();
        assertThat(role("StateMachine", Map.of()).statement("RunGlueJobs")).isEmpty();
    }

    @Test
    void theTableCreatorMayTellWhomTheStackNames() {
        assertThat(role("TableCreatorFunction").actions("SendEvents")).containsExactly("events:PutEvents");
        assertThat(role("TableCreatorFunction").may("sns:Publish", TOPIC)).isTrue();
        assertThat(role("TableCreatorFunction", Map.of("EventBus", ""))
                        .statements()
                        .map(statement -> statement.get("Sid").textValue()))
                .doesNotContain("SendEvents", "NotifyPeople");
    }

    @Test
    void theMachineOfAllTablesStartsTablesAndNothingElse() {
        Role machine = role("AllTablesStateMachine");
        String states = "arn:aws:states:ap-southeast-1:123456789012:";
        String stack = "s".repeat(80);

        assertThat(machine.may("states:RedriveExecution", states + "execution:" + stack + "-all/Tables:run"))
                .isTrue();
        assertThat(machine.may("states:RedriveExecution", states + "execution:" + stack + ":table"))
                .isFalse();
        assertThat(machine.may("states:DescribeExecution", states + "execution:" + stack + ":table"))
                .isTrue();
        assertThat(machine.may("states:StartExecution", states + "stateMachine:other"))
                .isFalse();
        assertThat(machine.actions("HearOfEnds"))
                .as("what startExecution.sync asks for")
                .containsExactly("events:PutTargets", "events:PutRule", "events:DescribeRule");
        assertThat(machine.actions("CallFunctions")).containsExactly("lambda:InvokeFunction");
        assertThat(machine.statement("CallFunctions").orElseThrow().toString()).doesNotContain("Processor");
    }

    @Test
    void onlyWhoFindsTablesListsThem() {
        String table = "arn:aws:glue:ap-southeast-1:123456789012:table/";

        assertThat(role("DetectorFunction").may("glue:GetTables", table + "raw_x/t"))
                .isTrue();
        assertThat(role("DetectorFunction").may("glue:GetTables", table + "hr/t"))
                .isFalse();
        assertThat(role("DetectorFunction").actions("ListDatabases")).containsExactly("glue:GetDatabases");
        assertThat(role("ProcessorFunction").may("glue:GetTables", table + "raw_x/t"))
                .isFalse();
    }
}
