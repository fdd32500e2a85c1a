package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.run.RunId;
import io.fanin.model.text.Sha256;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The last notice about a table. It is part of the table's record, which a pass reads anyway, so a pass without news
 * needs no further request.
 *
 * @param since when the first notice was sent
 * @param at when the last notice was sent
 * @param changes the number of notices since the last reminder that reported other partitions
 * @param state a hash of the reported state; differs if that has changed
 * @param causes names of the errors reported since the first notice, the last one reported at the end
 * @param failed the last run that has failed since a failure was reported, if that is not over; absent if there is
 *     none, or it is not known
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SentNotice(
        Instant since, Instant at, int changes, String state, List<String> causes, Optional<FailedRun> failed) {

    private static final String LEFT_OUT = "left out ";
    private static final String RUN = "run ";

    public SentNotice {
        causes = causes == null ? List.of() : List.copyOf(causes);
        failed = failed == null ? Optional.empty() : failed;
    }

    /** A notice that reports no failed run. */
    public SentNotice(Instant since, Instant at, int changes, String state, List<String> causes) {
        this(since, at, changes, state, causes, Optional.empty());
    }

    /**
     * A run that has failed, or a run of all tables that has left the table out.
     *
     * @param started when its execution was started
     */
    public record FailedRun(RunId run, Instant started) {

        /**
         * Whether the success of a run says nothing of this failure: another run that was started before. Events of
         * executions may come late and in any order.
         */
        public boolean outlasts(RunId other, Instant otherStarted) {
            return !run.equals(other) && !otherStarted.isAfter(started);
        }

        /** The one of the two that was started later. */
        public FailedRun orLater(FailedRun other) {
            return other.started.isBefore(started) ? this : other;
        }
    }

    /**
     * The cause of a notice that a run of all tables leaves a table out by mistake, for a reason that a text explains.
     */
    public static String leftOut(String reason, String text) {
        return LEFT_OUT + reason + " " + Sha256.token(text);
    }

    /** The cause of a notice that a run has failed with an error, for a cause that a text explains. */
    public static String failedRun(String error, String text) {
        return RUN + error + " " + Sha256.token(text);
    }

    /** Whether causes of these names were reported before: of a failed run by its error, whatever its message says. */
    public boolean hasNamed(Collection<String> others) {
        Set<String> known = causes.stream().map(SentNotice::name).collect(Collectors.toSet());
        return others.stream().map(SentNotice::name).allMatch(known::contains);
    }

    private static String name(String cause) {
        boolean hasText = cause.startsWith(RUN) || cause.startsWith(LEFT_OUT);
        return hasText ? cause.substring(0, cause.lastIndexOf(' ')) : cause;
    }

    boolean isOfLeftOut() {
        return !causes.isEmpty() && causes.getLast().startsWith(LEFT_OUT);
    }

    /** Whether the last that was told is that a run has failed, or that none is started for the table. */
    public boolean isOfRun() {
        return isOfLeftOut() || (!causes.isEmpty() && causes.getLast().startsWith(RUN));
    }

    /**
     * The record after notices were sent.
     *
     * @param news the notices by listener; empty if the table is healed
     */
    public static TableRecord noted(TableRecord record, Map<String, Optional<SentNotice>> news) {
        Map<String, SentNotice> notices = new HashMap<>(record.notices());
        news.forEach((listener, notice) ->
                notice.ifPresentOrElse(one -> notices.put(listener, one), () -> notices.remove(listener)));
        TableRecordFields fields = new TableRecordFields(record);
        fields.notices = notices;
        return fields.record();
    }
}
