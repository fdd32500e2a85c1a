package io.fanin.core.record;

import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.run.detection.UnverifiedCount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The mutable fields of a table's record, for creating a changed one. */
final class TableRecordFields {

    private final int version;
    List<OutstandingFailure> outstanding = List.of();
    RecordedProgress progress = RecordedProgress.NONE;
    long vanished;
    Optional<RecordedRun> lastRun = Optional.empty();
    Optional<String> ownedFolder = Optional.empty();
    List<PartitionValues> empty = List.of();
    List<PartitionValues> notBegun = List.of();
    List<RecordedWaiver> waived = List.of();
    Optional<Instant> tableCreated = Optional.empty();
    Optional<UnfitNames> unfit = Optional.empty();
    Optional<UnverifiedCount> unverified = Optional.empty();
    Map<String, SentNotice> notices = Map.of();

    /** The fields of a table without runs. */
    TableRecordFields() {
        version = TableRecord.VERSION;
    }

    TableRecordFields(TableRecord record) {
        version = record.version();
        outstanding = record.outstanding();
        progress = record.progress();
        vanished = record.vanished().orElse(0);
        lastRun = record.lastRun();
        ownedFolder = record.ownedFolder();
        empty = record.empty();
        notBegun = record.notBegun();
        waived = record.waived();
        tableCreated = record.tableCreated();
        unfit = record.unfit();
        unverified = record.unverified();
        notices = record.notices();
    }

    TableRecord record() {
        return new TableRecord(
                version,
                outstanding,
                progress,
                vanished == 0 ? OptionalLong.empty() : OptionalLong.of(vanished),
                lastRun,
                ownedFolder,
                empty,
                notBegun,
                waived,
                tableCreated,
                unfit,
                unverified,
                notices);
    }
}
