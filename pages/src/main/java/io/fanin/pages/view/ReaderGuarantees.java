package io.fanin.pages.view;

import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunReport;
import io.fanin.model.table.TableProgress;
import io.fanin.model.text.Counted;

/** The guarantees that readers of a table have. */
final class ReaderGuarantees {

    private final StringBuilder text = new StringBuilder("For readers: ");

    private ReaderGuarantees(TableProgress progress) {
        text.append(progress.completeThrough()
                .map(moment -> "complete through " + progress.withZone(moment.replace('T', ' ')))
                .orElse("it is not known how far the table is complete"));
    }

    /** The sentences about the table after a pass. */
    static String of(RunReport report) {
        RunCounts counts = report.counts();
        return new ReaderGuarantees(report.progress())
                .lacking(
                        counts.outstanding(),
                        report.failures().stream()
                                .filter(RunReport.Outstanding::readInPlace)
                                .count(),
                        counts.exempt().waived().orElse(0))
                .without(counts.missing().orElse(0), counts.gone().vanished().orElse(0))
                .end(counts.exempt().unverified().orElse(0));
    }

    /** The sentences about a table, by its record. */
    static String of(TableRecord record) {
        return new ReaderGuarantees(record.tableProgress())
                .lacking(
                        record.outstanding().size(),
                        record.outstanding().stream()
                                .filter(OutstandingFailure::readInPlace)
                                .count(),
                        record.waived().size())
                .without(
                        record.progress().missing().orElse(0), record.vanished().orElse(0))
                .end(PublishedParameters.unverified(record).orElse(0));
    }

    /**
     * Adds the partitions that failed or were waived.
     *
     * @param readInPlace the number of outstanding partitions whose data is visible to readers
     */
    private ReaderGuarantees lacking(long outstanding, long readInPlace, long waived) {
        return clause(
                        outstanding - readInPlace,
                        "partition that failed is",
                        "partitions that failed are",
                        " missing, or as before the failure")
                .clause(
                        readInPlace,
                        "registered partition has",
                        "registered partitions have",
                        " failed since: readers see the objects as they are")
                .clause(
                        waived,
                        "partition given up is",
                        "partitions given up are",
                        " missing, or registered as when given up");
    }

    /**
     * Adds the periods and partitions without data.
     *
     * @param missing the number of periods without a prefix, if these count as outstanding
     * @param vanished the number of registered partitions whose data is gone
     */
    private ReaderGuarantees without(long missing, long vanished) {
        clause(
                missing,
                "period has",
                "periods have",
                " no prefix: a run processes what is written later, and what never will be can be waived");
        if (vanished > 0) {
            text.append("; the data of ")
                    .append(Counted.of(vanished, "registered partition"))
                    .append(" is gone");
        }
        return this;
    }

    /** Adds a clause about a number of partitions or periods, unless it is 0. */
    private ReaderGuarantees clause(long count, String one, String several, String what) {
        if (count > 0) {
            text.append("; ").append(Counted.of(count, one, several)).append(what);
        }
        return this;
    }

    /**
     * The whole text.
     *
     * @param unverified the number of partitions that no run has checked
     */
    private String end(long unverified) {
        text.append(". What runs have registered has passed its checks");
        return clause(unverified, "partition of another tool was", "partitions of other tools were", " never looked at")
                .text
                .append('.')
                .toString();
    }
}
