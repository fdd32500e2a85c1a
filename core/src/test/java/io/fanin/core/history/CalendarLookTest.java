package io.fanin.core.history;

import static io.fanin.core.history.PassFixture.HOURS;
import static io.fanin.core.history.PassFixture.REGIONS;
import static io.fanin.core.history.PassFixture.hours;
import static io.fanin.core.history.PassFixture.looking;
import static io.fanin.core.history.PassFixture.moment;
import static io.fanin.core.history.PassFixture.pass;
import static io.fanin.core.history.PassFixture.registered;
import static io.fanin.core.history.PassFixture.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.PartitionValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effect of scans on a table's calendar. */
class CalendarLookTest {

    @Test
    void lookReplacesWhatLiesInItsWindow() {
        Calendar before = Calendar.NEW.after(looking("r1", """
                {"found": 9, "registered": 8, "from": "2013-02-01T00:00",
                 "missing": {"count": 3, "sample": [{"first": "2013-02-03T05:00", "last": "2013-02-03T06:00", "count": 2},
                                                    {"first": "2013-02-08T05:00", "last": "2013-02-08T05:00", "count": 1}]}}
                """));

        Calendar after = before.after(looking("r2", """
                {"found": 9, "registered": 8, "from": "2013-02-06T00:00",
                 "waiting": {"count": 2, "sample": [{"partition": "dt=2013-02-09/hour=14", "prefix": "f/", "detail": "quiet period"},
                                                    {"partition": "no name", "prefix": "f/"}]},
                 "skipped": {"CONFLICT": 2}, "skippedSample": [
                   {"prefix": "flights/dt=2013-02-08/hour=7/", "reason": "CONFLICT", "detail": "means the same"},
                   {"prefix": "elsewhere/dt=2013-02-08/hour=8/", "reason": "CONFLICT", "detail": "means the same"}]}
                """));

        assertThat(after.open())
                .containsExactly(
                        open(PeriodState.MISSING, "2013-02-03T05:00", "2013-02-03T06:00", ""),
                        open(PeriodState.CONFLICT, "2013-02-08T07:00", "2013-02-08T07:00", "means the same"),
                        open(PeriodState.WAITING, "2013-02-09T14:00", "2013-02-09T14:00", "quiet period"));
    }

