package io.fanin.core.run.folder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.core.run.WaiverChange;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.run.detection.TakenEntries;
import io.fanin.core.spec.TableSpec;
import java.util.Map;
import java.util.Optional;

/**
 * What a run sets out with, {@code spec.json} in its folder: of several invocations of its detector, the first to come so far
 * has written it. The spec is the run's. What was detected is the run's where the manifest of the first pass names this
 * token; else another invocation was faster, whose detection lies beside it.
 *
 * @param spec resolved
 * @param detected what that invocation saw
 * @param detectionToken what names its detection, and no other
 * @param waivers what it changes of the table's waivers; absent for nothing
 * @param requests that invocation's until then, retries among them, by service and operation
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunStart(
        @JsonUnwrapped TableSpec spec,
        Optional<DetectionReport> detected,
        Optional<String> detectionToken,
        Optional<WaiverChange> waivers,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> requests) {

    /** What an invocation of the detector has found out for a run. */
    public static RunStart of(
            TableSpec spec,
            DetectionReport detected,
            Optional<TakenEntries> taken,
            WaiverChange waivers,
            Map<String, Long> requests) {
        String token = DetectionFiles.token(detected, taken);
        return new RunStart(spec, Optional.of(detected), Optional.of(token), Optional.of(waivers), requests);
    }

    /** The same with nothing said of requests. */
    public static RunStart of(
            TableSpec spec, DetectionReport detected, Optional<TakenEntries> taken, WaiverChange waivers) {
        return of(spec, detected, taken, waivers, Map.of());
    }

    public RunStart {
        requests = requests == null ? Map.of() : requests;
        waivers = waivers.filter(change -> !change.equals(WaiverChange.NONE));
    }

    public WaiverChange waiversOrNone() {
        return waivers.orElse(WaiverChange.NONE);
    }

    /** What the detection saw that has this name; empty where it is another's. */
    Optional<DetectionReport> detected(String token) {
        return detectionToken.equals(Optional.of(token)) ? detected : Optional.empty();
    }
}
