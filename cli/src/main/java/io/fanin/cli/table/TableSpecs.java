package io.fanin.cli.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.Hints;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.tables.KnownTables;
import io.fanin.core.tables.SkippedTable;
import io.fanin.core.tables.TableFilter;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.model.text.NamePatterns;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the specs of tables for commands that name only the table.
 *
 * @param hints commands that store a spec
 */
public record TableSpecs(Deployment stack, Hints hints) {

    private static final String DETECTION = "detection";
    private static final String SPEC = "spec";
    private static final String WITHOUT_PARTITIONS = ", without the partitions that it named";

    /** The key under which {@code fanin apply} stores a table's spec in the stack's folder of specs. */
    public static String key(S3Location folder, TableName table) {
        return folder.prefix() + table.database() + "/" + table.table() + ".json";
    }

    /**
     * The spec of a table for a command that gives only the table's name.
     *
     * @param said the kind of spec, as the subject of a line
     */
    public record Found(String said, SpecArgument input) {}

    /**
     * The input for a table, absent if there is none: its stored spec; otherwise its name, if it is in a database whose
     * tables need no spec; otherwise the input of the run that changed its record last. Therefore tables can be run
     * that runs of all tables do not include, such as those whose spec is not enabled.
     *
     * @throws CommandFailedException if the stored spec cannot be used
     */
    public Optional<Found> find(TableName table) {
        KnownTables known = known(table);
        Optional<Found> stored = stored(table, known);
        if (stored.isPresent()) {
            return stored;
        }
        requireUsable(table, known);
        requireNoneUnknown(table, known);
        return known.tables().isEmpty()
                ? lastRun(table).flatMap(run -> ofRun(table, run))
                : Optional.of(new Found("Spec", SpecArgument.ofCatalog(table)));
    }

    /** The URI of the usable spec of a table; absent if none is stored. */
    public Optional<String> stored(TableName table) {
        return specUri(known(table));
    }

    /**
     * The input as {@link #find} returns it, or the name of a table in the catalog that no run has changed.
     *
     * @throws CommandFailedException if its spec cannot be used or has expired, or there is no such table
     */
    public Found require(TableName table) {
        return find(table).orElseGet(() -> ofCatalog(table));
    }

    private Found ofCatalog(TableName table) {
        if (stack.catalog().table(table).isEmpty()) {
            throw new CommandFailedException(
                    "there is neither a file " + table + ", nor a table " + table
                            + " in the catalog, nor a stored spec of it",
                    giveOne());
        }
        SpecArgument described = SpecArgument.ofCatalog(table);
        lastRun(table).ifPresent(run -> {
            throw new CommandFailedException(
                    "no spec of " + table + " is stored, and that of its last run, " + run + ", has expired",
                    giveOne() + "; if the catalog describes all of it, give " + described.content());
        });
        return new Found("Spec", described);
    }

    private String giveOne() {
        return "give a file with its spec, or store one: " + hints.command("apply", "SPEC");
    }

    private static void requireUsable(TableName table, KnownTables known) {
        known.leftOut().stream()
                .filter(one -> one.reason() != SkippedTable.Reason.DISABLED)
                .filter(one -> one.table().filter(table::equals).isPresent())
                .findFirst()
                .ifPresent(unusable -> {
                    throw new CommandFailedException(unusable.what() + " cannot be run: " + unusable.message());
                });
    }

    /** Requires that no stored spec of an unknown table exists, since it may be this table's. */
    private static void requireNoneUnknown(TableName table, KnownTables known) {
        List<SkippedTable> unknown = known.leftOut().stream()
                .filter(one ->
                        one.table().isEmpty() && S3Location.find(one.what()).isPresent())
                .toList();
        if (!unknown.isEmpty()) {
            throw new CommandFailedException(
                    "no spec of " + table + " was found, and may be one that cannot be read: "
                            + unknown.stream()
                                    .map(one -> one.what() + " (" + one.message() + ")")
                                    .collect(Collectors.joining(", ")),
                    "correct or delete it, or give a file with the table's spec");
        }
    }

