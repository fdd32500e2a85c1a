package io.fanin.tablecreator.summary;

import io.fanin.core.alltables.LastResults;
import io.fanin.core.alltables.Selection;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.record.LeasedRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.SkippedTable;
import io.fanin.model.json.Json;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.model.text.LogSafe;
import io.fanin.tablecreator.notices.NoticeContext;
import io.fanin.tablecreator.notices.Notices;
import io.fanin.tablecreator.notices.RunFailure;
import io.fanin.tablecreator.notices.SlowListeners;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies people of tables that a run of all tables leaves out by mistake: no execution is started for them, whose
 * failure would be told. The next execution for the table that succeeds tells that it is over; of a database, and of a
 * spec or table that is gone, the next run of all tables does.
 */
record LeftOutTables(ObjectStore state, TableRecords records, Notices notices) {

    private static final Logger LOG = LoggerFactory.getLogger(LeftOutTables.class);

    /**
     * Takes one request for each of them, and none if all tables are run. What newer runs no longer leave out is not
     * told: they have told already that it is over.
     *
     * @param last the results after the run
     * @return those that earlier runs left out, and of which everybody knows now that it is over
     */
    List<SkippedTable> notifyOf(Selection selection, LastResults last, Execution execution) {
        if (!notices.hasListeners()) {
            return last.takenUp();
        }
        SlowListeners slow = new SlowListeners();
        Set<SkippedTable> stillLeftOut = Set.copyOf(last.skipped());
        // A table may be left out for several reasons, such as two specs of which one is broken.
        SkippedTable.mistaken(selection.leftOut()).stream()
                .filter(stillLeftOut::contains)
                .sorted(Comparator.comparing(SkippedTable::what).thenComparing(SkippedTable::message))
                .collect(Collectors.groupingBy(
                        one -> one.table().map(Object::toString).orElseGet(one::what),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values()
                .forEach(reasons -> notifyOf(reasons.getFirst(), reasons, execution, slow));
        return last.takenUp().stream()
                .filter(one -> notifyOf(one, List.of(), execution, slow))
                .toList();
    }

    /**
     * Returns whether everybody was notified who had to be.
     *
     * @param reasons for leaving it out; empty if it no longer is
     */
    private boolean notifyOf(SkippedTable one, List<SkippedTable> reasons, Execution execution, SlowListeners slow) {
        try {
            LeasedRecord record = one.table().map(records::open).orElseGet(() -> records.ofUnnamed(inputOf(one)));
            if (reasons.isEmpty() && !record.known().isLeftOut()) {
                return true;
            }
            List<String> unreached = notices.send(
                    record,
                    new NoticeContext(
                            new RunFolder(state, new RunId(execution.name())),
                            execution.id(),
                            execution.started(),
                            one.table().map(Object::toString).orElseGet(() -> LogSafe.name(one.what())),
                            reasons.isEmpty()
                                    ? NoticeContext.AdvisedAction.WAIT
                                    : NoticeContext.AdvisedAction.REMOVE_CAUSE,
                            Optional.of(reasons)
                                    .filter(mistaken -> !mistaken.isEmpty())
                                    .map(RunFailure::of),
                            NoticeContext.Subject.SELECTION),
                    slow);
            return unreached.isEmpty() && (!reasons.isEmpty() || !record.known().isLeftOut());
        } catch (RuntimeException e) {
            LOG.warn("it could not be told whether {} is left out; the next run of all tables tells it", one.what(), e);
            return false;
        }
    }

    /** The part of an execution's input by which its record is found. */
    private static String inputOf(SkippedTable one) {
        return ExecutionInput.lasting(Json.input().createObjectNode().put("spec", one.what()));
    }
}
