package io.fanin.core.run.folder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.ResolvedSpec;
import java.util.Map;
import java.util.Optional;

/**
 * The start of a run, {@code spec.json} in its folder, written by the first of its detector's invocations to reach that
 * point. The spec applies to the run. The detection applies if the manifest of the first pass names its token;
 * otherwise that of another invocation applies, which is stored beside it.
 *
 * @param detected that invocation's findings
 * @param detectionToken a name unique to its detection
 * @param waivers its change to the table's waivers; absent for none
 * @param redriveOf the earlier run whose spec this is, and whose failures this run processes again; absent for none
 * @param input the input with which the table is run, as it was given: that of the execution, or, of a run that only
 *     changes waivers or processes failures again, that of the earlier run whose spec it has; absent if it is not known
 * @param requests that invocation's requests until then, including retries, by service and operation
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunStart(
        @JsonUnwrapped ResolvedSpec spec,
        Optional<DetectionReport> detected,
        Optional<String> detectionToken,
        Optional<WaiverChange> waivers,
        Optional<RunId> redriveOf,
        Optional<ObjectNode> input,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> requests) {

    /** The findings of an invocation of the detector for a run. */
    public static RunStart of(
            ResolvedSpec spec,
            DetectionReport detected,
            TakenEntries taken,
            WaiverChange waivers,
            Map<String, Long> requests) {
        String token = DetectionFiles.token(detected, taken);
        return new RunStart(
                spec,
                Optional.of(detected),
                Optional.of(token),
                Optional.of(waivers),
                Optional.empty(),
                Optional.empty(),
                requests);
    }

    /** The same, without requests. */
    public static RunStart of(ResolvedSpec spec, DetectionReport detected, TakenEntries taken, WaiverChange waivers) {
        return of(spec, detected, taken, waivers, Map.of());
    }

    public RunStart {
        requests = requests == null ? Map.of() : requests;
        waivers = waivers.filter(change -> !change.equals(WaiverChange.NONE));
    }

    /** The same of a run that processes the failures of an earlier one again. */
    public RunStart redriving(RunId earlier) {
        return new RunStart(spec, detected, detectionToken, waivers, Optional.of(earlier), input, requests);
    }

    /** The same of a run whose table is run with this input. */
    public RunStart of(ObjectNode given) {
        return new RunStart(spec, detected, detectionToken, waivers, redriveOf, Optional.of(given), requests);
    }

    /** Whether the run's execution, which has ended with this report, waits for a redrive. */
    public boolean holds(RunReport report) {
        return report.asksForRedrive() && spec.onPartial() != OnPartial.SUCCEED && waivers.isEmpty();
    }

    public WaiverChange waiversOrNone() {
        return waivers.orElse(WaiverChange.NONE);
    }

    /** The detection with this token; empty if this document has another one. */
    Optional<DetectionReport> detected(String token) {
        return detectionToken.equals(Optional.of(token)) ? detected : Optional.empty();
    }
}
