package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.partition.Partition;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The work list of one run of a Glue job, as the job reads it. */
public record JobBatch(RunId run, int pass, int batch, String database, String table, List<Task> partitions) {

    public JobBatch {
        partitions = List.copyOf(partitions);
    }

    /**
     * A partition that the job has to write.
     *
     * @param values by the names of the table's keys, in their order
     * @param source the URI of the folder with its raw data, ending in {@code /}; absent if the spec has no source
     * @param target the URI of its folder in the table, ending in {@code /}
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Task(Map<String, String> values, Optional<String> source, String target) {}

    /** The work list for these partitions of a table. */
    public static JobBatch of(ResolvedSpec spec, RunId run, int pass, int batch, List<Partition> partitions) {
        TableDefinition table = spec.definition();
        Optional<SourceDefinition> source = spec.source();
        return new JobBatch(
                run,
                pass,
                batch,
                table.name().database(),
                table.name().table(),
                partitions.stream()
                        .map(partition -> new Task(
                                partition.values().byName(table.keys()),
                                source.flatMap(from -> partition
                                        .source()
                                        .map(prefix -> from.location().uriOf(prefix))),
                                table.location().uriOf(partition.prefix())))
                        .toList());
    }
}
