package io.fanin.tablecreator;

import io.fanin.core.owner.FolderOwners;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.spec.SpecException;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.S3Location;
import java.util.Set;

/** Sees to it that a redrive which comes past no detector goes on only in a folder that is still the table's own. */
record OwnFolder(FolderOwners owners, TableRecords records) {

    void require(TableSpec spec) {
        if (spec.processorOrDefault().makesPartitions()) {
            require(spec, records.read(spec.tableName()));
        }
    }

    /**
     * Asks the owners only where the record does not know.
     *
     * @param record as it is under the table's lease
     * @throws SpecException when another table has taken the folder over since the run began
     */
    void require(TableSpec spec, TableRecord record) {
        S3Location folder = spec.definition().location();
        if (spec.processorOrDefault().makesPartitions() && !record.owns(folder)) {
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
