package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules for the table's record and its lease, checked whenever one of them is written. */
final class RecordOracle {

    private final ObservedState observed;
    private final Attempts attempts = new Attempts();
    private Optional<Holding> holding = Optional.empty();

    /** The ended executions of functions that read the lease after their own execution had ended. */
    private final Map<FunctionRun, Holding> late = new HashMap<>();

    private List<List<String>> outstanding = List.of();

    /** The times of the last failures of outstanding partitions that were not registered. */
    private final Map<List<String>, Instant> unregistered = new HashMap<>();

    /** The times when the data of outstanding partitions was last read. */
    private final Map<List<String>, Instant> read = new HashMap<>();

    private String table = "";

    /** The earliest period seen by a scan that is neither registered nor outstanding; an empty string for none. */
    private String open = "";

    private int missing;

    RecordOracle(ObservedState observed) {
        this.observed = observed;
    }

    /** The holder of the lease, with its number of redrives when it took it. */
    private record Holding(SimulatedExecution execution, int redrives) {

        boolean hasNotChanged() {
            return !execution.isRunning() && execution.redrives() == redrives;
        }
    }

    Attempts attempts() {
        return attempts;
    }

    /** The record is gone, and a new one begins. */
    void lost() {
        outstanding = List.of();
        unregistered.clear();
        read.clear();
        open = "";
        missing = 0;
    }

    /** Called when a function has read the lease, in order to take it. */
    void leaseRead() {
        observed.world().invocation().filter(FunctionRun::registers).ifPresent(reader -> {
            late.remove(reader);
            observed.world().engine().executions().stream()
                    .filter(one -> one.run().equals(reader.run()) && !one.isRunning())
                    .forEach(ended -> late.put(reader, new Holding(ended, ended.redrives())));
        });
    }

    /**
     * Requires that nobody takes the lease from a running execution, unless that was redriven after it had been found
     * dead, or looked dead because it had just begun, and that nobody takes one to register for an ended execution.
     */
    void leaseWritten() {
        String holder = observed.files().lease().path("holder").asText();
        observed.world()
                .invocation()
                .flatMap(taker -> Optional.ofNullable(late.get(taker)))
                .filter(taker -> taker.execution().arn().equals(holder) && taker.hasNotChanged())
                .ifPresent(taker -> observed.require(
                        holding.filter(before -> before.execution() == taker.execution())
                                .isPresent(),
                        "the lease was taken for " + taker.execution() + ", which had ended"));
        holding.filter(before -> !holder.isEmpty() && !before.execution().arn().equals(holder))
                .ifPresent(before -> observed.require(
                        !before.execution().isRunning()
                                || before.redrives() != before.execution().redrives()
                                || observed.world().hasLookedDead(before.execution()),
                        "the lease of " + before.execution() + ", which is running, was taken by " + holder));
        holding = observed.world().engine().executions().stream()
                .filter(one -> one.arn().equals(holder))
                .findFirst()
                .map(one -> new Holding(one, one.redrives()));
    }

    /**
     * Requires that attempts count only failures of the partition itself, and waived partitions may return; that the
     * record of a table created again begins anew; that nobody waits for an hour skipped by clocks; and that waiting or
     * missing periods stay until the next scan.
     */
    void recordWritten() {
        observed.require(
                observed.lake().layout().timeZone().isEmpty()
                        || !observed.files().record().path("open").asText().equals(Layouts.SKIPPED.toString()),
                "the hour that clocks have skipped is missing");
        String created = observed.tableOfRecord();
        boolean isAnother = !table.isEmpty() && !created.isEmpty() && !created.equals(table);
        table = created;
        List<List<String>> before = isAnother ? List.of() : outstanding;
        outstanding = observed.outstanding();
        requireHealedByWhatWasReadSince(isAnother);
        requireLastRead(isAnother);
        requireScanOf(isAnother);
        if (!observed.files().record().path("waived").isEmpty()) {
            observed.world().trace().count(FaultKind.WAIVER_HELD);
        }
        observed.files().record().path("waived").forEach(one -> {
            List<String> values = RunFiles.values(one.at("/partition/values"));
            observed.require(!outstanding.contains(values), values + " is both waived and outstanding");
            observed.require(
                    one.has("failure") || !before.contains(values),
                    values + " was outstanding, and is waived without what was known of it");
        });
        observed.files().record().path("outstanding").forEach(failure -> {
            List<String> values = RunFiles.values(failure.at("/partition/values"));
            observed.require(
                    failure.path("attempts").asInt() <= attempts.of(values),
                    failure.path("attempts") + " attempts of " + values + " are counted, and it has failed "
                            + attempts.of(values) + " times itself");
        });
    }

    /**
     * Requires that the failure of an unregistered partition is not ended by registering data that was read before it.
     */
    private void requireHealedByWhatWasReadSince(boolean isAnotherTable) {
        Map<List<String>, Instant> before = isAnotherTable ? Map.of() : unregistered;
        before.forEach((values, failed) -> {
            Optional<Instant> seen = observed.partition(values)
                    .map(partition -> CatalogView.parameter(partition, "fanin.as_of"))
                    .filter(text -> !text.isEmpty())
                    .map(Instant::parse);
            observed.require(
                    outstanding.contains(values)
                            || observed.waived().contains(values)
                            || seen.filter(failed.truncatedTo(ChronoUnit.SECONDS)::isAfter)
                                    .isEmpty(),
                    values + " failed at " + failed + ", and counts as healed by what was read at " + seen);
        });
        unregistered.clear();
        observed.files().record().path("outstanding").forEach(failure -> {
            if (failure.has("at") && !failure.has("registeredBy")) {
                unregistered.put(
                        RunFiles.values(failure.at("/partition/values")),
                        Instant.parse(failure.path("at").asText()));
            }
        });
    }

    /**
     * Requires that the outstanding failure of a partition is the one whose data was read last, unless the table is
     * another.
     */
    private void requireLastRead(boolean isAnotherTable) {
        Map<List<String>, Instant> before = isAnotherTable ? Map.of() : Map.copyOf(read);
        read.clear();
        observed.files().record().path("outstanding").forEach(failure -> {
            List<String> values = RunFiles.values(failure.at("/partition/values"));
            if (failure.has("at")) {
                Instant now = Instant.parse(failure.path("at").asText());
                Instant last = before.getOrDefault(values, now);
                observed.require(
                        observed.tableWasDropped() || !now.isBefore(last),
                        values + " failed with what was read at " + last + ", and now at " + now);
                read.put(values, now);
            }
        });
    }

    private void requireScanOf(boolean isAnotherTable) {
        JsonNode record = observed.files().record();
        String nowOpen = record.path("open").asText();
        int nowMissing = record.path("missing").asInt();
        boolean isLess =
                (!open.isEmpty() && (nowOpen.isEmpty() || nowOpen.compareTo(open) > 0)) || nowMissing < missing;
        if (isLess && !isAnotherTable && observed.catalog().hasTable()) {
            observed.world()
                    .invocation()
                    .ifPresent(writer -> observed.require(
                            isScan(writer),
                            "pass " + writer.pass() + " of " + writer.run() + " has forgotten that " + open
                                    + " is open, and that " + missing + " periods are missing"));
        }
        open = nowOpen;
        missing = nowMissing;
    }

    private boolean isScan(FunctionRun writer) {
        return writer.pass() == 0
                && observed.files()
                        .mode(writer.run())
                        .filter(SimulatedSpecs.SCANS::contains)
                        .isPresent();
    }
}
