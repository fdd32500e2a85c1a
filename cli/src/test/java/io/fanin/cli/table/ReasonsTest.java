package io.fanin.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.record.TableRecord;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.detection.DetectionReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonsTest {

    private static final Instant NOW = Instant.parse("2026-03-31T12:30:15Z");

    private static final List<PartitionKey> KEYS =
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"Europe/Berlin, 2, true", "Europe/Berlin, 3, false", "UTC, 2, false"})
    void hourThatClocksSkipIsExplained(String zone, String hour, boolean isSkipped) {
        TableRecord record = Json.read("""
            {"version": 1, "outstanding": [],
             "basis": {"location": "s3://lake/flights/", "layout": "hive", "keys": [], "timeZone": "%s"}}
            """.formatted(zone), TableRecord.class, "state.json");
        DetectionReport seen = seen("");

        List<String> reasons = reasons(KEYS, record, Optional.of(seen), List.of())
                .of(KnownPartition.unprocessed(PartitionValues.of("2026-03-29", hour)), Set.of(), false);

        assertThat(reasons.contains(
                        "Skipped by the clocks of Europe/Berlin: it is never missing, and registered like any"
                                + " other if it has data."))
                .isEqualTo(isSkipped);
    }

    @ParameterizedTest
    @CsvSource({"3, No period of the table begins then", "6, Missing"})
    void hourInsideOfPeriodIsNotMissing(String hour, String expected) {
        List<PartitionKey> everySixHours = List.of(KEYS.get(0), KEYS.get(1).every(6));
        TableRecord record = Json.read("{\"version\": 1, \"outstanding\": []}", TableRecord.class, "state.json");
        DetectionReport seen = seen(",\"missing\":{\"count\":2,\"sample\":"
                + "[{\"first\":\"2026-03-29T00:00\",\"last\":\"2026-03-29T06:00\",\"count\":2}]}");

        List<String> reasons = reasons(everySixHours, record, Optional.of(seen), List.of())
                .of(KnownPartition.unprocessed(PartitionValues.of("2026-03-29", hour)), Set.of(), false);

        assertThat(reasons)
                .filteredOn(reason -> reason.startsWith("No period") || reason.startsWith("Missing"))
                .singleElement()
                .asString()
                .startsWith(expected);
    }

    /** A folder {@code hour=07} and a registration of {@code 7} are one partition. */
    @ParameterizedTest
    @ValueSource(strings = {"7", "07"})
    void emptyPartitionIsKnownInEverySpelling(String hour) {
        TableRecord record = Json.read(
                "{\"version\": 1, \"outstanding\": [], \"empty\": [[\"2026-03-29\", \"7\"]]}",
                TableRecord.class,
                "state.json");

        List<String> reasons = reasons(KEYS, record, Optional.empty(), List.of())
                .of(KnownPartition.unprocessed(PartitionValues.of("2026-03-29", hour)), Set.of(), false);

        assertThat(reasons).anyMatch(reason -> reason.startsWith("Empty: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "07"})
    void vanishedOrWaitingPartitionIsKnownInEverySpelling(String hour) {
        TableRecord record = Json.read("{\"version\": 1, \"outstanding\": []}", TableRecord.class, "state.json");
        DetectionReport seen = seen(",\"waiting\":{\"count\":1,\"sample\":"
                + "[{\"partition\":\"dt=2026-03-29/hour=7\",\"prefix\":\"p/\",\"detail\":\"no marker\"}]}");
        List<PartitionLabel> vanished = List.of(new PartitionLabel("dt=2026-03-29/hour=7", "p/", ""));

        List<String> reasons = reasons(KEYS, record, Optional.of(seen), vanished)
                .of(KnownPartition.unprocessed(PartitionValues.of("2026-03-29", hour)), Set.of(), false);

        assertThat(reasons)
                .contains("Waiting, as run flights-1 saw it: no marker")
                .anyMatch(reason -> reason.startsWith("Vanished: "));
    }

    private static Reasons reasons(
            List<PartitionKey> keys,
            TableRecord record,
            Optional<DetectionReport> seen,
            List<PartitionLabel> vanished) {
        return new Reasons(keys, record, NOW, Optional.of("flights-1"), seen, vanished, Optional.empty());
    }

    /** The last run that changed the table may be days old, and has no information about newer data. */
    @ParameterizedTest
    @CsvSource({"2026-03-29, 23, false", "2026-04-02, 7, true"})
    void onlyWhatNoClockHasReachedIsInTheFuture(String date, String hour, boolean isFuture) {
        TableRecord record = Json.read("{\"version\": 1, \"outstanding\": []}", TableRecord.class, "state.json");

        List<String> reasons = reasons(KEYS, record, Optional.of(seen(",\"horizon\":\"2026-03-28T20:00\"")), List.of())
                .of(KnownPartition.unprocessed(PartitionValues.of(date, hour)), Set.of(), false);

        assertThat(reasons.contains("In the future: it is 2026-04-02T07:00 in no time zone yet."))
                .isEqualTo(isFuture);
        assertThat(reasons).hasSize(isFuture ? 1 : 0);
    }

    /** A report of one partition that is not registered, with more members. */
    private static DetectionReport seen(String more) {
        return Json.read(
                "{\"found\":1,\"registered\":0,\"skipped\":{},\"skippedSample\":[]" + more + "}",
                DetectionReport.class,
                "detection");
    }
}
