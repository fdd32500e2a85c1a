package io.fanin.detector.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.alltables.AllTablesFolder;
import io.fanin.core.alltables.Selection;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.alltables.UpToDateTable;
import io.fanin.core.answer.TablesAnswer;
import io.fanin.core.history.TableHistories;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.input.AllTablesInput;
import io.fanin.core.input.DueTime;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecords;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.KnownTable;
import io.fanin.core.tables.KnownTables;
import io.fanin.core.tables.SkippedTable;
import io.fanin.core.tables.SkippedTable.Reason;
import io.fanin.core.tables.TableDirectory;
import io.fanin.core.tables.TableFilter;
import io.fanin.detector.tables.BulkDetection.Candidate;
import io.fanin.model.json.Json;
import io.fanin.model.run.Execution;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a run of all tables: selects those that have something to do, as far as that can be found out in bulk. If the
 * detector is invoked twice, the first selection applies; nothing but the run's own prefix is written.
 */
public final class TablesDetector {

    private static final Logger LOG = LoggerFactory.getLogger(TablesDetector.class);

    /** The tables that a run takes: so many receipts fit into one state, whose limit is 256 KiB. */
    static final int MAX_TABLES = 2_000;

    private final ObjectStore state;
    private final Function<Stack, TableDirectory> directories;
    private final Inbox inbox;
    private final BulkDetection bulk;
    private final Workers workers;
    private final FormerTables former;
    private final AtomicReference<Known> last = new AtomicReference<>();

    /**
     * The stack's parameters.
     *
     * @param stateMachine the ARN of the state machine of one table
     * @param specs the URI of the folder of specs; empty text for none
     * @param databases whose tables need no spec, separated by commas; empty text for none
     */
    public record Stack(String stateMachine, String specs, String databases) {}

    /** The directory of the last invocation, which caches its specs for the next one. */
    private record Known(Stack stack, TableDirectory directory) {}

    public TablesDetector(
            ObjectStore state,
            Function<Stack, TableDirectory> directories,
            Inbox inbox,
            BulkDetection bulk,
            Workers workers) {
        this.state = state;
        this.directories = directories;
        this.inbox = inbox;
        this.bulk = bulk;
        this.workers = workers;
        this.former = new FormerTables(new TableRecords(state));
    }

    /**
     * Selects the tables of the execution's input.
     *
     * @param sumsUpAtOnce whether the Map can be left out if it has no item
     * @throws SpecException if the input is invalid
     */
    public TablesAnswer detect(Execution execution, Stack stack, boolean sumsUpAtOnce) {
        AllTablesInput input = AllTablesInput.read(execution.input());
        input.time().ifPresent(time -> DueTime.of(time, execution));
        AllTablesFolder folder = new AllTablesFolder(state, execution.runId());
        Selection selection = folder.begin(() -> select(input, execution, stack));
        selection.leftOut().forEach(one -> LOG.warn("{} is left out, {}: {}", one.what(), one.reason(), one.message()));
        TablesAnswer.Next next = input.dryRun() ? TablesAnswer.Next.PLANNED : next(selection, sumsUpAtOnce);
        LOG.info(
                "{} tables to run, {} up to date, {} left out, next {}",
                selection.items().size(),
                selection.upToDate().size(),
                selection.leftOut().size(),
                next);
        return new TablesAnswer(
                folder.run(),
                next,
                folder.itemsKey(),
                selection.items().size(),
                selection.upToDate().size(),
                selection.leftOut().size(),
                List.of());
    }

    /** A run that looks at all tables is summed up even if there is none: what was wrong with one is over then. */
    private static TablesAnswer.Next next(Selection selection, boolean sumsUpAtOnce) {
        if (!selection.items().isEmpty()) {
            return TablesAnswer.Next.RUN;
        }
        if (!selection.unfiltered()
                && selection.upToDate().isEmpty()
                && selection.leftOut().stream().allMatch(one -> one.reason() == Reason.DISABLED)) {
            return TablesAnswer.Next.NOTHING;
        }
        return sumsUpAtOnce ? TablesAnswer.Next.SUM_UP : TablesAnswer.Next.RUN;
    }

