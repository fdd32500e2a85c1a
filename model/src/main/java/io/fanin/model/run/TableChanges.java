package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.table.Column;
import java.util.List;
import java.util.Optional;

/**
 * A run's changes to the table other than registering partitions, as reported: deregistered partitions and added
 * columns.
 *
 * @param vanishedSample the first registered partitions whose data is gone, each with its outcome
 * @param vanishedKept the reason why none of them was deregistered although the spec requires it
 * @param addedColumns absent if the run has added none
 */
public record TableChanges(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PartitionLabel> vanishedSample,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> vanishedKept,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<AddedColumns> addedColumns) {

    public static final TableChanges NONE = new TableChanges(List.of(), Optional.empty(), Optional.empty());

    /** Fields missing from a document have their defaults. */
    public TableChanges {
        vanishedSample = vanishedSample == null ? List.of() : List.copyOf(vanishedSample);
        vanishedKept = vanishedKept == null ? Optional.empty() : vanishedKept;
        addedColumns = addedColumns == null ? Optional.empty() : addedColumns;
    }

    /**
     * The columns that the run has added to the table.
     *
     * @param partitionsWithout the number of partitions that are registered without these columns
     * @param atLeast whether there may be more of them, which were not counted
     * @param sample the first of these partitions by name
     */
    public record AddedColumns(List<Column> columns, long partitionsWithout, Boolean atLeast, List<String> sample) {

        /** If a document lacks {@code atLeast}, all were counted. */
        public AddedColumns {
            atLeast = atLeast != null && atLeast;
            columns = List.copyOf(columns);
            sample = List.copyOf(sample);
        }
    }
}