    private KnownTables known(TableName table) {
        return stack.directory()
                .find(new TableFilter(NamePatterns.of(table.database()), NamePatterns.of(table.toString())));
    }

    private static Optional<Found> stored(TableName table, KnownTables known) {
        return specUri(known).map(uri -> new Found("Spec", SpecArgument.stored(table, uri)));
    }

    private static Optional<String> specUri(KnownTables known) {
        return Stream.of(known.tables(), known.disabled())
                .flatMap(List::stream)
                .flatMap(one -> one.specUri().stream())
                .findFirst();
    }

    private Optional<RunId> lastRun(TableName table) {
        return stack.records().read(table).changedBy();
    }

    private Optional<Found> ofRun(TableName table, RunId run) {
        return stack.run(run).start().map(start -> {
            DetectionSpec detection = start.spec().detection();
            return start.input()
                    .map(input -> asGiven(table, run, input.deepCopy(), detection))
                    .orElseGet(() -> asResolved(run, start.spec()));
        });
    }

    /**
     * The input of a run that is started again: what the catalog, an object with a query, or one with a spec has, is
     * read again, since it may have been corrected.
     *
     * @param detection of the run
     */
    private Found asGiven(TableName table, RunId run, ObjectNode input, DetectionSpec detection) {
        String without = "";
        if (input.has(DETECTION) && input.has(SPEC) && detection.namesItsPartitions()) {
            input.remove(DETECTION);
            without = WITHOUT_PARTITIONS;
        } else if (input.has(DETECTION)) {
            without = withoutItsOwn(detection, input);
        } else if (input.path(SPEC).has(DETECTION)) {
            without = withoutItsOwn(detection, input.withObject("/" + SPEC));
        }
        requireSpecOf(table, run, input);
        return found(run, without, SpecArgument.of(table, input));
    }

    /** Of a run that began with an earlier version, only the resolved spec is known. */
    private static Found asResolved(RunId run, ResolvedSpec spec) {
        ObjectNode json = Json.documents().valueToTree(spec);
        return found(run, withoutItsOwn(spec.detection(), json), new SpecArgument(json));
    }

    private static Found found(RunId run, String without, SpecArgument input) {
        return new Found("Spec of the last run, " + run + without + ",", input);
    }

    /** Requires that the object with the last run's spec is still there, and has a spec of this table. */
    private void requireSpecOf(TableName table, RunId run, ObjectNode input) {
        if (!input.path(SPEC).isTextual()) {
            return;
        }
        String spec = "the spec of the last run, " + run + ",";
        try {
            TableName found = ((ExecutionInput.OfSpec) ExecutionInput.read(input, stack.specs()))
                    .spec()
                    .tableName();
            if (!found.equals(table)) {
                throw new CommandFailedException(spec + " is one of " + found + " by now", giveOne());
            }
        } catch (SpecException e) {
            throw new CommandFailedException(spec + " cannot be used: " + e.getMessage(), giveOne(), e);
        }
    }

    /** Removes fields that were meant only for that run: the partitions that it named, and its {@code force}. */
    private static String withoutItsOwn(DetectionSpec detection, ObjectNode spec) {
        if (detection instanceof DetectionSpec.Full full && full.isForced()) {
            spec.withObject("/" + DETECTION).remove("force");
            return ", without its force";
        }
        if (!detection.namesItsPartitions()) {
            return "";
        }
        ObjectNode usual = spec.putObject(DETECTION);
        detection.maxAttempts().ifPresent(most -> usual.put("maxAttempts", most));
        detection
                .readiness()
                .ifPresent(readiness -> usual.set("readiness", Json.documents().valueToTree(readiness)));
        if (usual.isEmpty()) {
            spec.remove(DETECTION);
        }
        return WITHOUT_PARTITIONS;
    }
}
