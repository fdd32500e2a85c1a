package io.fanin.core.run.folder;

import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeAws;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.RecordChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Run folders in a state bucket in memory. */
final class Runs {

    final FakeAws aws = new FakeAws();
    final S3ObjectStore store;

    Runs() {
        aws.s3().createBucket("state");
        store = new S3ObjectStore(aws.s3().client(), "state");
    }

    RunFolder folder(String run) {
        return new RunFolder(store, new RunId(run));
    }

    static ManifestSummary manifest(RunFolder run, int pass, List<Partition> partitions) {
        return run.writeManifest(pass, partitions, ManifestSummary.of(partitions.size()), "", RecordChange.of("r0"));
    }

    static Partition partition(int hour) {
        return new Partition(PartitionValues.of(Integer.toString(hour)), "flights/hour=" + hour + "/");
    }

    static PartitionResult processed(int hour) {
        return new PartitionResult.Processed(
                partition(hour),
                new Inventory(3, 4_000_000_000L, Optional.of(Instant.parse("2013-02-08T17:00:00.123Z")), "ab12"),
                hour % 2 == 0 ? OptionalLong.empty() : OptionalLong.of(5_000_000_000L));
    }

    static PartitionResult failed(int hour) {
        return new PartitionResult.Failed(partition(hour), new Failure(FailureCode.TRUNCATED, "a \"line\"\nand more"));
    }
}
