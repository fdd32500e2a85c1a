package io.fanin.detector.select;

import static io.fanin.detector.select.PlanFixture.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.detector.DetectorFixture;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.inspect.Inspected;
import io.fanin.detector.inspect.Verdict;
import io.fanin.detector.inspect.WantedPartition;
import io.fanin.detector.select.SelectionRules.Coverage;
import io.fanin.detector.select.SelectionRules.LateData;
import io.fanin.detector.select.SelectionRules.TakenUp;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PeriodBounds;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.detection.Gaps;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan of a run's work, case by case, without reads or writes. */
class DetectionPlanTest {

    private final SkipLog skips = new SkipLog();

    /** The next step is that of a run with nothing to process. */
    @ParameterizedTest(name = "{0} prefixes, registered by {1}, recorded {2}, found {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                // seen, registered, recorded,   verdict,   pending, waiting, aside, skipped, next
                "1,      nobody,     nothing,       Ready,     1,       0,       0,     0,       NOTHING_NEW",
                "1,      nobody,     nothing,       Waiting,   0,       1,       0,     0,       NOTHING_NEW",
                "1,      nobody,     nothing,       Gone,      0,       0,       0,     1,       NOTHING_NEW",
                "1,      nobody,     nothing,       Empty,     0,       0,       0,     1,       NOTHING_NEW",
                "1,      nobody,     nothing,       Elsewhere, 0,       0,       0,     1,       NOTHING_NEW",
                "1,      older,      nothing,       Ready,     1,       0,       0,     0,       NOTHING_NEW",
                "1,      older,      nothing,       Unchanged, 0,       0,       0,     0,       NOTHING_NEW",
                "1,      tool,       nothing,       -,         0,       0,       0,     0,       NOTHING_NEW",
                "1,      nobody,     failed,        Ready,     1,       0,       0,     0,       PARTIAL",
                "1,      nobody,     failed,        Waiting,   0,       1,       0,     0,       PARTIAL",
                "0,      nobody,     failed,        Ready,     1,       0,       0,     0,       PARTIAL",
                "1,      nobody,     failed thrice, -,         0,       0,       1,     0,       PARTIAL",
                // the record has to be changed: what is healed is no longer outstanding
                "0,      later,      failed,        -,         0,       0,       0,     0,       REGISTER",
                "1,      later,      failed,        Unchanged, 0,       0,       0,     0,       REGISTER",
                "0,      later,      waived,        -,         0,       0,       0,     0,       REGISTER",
                "1,      nobody,     waived,        Unchanged, 0,       0,       0,     0,       NOTHING_NEW",
                "2,      nobody,     nothing,       -,         0,       0,       0,     2,       NOTHING_NEW",
                // a failure that the conflict hides is to be reported again
                "2,      nobody,     failed,        -,         0,       0,       0,     2,       REGISTER",
                // the registered one of them is in the table
                "2,      later,      failed,        -,         0,       0,       0,     1,       REGISTER",
            })
    void runIsPlanned(
            int seen,
            String registered,
            String recorded,
            String verdict,
            int pending,
            int waiting,
            int setAside,
            int skipped,
            NextStep withoutWork) {
        try (DetectionPlan plan = plan(new Coverage.Part(), recorded)) {
            Optional<WantedPartition> wanted = plan.decide(PlanFixture.observed(seen, registered));
            assertThat(wanted.isPresent()).as("is looked into").isEqualTo(verdict != null);
            wanted.ifPresent(one -> plan.conclude(new Inspected(one.candidate(), verdict(verdict))));

            DetectionResult detected =
                    plan.detected(new VanishedPartitions.NotSought(), new UnverifiedPartitions.NotCounted());

            DetectionCounts counts = detected.report().counts();
            assertThat(detected.candidates().count()).as("pending").isEqualTo(pending);
            assertThat(counts.waiting().count()).as("waiting").isEqualTo(waiting);
            assertThat(counts.setAside().count()).as("set aside").isEqualTo(setAside);
            assertThat(counts.skips().reasons().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("skipped")
                    .isEqualTo(skipped);
            assertThat(counts.found()).as("found").isEqualTo(Math.min(seen, 1));
            assertThat(detected.withoutWork()).isEqualTo(withoutWork);
        }
    }

    @ParameterizedTest(name = "{0}, looked into: {1}")
    @CsvSource({
        "Events, Unchanged, true",
        "Events, Empty,     true",
        "Events, Gone,      true",
        "Events, Ready,     false",
        "Events, Waiting,   false",
        "Events, Elsewhere, false",
        // of a table that is listed nobody asks
        "Part,   Unchanged, false",
        "Whole,  Empty,     false",
    })
    void prefixOfAnEventIsSettledWhenNothingIsLeftToDo(String coverage, String verdict, boolean expected) {
        try (DetectionPlan plan = plan(coverage(coverage), "nothing")) {
            WantedPartition wanted =
                    plan.decide(PlanFixture.observed(1, "nobody")).orElseThrow();

            plan.conclude(new Inspected(wanted.candidate(), verdict(verdict)));

            assertThat(plan.settled()).isEqualTo(expected ? Set.of(HOUR) : Set.of());
        }
    }

    @Test
    void failureThatIsSetAsideIsSettledForEvents() {
        try (DetectionPlan plan = plan(new Coverage.Events(), "failed thrice")) {
            plan.decide(PlanFixture.observed(1, "nobody"));

            assertThat(plan.settled()).containsExactly(HOUR);
        }
    }

    @ParameterizedTest(name = "{0}, registered by {1}: the catalog is asked {2}")
    @CsvSource({
        "Part,   nobody, true",
        "Part,   older,  false",
        "Events, nobody, true",
        "Whole,  nobody, false",
        "From,   nobody, false",
    })
    void catalogIsAskedForWhatWasNotReadOfIt(String coverage, String registered, boolean expected) {
        try (DetectionPlan plan = plan(coverage(coverage), "nothing")) {
            assertThat(plan.isRegistrationUnknown(PlanFixture.observed(1, registered)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void failureIsUnseenUntilItsPartitionIsDecidedOn() {
        try (DetectionPlan plan = plan(new Coverage.Part(), "failed")) {
            assertThat(plan.unseen()).hasSize(1);

            plan.decide(PlanFixture.observed(1, "nobody"));

            assertThat(plan.unseen()).isEmpty();
        }
    }

    @ParameterizedTest(name = "from {0} to {1}, only unregistered ones: {2}, recorded {3}")
    @CsvSource({
        "2013-02-08T07:00, 2013-02-08T08:00, false, failed,      true",
        "2013-02-08T08:00, 2013-02-08T09:00, false, failed,      false",
        "2013-02-08T07:00, 2013-02-08T08:00, false, failed late, true",
        "2013-02-08T07:00, 2013-02-08T08:00, true,  failed,      true",
        "2013-02-08T07:00, 2013-02-08T08:00, true,  failed late, false",
        "2013-02-08T08:00, 2013-02-08T09:00, true,  failed,      false",
    })
    void failureIsTakenUpWithinBounds(
            LocalDateTime from, LocalDateTime to, boolean onlyUnregistered, String recorded, boolean expected) {
        PeriodBounds bounds = new PeriodBounds(PlanFixture.KEYS, from, to);
        TakenUp takenUp = onlyUnregistered ? new TakenUp.UnregisteredWithin(bounds) : new TakenUp.Within(bounds);

        assertThat(takenUp.includes(PlanFixture.record(recorded).outstanding().getFirst()))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, gaps {1}: {2} missing, open {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "Whole,  REPORT,      2, -",
                "Whole,  OUTSTANDING, 2, 2013-02-08T05:00",
                "From,   REPORT,      2, -",
                "Part,   REPORT,      0, -",
                "Part,   OUTSTANDING, 0, -",
                "Events, OUTSTANDING, 0, -",
            })
    void gapsAreLookedForInTheWholeTable(String coverage, Gaps gaps, long missing, String open) {
        SelectionRules plain = PlanFixture.rules(coverage(coverage), new LateData.Filled(), 3);
        SelectionRules rules = new SelectionRules(
                plain.time(),
                plain.zone(),
                plain.coverage(),
                plain.lateData(),
                plain.maxAttempts(),
                plain.takenUp(),
                gaps,
                plain.progress());
        PublishedTableState published =
                new PublishedTableState(PlanFixture.record("nothing"), PlanFixture.KEYS, Map.of(), Map.of());
        try (DetectionPlan plan = new DetectionPlan(
                rules, PlanFixture.INSPECTION, PlanFixture.MAPPING, published, PlanFixture.FOREIGN, skips)) {
            List.of("04", "07")
                    .forEach(hour -> plan.decide(hour(hour))
                            .ifPresent(
                                    wanted -> plan.conclude(new Inspected(wanted.candidate(), new Verdict.Ready()))));

            DetectionResult detected =
                    plan.detected(new VanishedPartitions.NotSought(), new UnverifiedPartitions.NotCounted());

            assertThat(detected.report().counts().missing().count()).isEqualTo(missing);
            assertThat(detected.report().open()).isEqualTo(Optional.ofNullable(open));
            assertThat(detected.report().from().isPresent()).isEqualTo(coverage.equals("From"));
        }
    }

    @Test
    void pendingPartitionsAreCountedByTheirReasons() {
        try (DetectionPlan plan = plan(new Coverage.Part(), "failed")) {
            List.of(PlanFixture.observed(1, "nobody"), hour("09")).forEach(one -> {
                WantedPartition wanted = plan.decide(one).orElseThrow();
                plan.conclude(new Inspected(wanted.candidate(), new Verdict.Ready()));
            });

            DetectionResult detected =
                    plan.detected(new VanishedPartitions.NotSought(), new UnverifiedPartitions.NotCounted());

            assertThat(detected.report().counts().pending().reasons())
                    .isEqualTo(Map.of(Reason.RETRIED, 1L, Reason.NEW, 1L));
        }
    }

    private static ObservedPartition hour(String hour) {
        Partition partition = DetectorFixture.partition("flights/dt=2013-02-08/hour=" + hour + "/", "2013-02-08", hour);
        return new ObservedPartition(
                PlanFixture.FORMS.canonical(partition.values()), List.of(partition), Optional.empty(), true, List.of());
    }

    private DetectionPlan plan(Coverage coverage, String recorded) {
        PublishedTableState published =
                new PublishedTableState(PlanFixture.record(recorded), PlanFixture.KEYS, Map.of(), Map.of());
        return new DetectionPlan(
                PlanFixture.rules(coverage, new LateData.Compared(), 3),
                PlanFixture.INSPECTION,
                PlanFixture.MAPPING,
                published,
                PlanFixture.FOREIGN,
                skips);
    }

    private static Coverage coverage(String word) {
        return switch (word) {
            case "Whole" -> new Coverage.Whole();
            case "From" -> new Coverage.From(LocalDateTime.parse("2013-02-01T00:00"));
            case "Part" -> new Coverage.Part();
            default -> new Coverage.Events();
        };
    }

    private static Verdict verdict(String word) {
        return switch (word) {
            case "Ready" -> new Verdict.Ready();
            case "Unchanged" -> new Verdict.Unchanged();
            case "Gone" -> new Verdict.Gone();
            case "Empty" -> new Verdict.Empty();
            case "Elsewhere" -> new Verdict.LiesElsewhere("flights/somewhere/");
            default -> new Verdict.Waiting("has no _SUCCESS");
        };
    }
}
