package io.fanin.detector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.record.RecordLostException;
import io.fanin.core.run.folder.RunStart;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.detector.detect.Detections;
import io.fanin.detector.detect.WaiverDetection;
import io.fanin.detector.select.DetectionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.WaiverRequest;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.Optional;

/** A run as requested by an execution's input: reads its table, and detects its work. Changes nothing. */
sealed interface RequestedRun {

    TableName table();

    /** The earlier run whose failures it processes again, with that run's spec; empty if it is none. */
    default Optional<RunId> redriven() {
        return Optional.empty();
    }

    /**
     * The input by which the table can be run again as it is defined: a spec as it was given, or what names one. Empty
     * if it is not known. To be called after {@link #read}.
     */
    Optional<ObjectNode> input();

    /**
     * Reads the table as far as needed to check whether the run is possible: an invalid spec is refused before the
     * lease is taken.
     *
     * @return empty if no error of the spec is possible any more
     * @throws SpecException if the run is not possible
     * @throws RecordLostException if the run cannot tell the table's status
     */
    default Optional<TableSnapshot> readBeforeLease() {
        return Optional.of(read());
    }

    /**
     * Reads the table.
     *
     * @throws RecordLostException if the run cannot tell the table's status
     */
    TableSnapshot read();

    /** Reads the table for the spec that another invocation has stored for the run. */
    TableSnapshot readFor(ResolvedSpec stored);

    /**
     * Detects the run's work. Nothing is detected for a table that may not be created at the spec's location.
     *
     * @throws SpecException if the run is not possible
     */
    RunWork detect(TableSnapshot snapshot);

    /**
     * The services for detection.
     *
     * @param time the run's reference time
     */
    record Services(TableReader tables, FolderClaims folders, Detections detections, Instant time) {

        /** @param given the execution's input, as it was given */
        RequestedRun of(ExecutionInput input, JsonNode given) {
            return switch (input) {
                case ExecutionInput.Table table -> new OfSpec(this, table.spec(), ExecutionInput.ofItsTable(given));
                case ExecutionInput.Waiving waiving ->
                    new OfWaivers(this, waiving.spec(), ExecutionInput.ofItsTable(given), waiving.request());
                case ExecutionInput.RedriveOf redrive -> new OfRedrive(this, tables.earlierRun(redrive.run()));
            };
        }

        private boolean ownsFolder(TableSnapshot snapshot) {
            return folders.ownsOrMayClaim(snapshot.spec(), snapshot.record());
        }
    }

    /** Detects and processes partitions according to the spec. */
    record OfSpec(Services services, TableSpec given, ObjectNode fields) implements RequestedRun {

        @Override
        public TableName table() {
            return given.tableName();
        }

        @Override
        public Optional<ObjectNode> input() {
            return Optional.of(fields);
        }

        @Override
        public TableSnapshot read() {
            return seeingAll(services.tables().read(given));
        }

        @Override
        public TableSnapshot readFor(ResolvedSpec stored) {
            return seeingAll(services.tables().readResolved(stored));
        }

        /** A run that looks at all of the table needs no record. */
        private static TableSnapshot seeingAll(TableSnapshot snapshot) {
            return snapshot.spec().detection().seesWholeTable() ? snapshot : snapshot.requireRecord();
        }

        @Override
        public RunWork detect(TableSnapshot snapshot) {
            boolean ownsFolder = services.ownsFolder(snapshot);
            DetectionResult detected =
                    services.detections().of(snapshot, services.time()).detect();
            return RunWork.of(snapshot, ownsFolder, detected);
        }
    }

    /** Changes the waivers of a table, and processes nothing. */
    record OfWaivers(Services services, TableSpec given, ObjectNode fields, WaiverRequest request)
            implements RequestedRun {

        @Override
        public TableName table() {
            return given.tableName();
        }

        @Override
        public Optional<ObjectNode> input() {
            return given.namesTableOnly() ? services.tables().lastInput() : Optional.of(fields);
        }

        @Override
        public TableSnapshot read() {
            return requireRun(services.tables().readAsBefore(given).requireRecord());
        }

        @Override
        public TableSnapshot readFor(ResolvedSpec stored) {
            return services.tables().readResolved(stored).requireRecord();
        }

        @Override
        public RunWork detect(TableSnapshot snapshot) {
            WaiverDetection.Found found = services.detections()
                    .waivers(snapshot, request, services.time())
                    .detect();
            return RunWork.of(snapshot, services.ownsFolder(snapshot), found.detected())
                    .with(found.change());
        }

        /** Without a run since the table was created, nothing is known to be complete beside what is waived. */
        private TableSnapshot requireRun(TableSnapshot snapshot) {
            boolean isKnown =
                    snapshot.table().filter(snapshot.record()::hasRunOf).isPresent();
            if (!isKnown && !request.waived().isEmpty()) {
                throw SpecException.at(
                        "$.waive",
                        table()
                                + " has had no run since it was created: run it first, so that it is known what is outstanding");
            }
            return snapshot;
        }
    }

    /** Processes the partitions that failed in another run and have not been registered since. */
    record OfRedrive(Services services, TableReader.EarlierRun earlier) implements RequestedRun {

        @Override
        public TableName table() {
            return earlier.spec().tableName();
        }

        @Override
        public Optional<RunId> redriven() {
            return Optional.of(earlier.run().run());
        }

        @Override
        public Optional<ObjectNode> input() {
            return earlier.run().start().flatMap(RunStart::input);
        }

        @Override
        public Optional<TableSnapshot> readBeforeLease() {
            return Optional.empty();
        }

        @Override
        public TableSnapshot read() {
            return readFor(earlier.spec());
        }

        @Override
        public TableSnapshot readFor(ResolvedSpec stored) {
            return services.tables().readAfter(earlier.run(), stored).requireRecord();
        }

        @Override
        public RunWork detect(TableSnapshot snapshot) {
            boolean ownsFolder = services.ownsFolder(snapshot);
            DetectionResult detected = services.detections()
                    .ofRedrive(earlier.run(), earlier.others(), snapshot, services.time())
                    .detect();
            return RunWork.of(snapshot, ownsFolder, detected);
        }
    }
}
