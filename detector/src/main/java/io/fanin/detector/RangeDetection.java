package io.fanin.detector;

import io.fanin.core.partition.PartitionValues;
import io.fanin.core.partition.PeriodBounds;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.run.Candidate;
import io.fanin.core.run.DetectionReport;
import io.fanin.detector.walk.PrefixWalk;
import io.fanin.detector.walk.SkipLog;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What exists in S3 within two moments less what is registered of it, and what failed before within them. Prefixes that
 * cannot hold such a partition are not descended into.
 *
 * @param registered finds those of the given partitions that the catalog has
 */
record RangeDetection(
        PrefixWalk walk,
        PeriodBounds bounds,
        SkipLog skips,
        Function<Collection<PartitionValues>, Set<PartitionValues>> registered,
        TableStanding standing)
        implements Detection {

    @Override
    public Detected detect() {
        Findings findings = new Findings(standing.forms(), skips);
        walk.walk(bounds, findings::add);
        List<OutstandingFailure> outstanding = standing.record().outstanding().stream()
                .filter(failure -> bounds.hold(failure.partition().values()))
                .toList();
        Predicate<PartitionValues> isRegistered = registered.apply(Stream.concat(
                        findings.values(),
                        outstanding.stream().map(failure -> failure.partition().values()))
                .toList())::contains;
        List<Candidate> candidates = findings.candidates(isRegistered, outstanding);
        return new Detected(
                candidates,
                standing.isStale(isRegistered),
                new DetectionReport(
                        findings.count(),
                        findings.count(isRegistered),
                        DetectionReport.counted(candidates),
                        skips.counts(),
                        skips.sample(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
