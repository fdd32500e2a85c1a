package io.fanin.processor;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BucketNames;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.processor.convert.Conversions;
import io.fanin.processor.sql.ReadableTables;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.KeptDatabase;
import io.fanin.records.tables.TableSource;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The clients and resources with which partitions are made.
 *
 * @param objectsOfBucket reads a bucket
 * @param targets writes a table's objects
 * @param tables looks up tables in the catalog
 * @param settings the disk and memory that the function has left at the start
 * @param workers fetch the objects that are validated, and publish what is made
 * @param samples whether failures may quote rows
 * @param databases has the database that conversions keep from one call to the next
 * @param conversions make the partitions of the processor {@code convert}
 */
record ProcessorServices(
        Function<String, ObjectSource> objectsOfBucket,
        Function<ResolvedSpec, ObjectTarget> targets,
        TableSource tables,
        Supplier<ConversionSettings> settings,
        Workers workers,
        RowSamples samples,
        KeptDatabase databases,
        Conversions conversions) {

    /** The same services, whose listings end when the time for work is over. */
    ProcessorServices until(Deadline deadline) {
        return new ProcessorServices(
                bucket -> new DeadlineObjectSource(objectsOfBucket.apply(bucket), deadline),
                spec -> new DeadlineObjectTarget(targets.apply(spec), deadline),
                tables,
                settings,
                workers,
                samples,
                databases,
                conversions);
    }

    /**
     * The same services, for queries that join only tables in these buckets.
     *
     * @param readable their names, separated by commas; {@code *} stands for any characters
     */
    ProcessorServices within(String readable) {
        BucketNames buckets = new BucketNames("DataBuckets and TargetBuckets", readable);
        return new ProcessorServices(
                objectsOfBucket,
                targets,
                ReadableTables.within(tables, buckets),
                settings,
                workers,
                samples,
                databases,
                conversions);
    }
}
