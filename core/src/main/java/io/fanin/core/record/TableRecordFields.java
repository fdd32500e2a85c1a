package io.fanin.core.record;

import io.fanin.core.partition.PartitionValues;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The mutable fields of a table's record, for creating a changed one. */
final class TableRecordFields {

    private final int version;
    List<OutstandingFailure> outstanding;
    Optional<String> completeThrough;
    Optional<String> newest;
    Optional<String> open;
    Optional<ProgressScope> basis;
    OptionalLong missing;
    OptionalLong vanished;
    Optional<TableRecord.LastRun> lastRun;
    Optional<String> ownedFolder;
    List<PartitionValues> empty;
    List<Waived> waived;
    Optional<Instant> tableCreated;
    Map<String, SentNotice> told;

    TableRecordFields(TableRecord record) {
        version = record.version();
        outstanding = record.outstanding();
        completeThrough = record.completeThrough();
        newest = record.newest();
        open = record.open();
        basis = record.basis();
        missing = record.missing();
        vanished = record.vanished();
        lastRun = record.lastRun();
        ownedFolder = record.ownedFolder();
        empty = record.empty();
        waived = record.waived();
        tableCreated = record.tableCreated();
        told = record.told();
    }

    TableRecord record() {
        return new TableRecord(
                version,
                outstanding,
                completeThrough,
                newest,
                open,
                basis,
                missing,
                vanished,
                lastRun,
                ownedFolder,
                empty,
                waived,
                tableCreated,
                told);
    }
}
