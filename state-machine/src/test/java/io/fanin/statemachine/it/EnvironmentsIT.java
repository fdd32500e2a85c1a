package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fanin.statemachine.it.Script.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The life of an environment from its first deployment to its deletion. */
@ExtendWith(Platform.class)
@Order(Platform.MINUTES)
@ResourceLock(value = Platform.CRAWLERS, mode = ResourceAccessMode.READ)
class EnvironmentsIT {

    private static final String ONE = "it-one";
    private static final String OTHER = "it-other";
    private static final String[] DELETE = {"--delete"};
    private static final String[] ROLL_BACK = {"--rollback"};

    private final Pipeline pipeline;
    private final TestLake.Table planned;

    @TempDir
    private Path folder;

    private Environments environments;

    EnvironmentsIT(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.planned = pipeline.newTable().withHours(1);
    }

    @BeforeEach
    void aTableForTheDryRun() throws IOException {
        String key = planned.prefix() + "spec.json";
        pipeline.clients()
                .s3()
                .putObject(
                        request -> request.bucket(TestLake.BUCKET).key(key),
                        RequestBody.fromString(planned.spec().toString()));
        String spec = "s3://" + TestLake.BUCKET + "/" + key;
        environments = new Environments(pipeline.clients().endpoint(), folder)
                .with(ONE, spec)
                .with(OTHER, spec);
    }

    @AfterEach
    void deleteThem() {
        environments.run(ONE, DELETE);
        environments.run(OTHER, DELETE);
    }

    @Test
    void environmentsShareNothingAndADeletedOneLeavesItsStateBucket() {
        Stack one = environments.deploy(ONE);
        Stack other = environments.deploy(OTHER);

        assertThat(names(one)).doesNotContainAnyElementsOf(names(other));
        TestLake.Table table = pipeline.newTable().withHours(2);
        assertThat(of(one).run(table.spec()).text("status")).isEqualTo("COMPLETE");
        assertThat(of(other).executions().newest()).allMatch(arn -> arn.contains(":fanin-" + OTHER + ":"));

        Ended deleted = environments.run(ONE, DELETE);

        assertThat(deleted.printed()).contains("s3://" + one.stateBucket());
        assertThatCode(() -> pipeline.clients().s3().headBucket(request -> request.bucket(one.stateBucket())))
                .doesNotThrowAnyException();
        assertThat(pipeline.clients().lambda().listFunctions().functions())
                .noneMatch(function -> function.functionName().equals(one.processor()));
        assertThat(of(other).run(pipeline.newTable().withHours(1).spec()).text("status"))
                .as("the other works on")
                .isEqualTo("COMPLETE");
    }

    @Test
    void updateIsTakenBackByARollback() throws IOException {
        Stack first = environments.deploy(ONE);
        GetFunctionConfigurationResponse before = processor(first);
        assertThat(environments.run(ONE, new String[0]).printed()).contains("is unchanged");

        environments.deploy(
                ONE, "--from", environments.withAnotherProcessor().toString(), "--parameter", "ProcessorMemory=2048");
        GetFunctionConfigurationResponse updated = processor(first);
        environments.deploy(ONE, ROLL_BACK);
        GetFunctionConfigurationResponse after = processor(first);

        assertThat(updated.memorySize()).isEqualTo(2048);
        assertThat(updated.codeSha256()).isNotEqualTo(before.codeSha256());
        assertThat(after.memorySize()).isEqualTo(before.memorySize());
        assertThat(after.codeSha256()).isEqualTo(before.codeSha256());
    }

    @Test
    void runAndRedriveAcrossAnUpdateEndRight() throws IOException {
        Pipeline updated = of(environments.deploy(ONE, "--parameter", "MaxConcurrency=1"));
        TestLake.Table partial =
                pipeline.newTable().withHours(2).with(hour(1) + "part-0.json.gz", Content.truncatedJsonGz());
        Finished held = updated.run(partial.spec());
        TestLake.Table table = pipeline.newTable();
        byte[] large = Content.largeJsonGz();
        for (int hour = 0; hour < 24; hour++) {
            // Together they take longer than the update.
            table.with(hour(hour) + "part-0.json.gz", large).with(hour(hour) + "part-1.json.gz", large);
        }

        String underWay = updated.executions().start(table.spec());
        environments.deploy(
                ONE, "--from", environments.withAnotherProcessor().toString(), "--parameter", "ProcessorMemory=2048");

        assertThat(pipeline.clients()
                        .sfn()
                        .describeExecution(request -> request.executionArn(underWay))
                        .status())
                .as("when the update was through")
                .isEqualTo(ExecutionStatus.RUNNING);
        Finished finished = updated.executions().await(underWay);
        assertThat(finished.text("status")).as(finished.toString()).isEqualTo("COMPLETE");
        assertThat(updated.catalog().values(table)).hasSize(24);

        partial.with(hour(1) + "part-0.json.gz", Content.jsonGz());
        assertThat(updated.redriveOf(held).text("status")).isEqualTo("COMPLETE");
    }

    private static String hour(int hour) {
        return TestLake.Table.hour(hour);
    }

    private Pipeline of(Stack stack) {
        return new Pipeline(stack, pipeline.clients());
    }

    /** The version that the state machine calls; the emulator cannot describe one by its alias. */
    private GetFunctionConfigurationResponse processor(Stack stack) {
        LambdaClient lambda = pipeline.clients().lambda();
        String version = lambda.getAlias(
                        request -> request.functionName(stack.processor()).name("live"))
                .functionVersion();
        return lambda.getFunctionConfiguration(
                request -> request.functionName(stack.processor()).qualifier(version));
    }

    private static Set<String> names(Stack stack) {
        return Set.copyOf(List.of(
                stack.stateMachineArn(),
                stack.stateBucket(),
                stack.detector(),
                stack.processor(),
                stack.tableCreator()));
    }
}
