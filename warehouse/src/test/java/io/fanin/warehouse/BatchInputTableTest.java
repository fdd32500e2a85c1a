package io.fanin.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.events.Schedule;

@ExtendWith(NeedsNode.class)
class BatchInputTableTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void jobHasThreeGigabytesAndFifteenMinutes() {
        with(aggregates().diskMegabytes(2048).build())
                .hasResourceProperties(
                        "AWS::Lambda::Function",
                        Match.objectLike(Map.of(
                                "Handler",
                                "com.example.Aggregates",
                                "Runtime",
                                "java25",
                                "MemorySize",
                                3008,
                                "Timeout",
                                900,
                                "EphemeralStorage",
                                Map.of("Size", 2048),
                                "Environment",
                                Map.of(
                                        "Variables",
                                        Match.objectLike(Map.of(
                                                "WAREHOUSE_DATABASE",
                                                "analytics_dw",
                                                "WAREHOUSE_TABLE",
                                                "aggregates",
                                                "WAREHOUSE_FORMAT",
                                                "json",
                                                "WAREHOUSE_DATA_BUCKET",
                                                Match.anyValue(),
                                                "WAREHOUSE_RESULTS_BUCKET",
                                                Match.anyValue(),
                                                "WAREHOUSE_WORK_GROUP",
                                                Match.anyValue()))))));
    }

    @Test
    void jobGetsTheTimeOfItsSchedule() {
        with(aggregates().build())
                .hasResourceProperties(
                        "AWS::Events::Rule",
                        Match.objectLike(Map.of(
                                "ScheduleExpression",
                                "rate(1 hour)",
                                "Targets",
                                List.of(Match.objectLike(Map.of(
                                        "InputTransformer",
                                        Map.of(
                                                "InputPathsMap",
                                                Map.of("id", "$.id", "time", "$.time"),
                                                "InputTemplate",
                                                "{\"id\":<id>,\"time\":<time>}")))))));
    }

    @Test
    void jobHasThePoliciesThatItAsksFor() {
        with(aggregates()
                        .managedPolicies("arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess")
                        .build())
                .hasResourceProperties(
                        "AWS::IAM::Role",
                        Match.objectLike(Map.of(
                                "ManagedPolicyArns",
                                Match.arrayWith(List.of("arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess")))));
    }

    @Test
    void jobWritesItsOwnTableAlone() {
        String written = with(aggregates().build()).findResources("AWS::IAM::Policy").values().stream()
                .map(Object::toString)
                .filter(policy -> policy.contains("s3:PutObject"))
                .findFirst()
                .orElseThrow();
        assertThat(written)
                .contains("/aggregates/*", "/jobs/aggregates/*", "/athena/*")
                .contains("athena:StartQueryExecution")
                .contains("glue:GetTable");
        assertThat(written).doesNotContain("glue:Update", "glue:Create", "glue:Delete");
    }

    /** The results of another job become the rows of that job's table. */
    @Test
    void jobChangesNoOtherJobsResults() {
        List<String> written = new ArrayList<>();
        JSON.valueToTree(with(aggregates().build()).findResources("AWS::IAM::Policy"))
                .findValues("Statement")
                .forEach(statements -> statements.forEach(statement -> {
                    if (statement.path("Action").toString().contains("s3:PutObject\"")) {
                        statement.path("Resource").forEach(one -> written.add(one.toString()));
                    }
                }));

        assertThat(written)
                .filteredOn(one -> one.contains("/"))
                .hasSize(3)
                .allMatch(one -> one.contains("\"/aggregates/*\"")
                        || one.contains("\"/jobs/aggregates/*\"")
                        || one.contains("\"/athena/*\""));
    }

    @Test
    void tableWithoutAJobOrScheduleIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchInputTable.builder()
                        .columns(Column.string("id"))
                        .schedule(Schedule.rate(Duration.hours(1)))
                        .build())
                .withMessageContaining("give job(BatchJob.of(code, handler))");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchInputTable.builder()
                        .columns(Column.string("id"))
                        .job(Synthesised.job())
                        .build())
                .withMessageContaining("give schedule(");
    }

    @Test
    void jobWithoutAHandlerIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchJob.of(null, ""))
                .withMessageContaining("a job needs code and the class that handles its events");
    }

    @Test
    void policyThatIsNoArnIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aggregates().managedPolicies("AmazonS3FullAccess"))
                .withMessageContaining("'AmazonS3FullAccess' is not the ARN of a policy such as");
    }

    @ParameterizedTest
    @ValueSource(ints = {511, 10_241})
    void diskThatLambdaLacksIsRefused(int megabytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aggregates().diskMegabytes(megabytes))
                .withMessage("diskMegabytes: Lambda takes 512 to 10240 MB, found " + megabytes);
    }

    @Test
    void hourThatNeedNotBeQuietIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aggregates().quietPeriod(Duration.seconds(0)))
                .withMessage("quietPeriod: expected 1 to 31536000 seconds, found 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aggregates().quietPeriod(Duration.days(25_000)))
                .withMessageEndingWith("found 2160000000");
    }

    static BatchInputTable.Builder aggregates() {
        return BatchInputTable.builder()
                .columns(Column.string("event_type"), Column.integer("count"), Column.string("time"))
                .job(Synthesised.job())
                .schedule(Schedule.rate(Duration.hours(1)))
                .dataFormat(DataFormat.JSON);
    }

    private static Template with(BatchInputTable table) {
        Synthesised made = Synthesised.plain();
        made.warehouse().withBatchInputTable("aggregates", table);
        return made.template();
    }
}