    private Selection select(AllTablesInput input, Execution execution, Stack stack) {
        TableDirectory directory = directory(stack);
        TableFilter filter = new TableFilter(input.databases(), input.tables());
        WaitingTables waiting = new WaitingTables(directory, inbox, new TableHistories(state), workers);
        KnownTables known = input.onlyEvents() ? waiting.find(filter) : find(directory, filter);
        List<Candidate> candidates = known.tables().stream()
                .map(table -> new Candidate(table, input(table, input, execution)))
                .toList();
        Map<TableName, UpToDateTable> upToDate = upToDate(candidates, input, execution);
        List<Candidate> left = candidates.stream()
                .filter(candidate -> !upToDate.containsKey(candidate.table().name()))
                .toList();
        Set<TableName> taken = taken(left, execution);
        List<TableItem> items = new ArrayList<>();
        List<SkippedTable> leftOut = new ArrayList<>(former.judged(known.leftOut()));
        if (input.isUnfiltered()) {
            leftOut.addAll(waiting.forgotten(known));
        }
        for (Candidate candidate : left) {
            TableName table = candidate.table().name();
            if (taken.contains(table)) {
                items.add(TableItem.of(items.size(), table, stack.stateMachine(), execution.name(), candidate.input()));
            } else {
                leftOut.add(overLimit(table, left.size()));
            }
        }
        return new Selection(Selection.VERSION, items, leftOut, List.copyOf(upToDate.values()), input.isUnfiltered());
    }

    /** The tables that the run takes: all, or others than the next run of as many, so that each has its turn. */
    private static Set<TableName> taken(List<Candidate> left, Execution execution) {
        Stream<TableName> names =
                left.stream().map(candidate -> candidate.table().name());
        return left.size() <= MAX_TABLES
                ? names.collect(Collectors.toSet())
                : names.sorted(Comparator.comparing(table -> Sha256.token(execution.name() + "/" + table)))
                        .limit(MAX_TABLES)
                        .collect(Collectors.toSet());
    }

    private static SkippedTable overLimit(TableName table, int tables) {
        return new SkippedTable(
                table.toString(),
                Optional.of(table),
                Reason.OVER_LIMIT,
                tables + " tables have something to do, and a run takes " + MAX_TABLES
                        + " of them, others each time: a later run takes this one. Start one now for some of the databases or"
                        + " tables");
    }

    /** A plan names all tables, and a table with events has something to do. */
    private Map<TableName, UpToDateTable> upToDate(
            List<Candidate> candidates, AllTablesInput input, Execution execution) {
        return input.dryRun() || input.onlyEvents()
                ? Map.of()
                : bulk.upToDate(candidates, input.time().orElseGet(execution::referenceTime));
    }

    private TableDirectory directory(Stack stack) {
        return last.updateAndGet(known -> known != null && known.stack().equals(stack)
                        ? known
                        : new Known(stack, directories.apply(stack)))
                .directory();
    }

    private static KnownTables find(TableDirectory directory, TableFilter filter) {
        if (directory.isEmpty()) {
            throw SpecException.at(
                    "$",
                    "the stack knows no tables: set its parameter SpecsLocation, RawDatabases, or both, and start again");
        }
        return directory.find(filter);
    }

    private static ObjectNode input(KnownTable table, AllTablesInput input, Execution execution) {
        ObjectNode fields = Json.input().createObjectNode();
        fields.put(ExecutionInput.STARTED_BY, execution.id());
        input.time().ifPresent(time -> fields.put("time", time.toString()));
        table.specUri().ifPresentOrElse(uri -> fields.put("spec", uri), () -> fields.set("spec", json(table)));
        if (input.onlyEvents()) {
            byEvents(table)
                    .ifPresent(detection ->
                            fields.set("detection", Json.documents().valueToTree(detection)));
        }
        return fields.setAll(input.overrides());
    }

    private static JsonNode json(KnownTable table) {
        return Json.documents().valueToTree(table.spec());
    }

    /**
     * A detection by events that processes what the table's own would: only what is ready, and nothing that is set
     * aside.
     *
     * @return empty if the table's own is one, or the execution will say what is wrong with it
     */
    private static Optional<DetectionSpec> byEvents(KnownTable table) {
        try {
            return Optional.of(table.completed().detectionOrDefault())
                    .filter(own -> !(own instanceof DetectionSpec.Events))
                    .map(own -> new DetectionSpec.Events(own.readiness(), own.maxAttempts()));
        } catch (SpecException e) {
            return Optional.empty();
        }
    }
}
