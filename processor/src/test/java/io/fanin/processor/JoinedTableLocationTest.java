package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.parallel.Workers;
import io.fanin.core.retry.Backoff;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.BucketCheck;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.fakes.FakeAws;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Batch;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.SpecException;
import io.fanin.processor.custom.Processors;
import io.fanin.processor.sql.ReadableTables;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.tables.CatalogTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A joined table may move between the check and the fan-out: wherever it lies then, only the stack's data is read. */
class JoinedTableLocationTest {

    private static final RunId RUN = new RunId("r1");

    private final FakeAws aws = new FakeAws();
    private final S3ObjectStore state = new S3ObjectStore(aws.s3().client(), "state");

    @TempDir
    Path temporary;

    JoinedTableLocationTest() {
        aws.s3().createBucket("state").createBucket("lake").createBucket("elsewhere");
        aws.glue().createDatabase("analytics");
        aws.s3().put("lake", "raw/hour=1/a.json", "{\"size\":5}");
        for (String bucket : new String[] {"state", "lake", "elsewhere"}) {
            aws.s3().put(bucket, "runs/secret/a.json", "{\"code\":\"UA\"}");
        }
        aws.s3()
                .put(
                        "state",
                        "runs/" + RUN + "/spec.json",
                        SizesSpec.of("'sql', 'query': 'SELECT count(*) AS size FROM source, carriers'"));
    }

    @ParameterizedTest
    @CsvSource({
        "state, '*', in the stack's state bucket",
        "state, 'state,lake', in the stack's state bucket",
        "elsewhere, lake, where the stack may not read (DataBuckets and TargetBuckets names lake)",
    })
    void onlyDataOfTheStackIsRead(String bucket, String readable, String why) throws IOException {
        carriersIn(bucket);

        PartitionResult result = process(readable);

        assertThat(result).isInstanceOfSatisfying(PartitionResult.Failed.class, failed -> {
            assertThat(failed.failure().error()).isEqualTo("UnusableTable");
            assertThat(failed.failure().message())
                    .contains("table analytics.carriers, which has data in s3://" + bucket + "/runs/secret/, " + why);
        });
        assertThat(aws.log().calls())
                .as("nothing of the table is read")
                .noneMatch(call -> call.target().contains("secret"));
    }

    @Test
    void tableThatLiesWhereItMayIsJoined() throws IOException {
        carriersIn("lake");

        assertThat(process("lake")).isInstanceOf(PartitionResult.Processed.class);
    }

    @Test
    void checkBeforeTheFanOutRefusesTheStateBucketToo() {
        carriersIn("state");

        assertThatThrownBy(this::check)
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("in the stack's state bucket");
    }

    private void carriersIn(String bucket) {
        ForeignTables.carriers(aws.glue().client(), "s3://" + bucket + "/runs/secret/");
    }

    private PartitionResult process(String readable) throws IOException {
        Partition partition = new Partition(PartitionValues.of("1"), "flights/hour=1/", Optional.of("raw/hour=1/"));
        new Processor(
                        state,
                        services(),
                        new Backoff(pause -> {}),
                        () -> 0,
                        InstantSource.system(),
                        new RequestCounter())
                .process(new ProcessorInput(RUN, 0, new Batch(7, List.of(partition)), readable), Deadline.NONE);
        return new RunFolder(state, RUN).result(0, 7).orElseThrow().partitions().getFirst();
    }

    private NextStep check() throws IOException {
        return new ProcessingCheck(
                        state,
                        services(),
                        new BucketCheck(aws.s3().client()),
                        this::catalog,
                        () -> new Processors(List.of()))
                .check(new ProcessorRequest.Check(RUN, NextStep.CHECK, "*"), Deadline.NONE);
    }

    private ProcessorServices services() {
        return ProcessorFixture.services(
                bucket -> new S3ObjectSource(new BucketReader(aws.s3().client(), bucket)),
                spec -> S3ObjectTarget.of(aws.s3().client(), spec),
                ReadableTables.outside(new CatalogTables(this::catalog), "state"),
                () -> new ConversionSettings(temporary, 1L << 30, 300L << 20, 2, 2, 1L << 20),
                Workers.CALLER,
                RowSamples.SHOWN);
    }

    private GlueCatalog catalog() {
        return new GlueCatalog(aws.glue().client(), pause -> {});
    }
}
