package io.fanin.detector.walk;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3Pages;
import io.fanin.model.layout.Layout;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PeriodBounds;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import java.util.List;
import java.util.function.Consumer;

/**
 * Walks a table's location level by level with S3's delimiter, so that no object of a partition is ever listed. Names
 * that cannot be a partition are not descended into, and are added to the log of skipped names.
 *
 * <p>Several folders are listed at a time, so the consumer has to be thread-safe, and receives partitions in no
 * particular order. A page that cannot be read ends the walk with its cause; the consumer is not called afterwards.
 */
public final class PrefixWalk {

    private final S3Pages pages;
    private final S3Location location;
    private final Layout layout;
    private final SkipLog skips;
    private final Workers workers;

    /** @param workers list the folders */
    public PrefixWalk(S3Pages pages, S3Location location, Layout layout, SkipLog skips, Workers workers) {
        this.pages = pages;
        this.location = location;
        this.layout = layout;
        this.skips = skips;
        this.workers = workers;
    }

    /** A walk of a table's own folder that does not report the names it skips. */
    public static PrefixWalk ofTable(S3Pages pages, TableDefinition table, Workers workers) {
        return new PrefixWalk(pages, table.location(), Layout.of(table), new SkipLog(), workers);
    }

    /** Passes every partition to the consumer. */
    public void walk(Consumer<Partition> consumer) {
        walk(new Scope.Whole(), consumer);
    }

    /**
     * Passes the partitions that begin within the bounds to the consumer. If the bounds have no end, it also receives
     * partitions whose values contain no time, as far as they are encountered: names that sort before the first time's
     * are not listed.
     */
    public void walk(PeriodBounds bounds, Consumer<Partition> consumer) {
        walk(new Scope.Within(layout, bounds), consumer);
    }

    private void walk(Scope scope, Consumer<Partition> consumer) {
        new PrefixDescent(pages, new Folder(location, List.of()), layout, skips, scope, consumer, workers).run();
    }
}
