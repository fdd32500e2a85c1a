package io.fanin.processor.api;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;

/** A partition that is to be made, with its input and resources. Provided by the system; for one thread. */
public interface PartitionContext {

    /** The partition's values by the names of the table's keys, in their order. */
    SequencedMap<String, String> values();

    /** The table's columns in their order, without its keys. */
    List<TableColumn> columns();

    /** The spec's {@code options} as JSON; <code>{}</code> if it has none. */
    String options();

    /** The folder of the partition's raw data, {@code s3://bucket/prefix/}. */
    URI sourceUri();

    /** The partition's own folder, {@code s3://bucket/prefix/}. */
    URI targetUri();

    /** The raw data: the data objects of the source's folder, as they were when the partition was begun. */
    List<PartitionObject> source();

    /** The partition's folder. */
    TargetFolder target();

    /** A temporary folder on the function's disk, deleted with its content afterwards. */
    Path scratch();

    /** The remaining time for work; zero or negative if processing should be aborted. */
    Duration remaining();
}
