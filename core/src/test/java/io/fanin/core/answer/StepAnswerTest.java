package io.fanin.core.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.run.folder.ManifestSummary;
import io.fanin.model.json.Json;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.Tally;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.DetectionSummary;
import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.table.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON of the answers in the state of an execution, and how it is read. */
class StepAnswerTest {

    private static final RunId RUN = new RunId("r");

    private static final String DETECTED =
            "{\"run\":\"r\",\"pass\":0,\"table\":\"a.b\",\"next\":\"PROCESS\",\"manifest\":\"runs/r/m.json\",\"partitions\":2,\"batches\":2,"
                    + "\"reasons\":{\"NEW\":2},\"sample\":[\"NEW hour=1\"],\"found\":24,"
                    + "\"waiting\":1,\"waitingSample\":[\"hour=2: has no _SUCCESS\"],\"setAside\":1,\"setAsideSample\":[\"hour=3\"],"
                    + "\"missing\":3,\"missingSample\":[\"2013-02-07T03:00 to 2013-02-07T04:00\",\"2013-02-08T03:00\"],"
                    + "\"vanished\":1,\"vanishedSample\":[\"hour=4\"],\"vanishedKept\":\"too many\",\"newColumns\":[\"gate string\"],"
                    + "\"unfit\":{\"names\":2,\"example\":\"t/x/\",\"why\":\"no hour\",\"none\":false},"
                    + "\"skipped\":2,\"skippedReasons\":{\"BAD_VALUE\":2},"
                    + "\"skippedSample\":[{\"prefix\":\"t/x/\",\"reason\":\"BAD_VALUE\",\"detail\":\"no hour\"}],\"receipts\":[]}";

    private static final String BUSY =
            "{\"run\":\"r\",\"pass\":0,\"table\":\"a.b\",\"next\":\"BUSY\",\"manifest\":\"runs/r/m.json\",\"partitions\":0,\"batches\":0,"
                    + "\"reasons\":{},\"found\":0,\"waiting\":0,\"setAside\":0,\"missing\":0,\"skipped\":0,\"receipts\":[],\"holder\":\"arn\"}";

    @Test
    void detectorAnswersWithCountsAndTheFirstOfEachKind() {
        assertThat(Json.text(detected())).isEqualTo(DETECTED);
    }

    @Test
    void detectorNamesWhoWorksOnTheTable() {
        assertThat(Json.text(new DetectorAnswer(
                        RUN,
                        "a.b",
                        NextStep.BUSY,
                        Optional.of("runs/r/m.json"),
                        Optional.empty(),
                        ManifestSummary.of(0),
                        DetectionSummary.of(DetectionReport.NONE.counts()),
                        Optional.of("arn"),
                        List.of())))
                .isEqualTo(BUSY);
    }