    /** The scan does not see it: it has no earlier period to compare with. */
    @ParameterizedTest
    @ValueSource(strings = {"2013-02-08T05:00", "2013-02-08T06:00", "2013-02-08T07:00"})
    void gapAtTheBeginningOfTheWindowStays(String from) {
        Calendar before = Calendar.NEW.after(missing("r1", "2013-02-01T00:00", "2013-02-08T05:00", "2013-02-08T06:00"));

        Calendar after = before.after(looking("r2", "{\"found\": 9, \"registered\": 9, \"from\": \"" + from + "\"}"));

        assertThat(after.open()).containsExactly(open(PeriodState.MISSING, "2013-02-08T05:00", "2013-02-08T06:00", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2013-02-08T05:00", "2013-02-08T09:00"})
    void filledPartOfAGapGoes(String from) {
        Calendar before = Calendar.NEW.after(missing("r1", "2013-02-01T00:00", "2013-02-08T04:00", "2013-02-08T08:00"));

        Calendar after = before.after(looking("r2", "{\"found\": 9, \"registered\": 9, \"from\": \"" + from + "\"}"))
                .after(pass("r3", hours("2013-02-08T06:00", 1)));

        assertThat(after.open())
                .containsExactly(
                        open(PeriodState.MISSING, "2013-02-08T04:00", "2013-02-08T05:00", ""),
                        open(PeriodState.MISSING, "2013-02-08T07:00", "2013-02-08T08:00", ""));
        assertThat(after.after(pass("r4", hours("2013-02-08T04:00", 5))).open()).isEmpty();
    }

    @Test
    void gapThatGrowsIsOneStretch() {
        Calendar calendar = Calendar.NEW
                .after(missing("r1", "2013-02-07T00:00", "2013-02-07T22:00", "2013-02-07T23:00"))
                .after(missing("r2", "2013-02-08T00:00", "2013-02-08T00:00", "2013-02-08T03:00"));

        assertThat(calendar.open())
                .containsExactly(open(PeriodState.MISSING, "2013-02-07T22:00", "2013-02-08T03:00", ""));
    }

    @Test
    void runThatLookedAtNothingLeavesWhatWasSeen() {
        Calendar before = Calendar.NEW.after(looking(
                "r1",
                "{\"found\": 1, \"registered\": 0, \"missing\": {\"count\": 1, \"sample\": [{\"first\": \"2013-02-08T05:00\","
                        + " \"last\": \"2013-02-08T05:00\", \"count\": 1}]}}"));

        assertThat(before.after(looking("r2", "{\"found\": 0, \"registered\": 0}"))
                        .open())
                .isEqualTo(before.open());
    }

    @Test
    void waitingPeriodThatIsRegisteredWaitsNoMore() {
        Calendar before = Calendar.NEW.after(looking("r1", """
                {"found": 2, "registered": 0, "waiting": {"count": 2, "sample": [
                   {"partition": "dt=2013-02-09/hour=14", "prefix": "f/", "detail": "quiet period"},
                   {"partition": "dt=2013-02-09/hour=15", "prefix": "f/", "detail": "quiet period"}]}}
                """));

        assertThat(before.after(pass("r2", hours("2013-02-09T14:00", 1))).open())
                .containsExactly(open(PeriodState.WAITING, "2013-02-09T15:00", "2013-02-09T15:00", "quiet period"));
    }

    /** Values are registered as another tool or an earlier layout wrote them. */
    @Test
    void waitingPeriodThatIsRegisteredInAnotherFormWaitsNoMore() {
        Calendar before = Calendar.NEW.after(looking("r1", """
                {"found": 1, "registered": 0, "waiting": {"count": 1, "sample": [
                   {"partition": "dt=2013-02-09/hour=07", "prefix": "f/", "detail": "quiet period"}]}}
                """));

        assertThat(before.after(pass("r2", List.of(registered(PartitionValues.of("2013-02-09", "7"), false))))
                        .open())
                .isEmpty();
    }

    /** As with events: what it has seen to wait is not yet there, and nothing that others have seen is over. */
    @Test
    void lookAtPartsAddsWhatItHasSeenOnce() {
        Calendar before = Calendar.NEW.after(missing("r1", "2013-02-01T00:00", "2013-02-08T05:00", "2013-02-08T06:00"));
        PassPeriods part = looking("r2", """
                {"found": 1, "registered": 0, "from": "9999-12-31T23:59", "waiting": {"count": 1, "sample": [
                   {"partition": "dt=2013-02-09/hour=14", "prefix": "f/", "detail": "quiet period"}]}}
                """);

        assertThat(before.after(part).after(part).open())
                .containsExactly(
                        open(PeriodState.MISSING, "2013-02-08T05:00", "2013-02-08T06:00", ""),
                        open(PeriodState.WAITING, "2013-02-09T14:00", "2013-02-09T14:00", "quiet period"));
    }

    @Test
    void fullLookRebuildsWhatIsRegistered() {
        Calendar before = Calendar.NEW
                .after(pass("r1", hours("2013-02-08T10:00", 3)))
                .after(pass("r2", 0, HOURS, List.of(registered(PartitionValues.of("2013-02-08", "11"), true))));
        RegisteredPeriods all = RegisteredPeriods.of(HOURS).orElseThrow();
        List.of(hours("2013-02-07T23:00", 1), hours("2013-02-08T11:00", 2), hours("2999-01-01T00:00", 1)).stream()
                .flatMap(List::stream)
                .forEach(one -> all.add(one.values()));

        Calendar rebuilt = all.rebuilt(before, scope(HOURS, "2013-01-01T00:00:00Z"), moment("2013-02-10T00:00"));

        assertThat(rebuilt.rows())
                .isEqualTo(Map.of("2013-02-07", ".......................R", "2013-02-08", "...........LR..........."));
        assertThat(rebuilt.runs()).isEqualTo(before.runs());
        assertThat(all.rebuilt(rebuilt, rebuilt.scope().orElseThrow(), moment("2013-02-10T00:00")))
                .isEqualTo(rebuilt);
    }

    @Test
    void fullLookLeavesTablesWithoutPeriodsAsTheyAre() {
        assertThat(RegisteredPeriods.of(REGIONS)).isEmpty();
    }

    private static PassPeriods missing(String run, String from, String first, String last) {
        return looking(run, """
                {"found": 9, "registered": 9, "from": "%s",
                 "missing": {"count": 1, "sample": [{"first": "%s", "last": "%s", "count": 1}]}}
                """.formatted(from, first, last));
    }

    private static Calendar.Open open(PeriodState state, String first, String last, String why) {
        return new Calendar.Open(state, moment(first), moment(last), why);
    }
}
