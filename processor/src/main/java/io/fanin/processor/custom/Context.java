package io.fanin.processor.custom;

import io.fanin.model.partition.Partition;
import io.fanin.model.table.TableDefinition;
import io.fanin.processor.api.PartitionContext;
import io.fanin.processor.api.PartitionObject;
import io.fanin.processor.api.TableColumn;
import io.fanin.processor.api.TargetFolder;
import io.fanin.records.scratch.Deadline;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;

/** The context of a custom processor for one partition: its raw data, its target folder, and the spec's options. */
public record Context(
        TableDefinition table,
        Partition partition,
        String options,
        URI sourceUri,
        List<PartitionObject> source,
        TargetFolder target,
        Path scratch,
        Deadline deadline)
        implements PartitionContext {

    @Override
    public Duration remaining() {
        return deadline.left();
    }

    @Override
    public SequencedMap<String, String> values() {
        return partition.values().byName(table.keys());
    }

    @Override
    public List<TableColumn> columns() {
        return table.columns().stream()
                .map(column -> new TableColumn(column.name(), column.type()))
                .toList();
    }

    @Override
    public URI targetUri() {
        return uri(table.location().bucket(), partition.prefix());
    }

    /**
     * The URI of a folder, with escapes for characters that a URI cannot contain. Some bucket names are not valid host
     * names.
     */
    public static URI uri(String bucket, String prefix) {
        try {
            return new URI("s3", bucket, "/" + prefix, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("s3://" + bucket + "/" + prefix + " cannot be written as a URI", e);
        }
    }
}
