package io.fanin.detector.inspect;

import static io.fanin.detector.select.PlanFixture.HOUR;
import static io.fanin.detector.select.PlanFixture.KEYS;
import static io.fanin.detector.select.PlanFixture.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.inventory.Inspection;
import io.fanin.core.inventory.InventorySum;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.OnEmpty;
import io.fanin.model.spec.detection.IsoDuration;
import io.fanin.model.spec.detection.Readiness;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.LocalPeriods;
import io.fanin.model.table.S3Location;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a partition of 07:00 is ready at 12:00, and whether it has changed, case by case. */
class InspectionRulesTest {

    /** A row's {@code -} is a condition that the spec does not have. */
    @ParameterizedTest(name = "{0}, before {1}, marker {2}, quiet {3}, age {4}, by events {5}: {6}")
    @CsvSource(
            nullValues = "-",
            value = {
                // reason, held,    marker,   quiet, age,  by events, look
                "NEW,     unknown, -,        -,     -,    false,       Ready",
                "NEW,     unknown, -,        -,     PT5H, false,       Ready",
                "NEW,     unknown, -,        -,     PT6H, false,       Waiting",
                "NEW,     unknown, _SUCCESS, -,     -,    false,       AskForMarker",
                "NEW,     unknown, _SUCCESS, -,     PT6H, false,       Waiting",
                "NEW,     unknown, -,        PT1H,  -,    false,       ListObjects",
                "NEW,     unknown, -,        PT1H,  PT6H, false,       Waiting",
                "NEW,     unknown, -,        PT0S,  -,    false,       ListObjects",
                "NEW,     unknown, -,        -,     -,    true,        AskWhetherGone",
                "NEW,     unknown, _SUCCESS, -,     -,    true,        ListObjects",
                "NEW,     unknown, -,        PT1H,  -,    true,        ListObjects",
                "NEW,     unknown, -,        -,     PT6H, true,        Waiting",
                "RETRIED, unknown, -,        -,     -,    true,        Ready",
                "RETRIED, unknown, _SUCCESS, -,     -,    true,        AskForMarker",
                // its objects are compared in any case, and the age is asked for afterwards
                "NEW,     nothing, -,        -,     PT6H, false,       ListObjects",
                "LATE,    objects, -,        -,     -,    false,       ListObjects",
                "LATE,    objects, _SUCCESS, -,     -,    true,        ListObjects",
            })
    void cheapestRequestIsSent(
            Reason reason, String held, String marker, String quiet, String age, boolean byEvents, String expected) {
        InspectionRules rules = rules(marker, quiet, age, byEvents, OnEmpty.FAIL);

        InspectionRules.NextRequest next = rules.next(wanted(reason, held));

        assertThat(next instanceof InspectionRules.NextRequest.Decided(Verdict verdict) ? name(verdict) : name(next))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, before {1}, quiet {2}: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "NEW,  unknown, -,    999",
                "NEW,  nothing, -,    0",
                "LATE, objects, -,    3",
                "LATE, objects, PT1H, 9223372036854775807",
                "NEW,  unknown, PT1H, 9223372036854775807",
            })
    void nothingIsListedBeyondWhatDecides(Reason reason, String held, String quiet, long limit) {
        assertThat(rules(null, quiet, null, false, OnEmpty.FAIL).limit(wanted(reason, held)))
                .isEqualTo(limit);
    }

    @ParameterizedTest(name = "{0}, before {1}, now {2}, changed at {3}, marker {4}, {5}, by events {6}: {7}")
    @CsvSource(
            nullValues = "-",
            value = {
                // reason, held,   now,     changed, marker, empty, by events, verdict
                "NEW,     unknown, objects, 10:00,   true,   FAIL, false, Ready",
                "NEW,     unknown, objects, 10:00,   false,  FAIL, false, Waiting",
                "NEW,     unknown, objects, 11:30,   true,   FAIL, false, Waiting",
                "NEW,     unknown, objects, 11:00,   true,   FAIL, false, Ready",
                "NEW,     unknown, nothing, -,       true,   FAIL, false, Ready",
                "NEW,     unknown, nothing, -,       true,   FAIL, true,  Gone",
                "NEW,     unknown, objects, 10:00,   true,   FAIL, true,  Ready",
                "NEW,     unknown, folders, 10:00,   false,  FAIL, false, Waiting",
                "NEW,     unknown, folders, 10:00,   false,  FAIL, true,  NotBegun",
                "NEW,     unknown, folders, 10:00,   true,   FAIL, false, NotBegun",
                "NEW,     unknown, nothing, -,       false,  FAIL, false, Waiting",
                "RETRIED, unknown, folders, 10:00,   false,  FAIL, false, Ready",
                "RETRIED, unknown, nothing, -,       false,  FAIL, false, Ready",
                "RETRIED, unknown, objects, 10:00,   false,  FAIL, false, Waiting",
                // one that held no data when it was processed
                "NEW,     nothing, nothing, 10:00,   true,   SKIP, false, Empty",
                "NEW,     nothing, nothing, 10:00,   true,   FAIL, false, Ready",
                "NEW,     nothing, objects, 10:00,   true,   SKIP, false, Ready",
                "NEW,     nothing, folders, 10:00,   false,  FAIL, false, NotBegun",
                // a waived one
                "RETRIED, objects, nothing, -,       true,   FAIL, true,  Gone",
                "RETRIED, objects, other,   10:00,   true,   FAIL, true,  Ready",
                // a registered one
                "LATE,    objects, objects, 10:00,   false,  FAIL, false, Unchanged",
                "LATE,    objects, objects, 11:30,   true,   FAIL, true,  Unchanged",
                "LATE,    objects, nothing, -,       true,   FAIL, true,  Ready",
                "LATE,    objects, nothing, -,       false,  FAIL, true,  Waiting",
                "LATE,    objects, other,   10:00,   true,   FAIL, false, Ready",
                "LATE,    objects, other,   10:00,   false,  FAIL, false, Waiting",
                "LATE,    objects, other,   11:30,   true,   FAIL, false, Waiting",
                // one that was registered before it had data
                "LATE,    nothing, nothing, 10:00,   true,   FAIL, false, StillEmpty",
                "LATE,    nothing, nothing, 10:00,   true,   SKIP, false, StillEmpty",
                "LATE,    nothing, folders, 10:00,   false,  FAIL, false, Waiting",
                "LATE,    nothing, folders, 10:00,   false,  FAIL, true,  StillEmpty",
                "LATE,    nothing, nothing, -,       false,  FAIL, true,  StillEmpty",
                "LATE,    nothing, folders, 10:00,   false,  REGISTER, false, Unchanged",
                "LATE,    nothing, objects, 10:00,   false,  FAIL, false, Waiting",
                "LATE,    nothing, objects, 10:00,   true,   FAIL, false, Ready",
                // one whose objects are of zero bytes, which the processor has read
                "LATE,    no bytes, no bytes, 10:00, false,  FAIL, false, Unchanged",
                // more objects than before: the listing ended at the limit
                "LATE,    objects, more,    10:00,   true,   FAIL, false, Ready",
                // one that is registered at a former location, where there is something
                "LATE,    outside, outside, 10:00,   true,   FAIL, false, StaysOutside",
                "LATE,    outside, outside, 10:00,   true,   FAIL, true,  Ready",
                "LATE,    outside, outside, 10:00,   true,   SKIP, true,  Ready",
                "LATE,    outside, outside, 10:00,   false,  FAIL, true,  Waiting",
                "LATE,    outside, other,   10:00,   true,   FAIL, false, Ready",
                "LATE,    outside, nothing, -,       true,   FAIL, false, StaysOutside",
                "LATE,    outside, nothing, -,       true,   FAIL, true,  StaysOutside",
                "LATE,    outside, folders, 10:00,   true,   FAIL, true,  StaysOutside",
                "LATE,    outside, more,    10:00,   true,   FAIL, false, Ready",
            })
    void listedPartitionIsJudged(
            Reason reason,
            String held,
            String now,
            LocalTime changed,
            boolean markerThere,
            OnEmpty onEmpty,
            boolean byEvents,
            String expected) {
        InspectionRules rules = rules("_SUCCESS", "PT1H", "PT5H", byEvents, onEmpty);
        Inspection inspection = new Inspection(
                now.equals("more") ? Optional.empty() : Optional.of(inventory(now)),
                Optional.ofNullable(changed)
                        .map(time -> time.atDate(TIME.atZone(ZoneOffset.UTC).toLocalDate())
                                .toInstant(ZoneOffset.UTC)),
                markerThere,
                now.equals("folders"));

        assertThat(name(rules.verdict(wanted(reason, held), inspection))).isEqualTo(expected);
    }

    private static InspectionRules rules(String marker, String quiet, String age, boolean byEvents, OnEmpty onEmpty) {
        Readiness readiness = new Readiness(
                Optional.ofNullable(marker),
                Optional.ofNullable(quiet).map(IsoDuration::of),
                Optional.ofNullable(age).map(IsoDuration::of));
        return new InspectionRules(readiness, onEmpty, true, byEvents, new LocalPeriods(KEYS, KeyZone.UTC), TIME);
    }

    private static WantedPartition wanted(Reason reason, String held) {
        Candidate candidate = new Candidate(HOUR, reason);
        return switch (held) {
            case "unknown" -> WantedPartition.of(candidate);
            case "nothing" -> WantedPartition.ofEmpty(candidate);
            case "no bytes" ->
                new WantedPartition(
                        candidate,
                        new WantedPartition.Known.Content(held, 1, true),
                        new WantedPartition.Location.Unknown());
            case "outside" ->
                WantedPartition.changed(candidate, inventory(held))
                        .registeredOutside(new S3Location("lake", "former/"), true);
            default -> WantedPartition.changed(candidate, inventory(held));
        };
    }

    private static Inventory inventory(String content) {
        return switch (content) {
            case "nothing", "folders" -> new Inventory(0, 0, Optional.empty(), InventorySum.NOTHING);
            case "no bytes" -> new Inventory(1, 0, Optional.empty(), content);
            default -> new Inventory(3, 9, Optional.empty(), content);
        };
    }

    private static String name(Object outcome) {
        return outcome.getClass().getSimpleName();
    }
}
