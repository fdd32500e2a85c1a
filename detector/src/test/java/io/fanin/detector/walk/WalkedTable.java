package io.fanin.detector.walk;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3Pages;
import io.fanin.fakes.Call;
import io.fanin.fakes.FakeS3;
import io.fanin.model.layout.Layout;
import io.fanin.model.partition.Keys;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PeriodBounds;
import io.fanin.model.table.S3Location;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A table's location in an S3 in memory, and walks through it. */
final class WalkedTable {

    static final String LIST = "ListObjectsV2";

    final FakeS3 s3 = new FakeS3().createBucket("lake");
    final SkipLog skips = new SkipLog();
    final List<PartitionKey> keys;
    final Layout layout;
    final PrefixWalk walk;

    WalkedTable(String layout, String keys) {
        this.keys = Keys.of(keys);
        this.layout = Layout.of(layout, this.keys);
        this.walk = new PrefixWalk(
                new S3Pages(s3.client()), S3Location.of("s3://lake/t/"), this.layout, skips, Workers.THREADS);
    }

    /** An object in each of these folders below the table's location. */
    WalkedTable data(String... paths) {
        for (String path : paths) {
            s3.put("lake", "t/" + path + "/part-0", "");
        }
        return this;
    }

    List<Partition> all() {
        return collect(walk::walk);
    }

    List<Partition> from(LocalDateTime from) {
        return within(PeriodBounds.from(keys, from));
    }

    List<Partition> within(PeriodBounds bounds) {
        return collect(consumer -> walk.walk(bounds, consumer));
    }

    /** The paths of partitions below the table's location. */
    static List<String> paths(List<Partition> partitions) {
        return partitions.stream()
                .map(partition -> partition.prefix().substring("t/".length()))
                .sorted()
                .toList();
    }

    /** The number of LIST requests since the last call. */
    int lists() {
        int lists = s3.log().count(LIST);
        s3.log().reset();
        return lists;
    }

    List<Call> listed() {
        return s3.log().calls(LIST);
    }

    private static List<Partition> collect(Consumer<Consumer<Partition>> walk) {
        Queue<Partition> found = new ConcurrentLinkedQueue<>();
        walk.accept(found::add);
        return List.copyOf(found);
    }
}
