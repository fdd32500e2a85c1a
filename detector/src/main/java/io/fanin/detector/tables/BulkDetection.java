package io.fanin.detector.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.alltables.UpToDateTable;
import io.fanin.core.aws.PageLimit;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecords;
import io.fanin.core.tables.KnownTable;
import io.fanin.model.table.TableName;
import io.fanin.model.text.UnforeseenError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the tables of a run of all tables that are up to date, so that no execution is started for them. It changes
 * nothing, and is never needed: a table that cannot be read, that is too large, or for which there is no time, is run
 * by an execution of its own, and fails there by its own name, if it does.
 */
public final class BulkDetection {

    private static final Logger LOG = LoggerFactory.getLogger(BulkDetection.class);

    /**
     * The number of tables that are looked at concurrently. Each sends two requests to Glue in some 200 milliseconds,
     * and Glue answers about 100 a second before it throttles.
     */
    private static final int THREADS = 8;

    /** The maximum of listed pages of a table: 1,000 names or partitions each, all of which may be in memory. */
    private static final int MAX_PAGES = 25;

    /**
     * Three times what the most tables of a run take, and a fifth of the function's timeout: the tables that are being
     * looked at then may wait for services that do not answer until all attempts are used up.
     */
    static final Duration TIME = Duration.ofMinutes(3);

    private final UpToDateLookup lookup;
    private final TableRecords records;
    private final InstantSource clock;
    private final Workers workers;

    /**
     * A detection by these means.
     *
     * @param records in which notices are recorded that have to be taken back
     * @param workers look at tables
     */
    public BulkDetection(UpToDateLookup lookup, TableRecords records, InstantSource clock, Workers workers) {
        this.lookup = lookup;
        this.records = records;
        this.clock = clock;
        this.workers = workers;
    }

    record Candidate(KnownTable table, ObjectNode input) {}

    /**
     * The tables among these that are up to date, in their order; the others have to be run.
     *
     * @param tables each of them once
     * @param time the run's reference time
     */
    Map<TableName, UpToDateTable> upToDate(List<Candidate> tables, Instant time) {
        Instant deadline = clock.instant().plus(TIME);
        Set<String> failedUnnamed = records.unnamedInputs();
        Map<TableName, UpToDateTable> found = new LinkedHashMap<>();
        workers.each(
                        THREADS,
                        tables,
                        one -> upToDate(one, time, new PageLimit(MAX_PAGES, deadline, clock), failedUnnamed))
                .forEach(answer -> answer.ifPresent(one -> found.put(one.table(), one)));
        return found;
    }

    private Optional<UpToDateTable> upToDate(
            Candidate candidate, Instant time, PageLimit limit, Set<String> failedUnnamed) {
        try {
            limit.requireTime();
            return hasFailedUnnamed(candidate, failedUnnamed)
                    ? Optional.empty()
                    : lookup.upToDate(candidate.table(), candidate.input(), time, limit);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.info("{} is run: {}", candidate.table().name(), UnforeseenError.shown(e));
            return Optional.empty();
        }
    }

    /**
     * Whether people were told that a run with this input failed before its table was known: an execution that succeeds
     * tells them that it is over.
     */
    private boolean hasFailedUnnamed(Candidate candidate, Set<String> failedUnnamed) {
        String input = ExecutionInput.lasting(candidate.input());
        return candidate.table().specUri().isPresent()
                && failedUnnamed.contains(TableRecords.hashOf(input))
                && !records.ofUnnamed(input).known().notices().isEmpty();
    }
}
