package io.fanin.detector;

import io.fanin.core.partition.PartitionValues;
import io.fanin.core.partition.ValueForms;
import io.fanin.core.run.Candidate;
import io.fanin.core.run.DetectionReport;
import io.fanin.detector.walk.PrefixWalk;
import io.fanin.detector.walk.SkipLog;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What exists in S3 less what is registered in Glue, and what failed before and is not registered yet.
 *
 * @param registered all that the catalog has, in the canonical form
 */
record ListDetection(PrefixWalk walk, SkipLog skips, Set<PartitionValues> registered, TableStanding standing)
        implements Detection {

    @Override
    public Detected detect() {
        ValueForms forms = standing.forms();
        Findings findings = new Findings(forms, skips);
        walk.walk(findings::add);
        Predicate<PartitionValues> isRegistered = values -> registered.contains(forms.canonical(values));
        List<Candidate> candidates =
                findings.candidates(isRegistered, standing.record().outstanding());
        return new Detected(
                candidates,
                standing.isStale(isRegistered)
                        || findings.hideAny(standing.record().outstanding(), isRegistered),
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
