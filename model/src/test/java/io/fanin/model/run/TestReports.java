package io.fanin.model.run;

import io.fanin.model.failure.StandingRegistration;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.RunReport.Outstanding;
import io.fanin.model.table.TableName;
import io.fanin.model.table.TableProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reports of runs of {@code analytics.flights}, with empty fields unless a test needs them. */
public final class TestReports {

    private TestReports() {}

    /** Of a pass that found this outstanding; the table's creation is not known. */
    public static RunReport of(RunId run, int pass, RunCounts counts, List<Outstanding> failures) {
        return of(run, pass, counts, failures, Optional.empty());
    }

    /** Of a pass that registered in a table that was created then. */
    public static RunReport of(
            RunId run, int pass, RunCounts counts, List<Outstanding> failures, Optional<Instant> created) {
        boolean isComplete = counts.outstanding() == 0 && counts.missing().isEmpty();
        return new RunReport(
                new RunReport.Header(
                        RunReport.VERSION,
                        run,
                        pass,
                        Optional.empty(),
                        Optional.empty(),
                        TableName.of("analytics.flights"),
                        "s3://lake/flights/",
                        Optional.empty()),
                isComplete ? TableStatus.COMPLETE : TableStatus.PARTIAL,
                counts,
                TableProgress.UNKNOWN,
                failures,
                Tally.NONE,
                new RunReport.Details(
                        OptionalLong.empty(),
                        created,
                        false,
                        RunReport.LeftOut.NOTHING,
                        List.of(),
                        TableChanges.NONE,
                        Optional.empty()));
    }

    /** Of a pass in which all failed that is outstanding. */
    public static RunCounts counts(long registered, long outstanding) {
        return counts(registered, outstanding, OptionalLong.empty());
    }

    /** The same with periods that are missing. */
    public static RunCounts counts(long registered, long outstanding, OptionalLong missing) {
        return new RunCounts(
                registered,
                outstanding,
                outstanding,
                0L,
                missing,
                RunCounts.Exempt.NONE,
                OptionalLong.empty(),
                RunCounts.Gone.NONE);
    }

    /** A partition whose object was cut short once. */
    public static Outstanding cut(String name, Partition partition) {
        return cut(name, partition, Optional.empty());
    }

    /** The same where a run had registered it before. */
    public static Outstanding cut(String name, Partition partition, Optional<String> registeredBy) {
        return new Outstanding(
                name,
                partition.values().values(),
                partition.prefix(),
                new Outstanding.Cause("Truncated", "cut"),
                1,
                new StandingRegistration(registeredBy, Optional.empty()),
                false,
                partition.source());
    }
}
