package io.fanin.core.history;

import static io.fanin.core.history.PassFixture.ENDED;
import static io.fanin.core.history.PassFixture.HOURS;
import static io.fanin.core.history.PassFixture.REGIONS;
import static io.fanin.core.history.PassFixture.deregistering;
import static io.fanin.core.history.PassFixture.hours;
import static io.fanin.core.history.PassFixture.moment;
import static io.fanin.core.history.PassFixture.pass;
import static io.fanin.core.history.PassFixture.region;
import static io.fanin.core.history.PassFixture.registered;
import static io.fanin.core.history.PassFixture.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The periods in a calendar after passes have registered and deregistered partitions. */
class CalendarTest {

    @Test
    void registeredHoursAreLettersOfTheirDay() {
        Calendar calendar = Calendar.NEW.after(pass("r1", hours("2013-02-08T10:00", 3)));

        assertThat(calendar.rows()).isEqualTo(Map.of("2013-02-08", "..........RRR..........."));
        assertThat(calendar.runs()).singleElement().satisfies(run -> {
            assertThat(run.run()).isEqualTo(new RunId("r1"));
            assertThat(run.periods())
                    .containsExactly(new Calendar.Stretch(moment("2013-02-08T10:00"), moment("2013-02-08T12:00")));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "year; month; day; hour; minute, 2013;02;08;17;45, 2013-02-08T17, 45, 60",
        "year; month; day, 2013;02;08, 2013-02, 7, 31",
        "year; month, 2013;02, 2013, 1, 12",
        "year, 2013, 201, 3, 10",
    })
    void finestPeriodSaysWhatARowIs(String names, String values, String row, int place, int width) {
        List<PartitionKey> keys = List.of(names.split("; ")).stream()
                .map(name -> new PartitionKey(name, KeyType.INT))
                .toList();
        PartitionValues partition = PartitionValues.of(values.split(";"));

        Calendar calendar = Calendar.NEW.after(pass("r1", 0, keys, List.of(registered(partition, false))));

        assertThat(calendar.rows()).hasSize(1).hasEntrySatisfying(row, letters -> {
            assertThat(letters).hasSize(width);
            assertThat(letters.indexOf('R')).isEqualTo(place);
        });
    }

    @Test
    void samePassTwiceChangesNothing() {
        Calendar once = Calendar.NEW.after(pass("r1", hours("2013-02-08T10:00", 3)));

        assertThat(once.after(pass("r1", hours("2013-02-08T20:00", 3)))).isSameAs(once);
    }

    @Test
    void laterPassAddsToItsRun() {
        Calendar calendar = Calendar.NEW
                .after(pass("r1", 0, HOURS, hours("2013-02-08T10:00", 2)))
                .after(pass("r1", 1, HOURS, hours("2013-02-08T12:00", 1)));

        assertThat(calendar.runs())
                .singleElement()
                .satisfies(run -> assertThat(run.periods())
                        .containsExactly(new Calendar.Stretch(moment("2013-02-08T10:00"), moment("2013-02-08T12:00"))));
    }

    @Test
    void laterPassAddsToItsRunOfLongerPeriods() {
        List<PartitionKey> quarters = List.of(
                new PartitionKey("dt", KeyType.DATE),
                new PartitionKey("hour", KeyType.INT),
                new PartitionKey("minute", KeyType.INT).every(15));
        Calendar calendar = Calendar.NEW
                .after(pass("r1", 0, quarters, quarters(0, 24)))
                .after(pass("r1", 1, quarters, quarters(24, 25)));

        assertThat(calendar.runs())
                .singleElement()
                .satisfies(run -> assertThat(run.periods())
                        .containsExactly(new Calendar.Stretch(moment("2013-02-08T00:00"), moment("2013-02-08T06:00"))));
    }

    private static List<PassPeriods.Registered> quarters(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> PartitionValues.of("2013-02-08", "%02d".formatted(i / 4), "%02d".formatted(i % 4 * 15)))
                .map(values -> registered(values, false))
                .toList();
    }

    @Test
    void partitionProcessedAgainIsLate() {
        Calendar calendar = Calendar.NEW
                .after(pass("r1", hours("2013-02-08T10:00", 3)))
                .after(pass("r2", 0, HOURS, List.of(registered(PartitionValues.of("2013-02-08", "11"), true))));

        assertThat(calendar.rows()).containsEntry("2013-02-08", "..........RLR...........");
    }

    @Test
    void deregisteredPeriodIsForgotten() {
        Calendar calendar = Calendar.NEW
                .after(pass("r1", hours("2013-02-08T10:00", 2)))
                .after(deregistering("r2", HOURS, "2013-02-08", "10"));

        assertThat(calendar.rows()).containsEntry("2013-02-08", "...........R............");
    }

    @Test
    void periodOfOtherPartitionsIsNotForgotten() {
        List<PartitionKey> keys = List.of(HOURS.get(0), HOURS.get(1), REGIONS.get(0));
        PartitionValues values = PartitionValues.of("2013-02-08", "10", "eu");

        Calendar calendar = Calendar.NEW
                .after(pass("r1", 0, keys, List.of(registered(values, false))))
                .after(deregistering("r2", keys, "2013-02-08", "10", "eu"));

        assertThat(calendar.rows()).containsKey("2013-02-08");
    }

    @Test
    void anotherTableOfTheSameNameStartsEmpty() {
        Calendar before = Calendar.NEW.after(pass("r1", hours("2013-02-07T10:00", 1)));
        PassPeriods pass = pass("r2", hours("2013-02-08T10:00", 1));

        Calendar calendar = before.after(new PassPeriods(
                pass.run(),
                0,
                ENDED,
                scope(HOURS, "2013-02-08T00:00:00Z"),
                HOURS,
                pass.registered(),
                List.of(),
                pass.detection()));

        assertThat(calendar.rows()).containsOnlyKeys("2013-02-08");
    }

    @Test
    void documentIsReadAsItWasWritten() {
        Calendar calendar = Calendar.NEW
                .after(pass("r1", hours("2013-02-08T10:00", 3)))
                .after(pass("r2", 0, REGIONS, List.of(region("eu", 9))));

        assertThat(Json.read(Json.text(calendar), Calendar.class, "calendar.json"))
                .isEqualTo(calendar);
    }
}
