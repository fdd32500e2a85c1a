package io.fanin.core.run.folder;

import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.run.RunId;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeAws;
import java.util.List;

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
        return run.writeManifest(pass, partitions, ManifestSummary.of(partitions.size()), "");
    }

    static Partition partition(int hour) {
        return new Partition(PartitionValues.of(Integer.toString(hour)), "flights/hour=" + hour + "/");
    }
}
