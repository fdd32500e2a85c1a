package io.fanin.detector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.alltables.UpToDateTable;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.lease.Leases;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.tables.KnownTable;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.detector.detect.Detections;
import io.fanin.detector.select.ClaimedEntries;
import io.fanin.detector.tables.UpToDateLookup;
import io.fanin.model.json.Json;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether an execution for a table would find nothing to do and change nothing, by the detection that the execution
 * itself would use. A table is up to date if all of this holds:
 *
 * <ul>
 *   <li>its spec is detected by {@code list} or {@code events}: {@code full} also rebuilds the calendar, and the other
 *       modes name their partitions; and it verifies no partitions
 *   <li>nobody holds its lease, not even an execution that has ended
 *   <li>its spec is accepted, and it is in the catalog, in a folder that is known to be its own if partitions are made
 *       there
 *   <li>nothing of it is outstanding, and people have been told of no problem that would now be over
 *   <li>with mode {@code events}, its inbox is empty
 *   <li>the detection's next step is {@link NextStep#NOTHING_NEW}: there is nothing to process, to deregister or to
 *       add, and the record, brought to the run's time, agrees with the table's parameters and with what was seen
 *   <li>the names that do not fit its layout are those in its record, and others fit
 * </ul>
 *
 * <p>The lease is only read. If a run begins meanwhile, either the states read disagree and the table is run, or they
 * were consistent when that run began, and that run handles everything later. Nothing is remembered, so the next run of
 * all tables sees data for which this one was too early.
 */
final class UpToDateCheck implements UpToDateLookup {

    private final Leases leases;
    private final TableReader tables;
    private final GlueCatalog catalog;
    private final S3Pages pages;
    private final Inbox inbox;

    UpToDateCheck(Leases leases, TableReader tables, GlueCatalog catalog, S3Pages pages, Inbox inbox) {
        this.leases = leases;
        this.tables = tables;
        this.catalog = catalog;
        this.pages = pages;
        this.inbox = inbox;
    }

    @Override
    public Optional<UpToDateTable> upToDate(KnownTable table, ObjectNode input, Instant time, Runnable limit) {
        ExecutionInput read = ExecutionInput.read(input, uri -> Json.documents().valueToTree(table.spec()));
        if (!(read instanceof ExecutionInput.Table run)
                || run.dryRun()
                || !leases.read(table.name()).isFree()) {
            return Optional.empty();
        }
        TableSnapshot snapshot = tables.read(run.spec());
        return mayBeUpToDate(snapshot) ? upToDate(snapshot, time, limit) : Optional.empty();
    }

    /** Whether the table may be up to date, as far as that is known without a listing. */
    private boolean mayBeUpToDate(TableSnapshot snapshot) {
        ResolvedSpec spec = snapshot.spec();
        TableRecord record = snapshot.record();
        return snapshot.table().isPresent()
                && FolderClaims.needsNoClaim(spec, record)
                && PublishedParameters.status(record) == TableStatus.COMPLETE
                && !snapshot.hasLostRecord()
                && record.notices().isEmpty()
                && !hasPartitionsToVerify(spec, record)
                && isDetectedInBulk(spec);
    }

    private static boolean hasPartitionsToVerify(ResolvedSpec spec, TableRecord record) {
        return spec.partitionsToVerify() > 0
                && record.unverified().filter(count -> count.verifiable() > 0).isPresent();
    }

    private boolean isDetectedInBulk(ResolvedSpec spec) {
        return switch (spec.detection()) {
            case DetectionSpec.Listing listing -> true;
            case DetectionSpec.Events events -> inbox.isEmpty(spec.tableName());
            case DetectionSpec.Full full -> false;
            case DetectionSpec.Range range -> false;
            case DetectionSpec.Explicit explicit -> false;
            case DetectionSpec.Calendar calendar -> false;
        };
    }

    /** The table, if a run would find nothing to do. */
    private Optional<UpToDateTable> upToDate(TableSnapshot snapshot, Instant time, Runnable limit) {
        Detections detections = new Detections(catalog.checkedBy(limit), pages.checkedBy(limit), inbox, Workers.CALLER);
        try (RunWork found =
                RunWork.of(snapshot, true, detections.of(snapshot, time).detect())) {
            boolean isUpToDate = found.next() == NextStep.NOTHING_NEW
                    && NothingFits.in(found).isEmpty()
                    && !UnfitNamesUpdate.isDue(found)
                    && found.detected().inbox().equals(ClaimedEntries.NONE)
                    && found.detected().vanished().isEmpty()
                    && found.detected().registered().isEmpty();
            return isUpToDate
                    ? Optional.of(upToDate(snapshot, found.report().counts().found() == 0))
                    : Optional.empty();
        }
    }

    private static UpToDateTable upToDate(TableSnapshot snapshot, boolean hasFoundNothing) {
        TableRecord record = snapshot.record();
        return new UpToDateTable(
                snapshot.spec().tableName(),
                record.tableProgress(),
                record.waived().size(),
                record.unfit(),
                hasFoundNothing && record.changedBy().isEmpty());
    }
}