    static Stream<StepAnswer> answers() {
        return Stream.of(
                detected(),
                new GateAnswer(RUN, 1, "a.b", NextStep.PROCESS, "runs/r/m.json", 3, 1, List.of()),
                registered(Optional.of(DetectionSummary.of(counts()))),
                registered(Optional.empty()),
                new TablesAnswer(RUN, TablesAnswer.Next.PLANNED, "all-tables/r/tables.json", 3, 2, 1, List.of()),
                new TablesSummary(RUN, TableStatus.COMPLETE, Map.of(TableOutcome.BUSY, 1L), 2, 1, "s3://state/x"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerIsReadAsItWasWritten(StepAnswer answer) {
        assertThat(StepAnswer.find(Json.text(answer))).contains(answer);
    }

    @Test
    void receiptsOfAMapAreKeptAsTheyCame() {
        String output = DETECTED.replace("\"receipts\":[]", "\"receipts\":[{\"batch\":0,\"ok\":1,\"failed\":0},null]");

        assertThat(StepAnswer.find(output).map(Json::text)).contains(output);
        assertThat(StepAnswer.find("{\"next\":\"PROCESS\",\"pass\":1,\"receipts\":[null]}"))
                .hasValueSatisfying(
                        answer -> assertThat(((GateAnswer) answer).receipts()).isEqualTo(Arrays.asList((Object) null)));
    }

    @Test
    void aFieldThatAnotherVersionWritesIsIgnoredAndOneThatItLacksIsEmpty() {
        assertThat(StepAnswer.find("{\"table\":\"a.b\",\"next\":\"NOTHING_NEW\",\"later\":{\"a\":[1]}}"))
                .contains(new DetectorAnswer(
                        null,
                        "a.b",
                        NextStep.NOTHING_NEW,
                        Optional.empty(),
                        Optional.empty(),
                        ManifestSummary.of(0),
                        DetectionSummary.NONE,
                        Optional.empty(),
                        null));
        assertThat(StepAnswer.find("{\"status\":\"COMPLETE\",\"registered\":3}"))
                .hasValueSatisfying(answer -> assertThat(((TableCreatorAnswer) answer).counts())
                        .isEqualTo(new RunCounts(
                                3,
                                0,
                                0,
                                0L,
                                OptionalLong.empty(),
                                RunCounts.Exempt.NONE,
                                OptionalLong.empty(),
                                RunCounts.Gone.NONE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "null",
                "[1]",
                "{}",
                "{\"found\":1}",
                "{\"next\":\"ANOTHER\"}",
                "{\"status\":\"ANOTHER\"}",
                "{\"status\":\"COMPLETE\",\"registered\":\"many\"}",
                "{\"next\":\"PROCESS\",\"skippedReasons\":{\"ANOTHER\":1}}"
            })
    void whatIsNoAnswerIsNotTakenForOne(String output) {
        assertThat(StepAnswer.find(output)).isEmpty();
    }

    private static TableCreatorAnswer registered(Optional<DetectionSummary> detection) {
        RunCounts counts = new RunCounts(
                23,
                1,
                2,
                1L,
                OptionalLong.of(4),
                new RunCounts.Exempt(OptionalLong.of(5), OptionalLong.of(8)),
                OptionalLong.of(6),
                new RunCounts.Gone(OptionalLong.of(7), OptionalLong.empty()));
        return new TableCreatorAnswer(
                RUN,
                1,
                "a.b",
                TableStatus.PARTIAL,
                OnPartial.SUCCEED,
                counts,
                new TableCreatorAnswer.Links(
                        Optional.of("s3://state/q/"), "s3://state/report.json", UnmatchedNames.NONE, Optional.empty()),
                detection);
    }

    private static DetectorAnswer detected() {
        return new DetectorAnswer(
                RUN,
                "a.b",
                NextStep.PROCESS,
                Optional.of("runs/r/m.json"),
                Optional.empty(),
                ManifestSummary.of(2),
                DetectionSummary.of(counts()),
                Optional.empty(),
                List.of());
    }

    private static DetectionCounts counts() {
        return new DetectionCounts(
                24,
                20,
                new DetectionCounts.Pending(
                        Map.of(Reason.NEW, 2L), List.of(new Plan.Planned(Reason.NEW, "hour=1", "t/hour=1/"))),
                new Tally(1, List.of(new PartitionLabel("hour=2", "t/hour=2/", "has no _SUCCESS"))),
                new Tally(1, List.of(new PartitionLabel("hour=3", "t/hour=3/", ""))),
                new MissingPeriods(
                        3,
                        List.of(
                                new MissingPeriods.Stretch("2013-02-07T03:00", "2013-02-07T04:00", 2),
                                new MissingPeriods.Stretch("2013-02-08T03:00", "2013-02-08T03:00", 1))),
                new DetectionCounts.Skips(
                        Map.of(SkipReason.BAD_VALUE, 2L), List.of(new Skip("t/x/", SkipReason.BAD_VALUE, "no hour"))),
                new CatalogChanges(
                        Optional.of(new Vanished(
                                1,
                                List.of(new PartitionLabel("hour=4", "t/hour=4/", "")),
                                0,
                                Optional.empty(),
                                Optional.of("too many"))),
                        List.of(new Column("gate", "string"))));
    }
}
