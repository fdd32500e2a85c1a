package io.fanin.processor;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.spec.TableSpec;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.tables.TableSource;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What making a table's partitions needs of the world around.
 *
 * @param objectsOfBucket reads a bucket
 * @param targets writes a table's objects
 * @param tables where a query's other tables are looked up
 * @param settings what the function has left when it begins
 * @param workers who fetches what is validated
 * @param samples whether what is told of failures may quote rows
 */
record ConversionTools(
        Function<String, ObjectSource> objectsOfBucket,
        Function<TableSpec, ObjectTarget> targets,
        TableSource tables,
        Supplier<ConversionSettings> settings,
        Workers workers,
        RowSamples samples) {}
