package io.fanin.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.failure.StandingRegistration;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.run.detection.UnverifiedCount;
import io.fanin.model.run.waiver.Waiver;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TableRecordFieldsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static final OutstandingFailure FAILURE = new OutstandingFailure(
            new Partition(PartitionValues.of("1"), "flights/hour=1/"),
            1,
            new Failure(FailureCode.TRUNCATED, "message"),
            new RunId("r1"),
            0,
            StandingRegistration.NONE,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private static final TableRecord EVERYTHING = new TableRecord(
            TableRecord.VERSION,
            List.of(FAILURE),
            RecordedProgress.NONE.withOpen("2026-11-20T07:00"),
            OptionalLong.of(3),
            Optional.of(new RecordedRun(new RunId("r1"), "s3://state/runs/r1/", 23)),
            Optional.of("s3://lake/flights/"),
            List.of(PartitionValues.of("2")),
            List.of(PartitionValues.of("3")),
            List.of(new RecordedWaiver(
                    new Waiver(
                            new Partition(PartitionValues.of("4"), "flights/hour=4/"),
                            "never written",
                            "jane",
                            NOON,
                            Optional.empty(),
                            new Inventory(0, 0, Optional.empty(), "")),
                    Optional.empty())),
            Optional.of(NOON),
            Optional.of(new UnfitNames(1, "flights/tmp/", "does not match the layout", false, Optional.empty())),
            Optional.of(new UnverifiedCount(Optional.empty(), UnverifiedCount.Share.NONE, UnverifiedCount.Share.NONE)),
            Map.of("sns", new SentNotice(NOON, NOON, 1, "state", List.of("Truncated"))));

    @Test
    void changedRecordKeepsEverythingElse() {
        assertThat(Arrays.stream(TableRecord.class.getRecordComponents())
                        .filter(component -> !component.getName().equals("version")))
                .allSatisfy(component -> assertThat(component.getAccessor().invoke(EVERYTHING))
                        .as("the example has something in %s", component.getName())
                        .isNotEqualTo(component.getAccessor().invoke(TableRecord.NEW)));

        assertThat(new TableRecordFields(EVERYTHING).record()).isEqualTo(EVERYTHING);
    }
}
