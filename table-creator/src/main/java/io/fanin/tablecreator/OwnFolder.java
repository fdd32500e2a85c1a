package io.fanin.tablecreator;

import io.fanin.core.owner.FolderOwners;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.S3Location;
import java.util.Set;

/** Checks that the folder still belongs to the table, for redrives, which bypass the detector. */
record OwnFolder(FolderOwners owners, TableRecords records) {

    void require(ResolvedSpec spec) {
        if (spec.processor().makesPartitions()) {
            require(spec, records.read(spec.tableName()));
        }
    }

    /**
     * Reads the owners only if the record does not contain the answer.
     *
     * @param record read under the table's lease
     * @throws SpecException if another table has taken over the folder since the run began
     */
    void require(ResolvedSpec spec, TableRecord record) {
        S3Location folder = spec.definition().location();
        if (spec.processor().makesPartitions() && !record.owns(folder)) {
            owners.inTheWayOf(spec.tableName(), folder, Set.of()).ifPresent(other -> {
                throw SpecException.at(
                        "$.location",
                        other.besides(folder)
                                + ": this run has lost its folder and cannot be redriven. Start a new execution whose spec has"
                                + " another location or, where that table gives the folder up, \"takesOver\": \""
                                + other.owner()
                                + "\"");
            });
        }
    }
}
