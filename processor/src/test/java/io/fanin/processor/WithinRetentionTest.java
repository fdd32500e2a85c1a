package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.PartitionResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Late data of an hour that was made of raw objects of noon, the 10th of February. */
class WithinRetentionTest extends BatchTest {

    private Instant made;

    @BeforeEach
    void lateData() {
        spec("{\"mode\": \"list\"}", "");
        made = fixture.clock.instant();
    }

    private void spec(String detection, String more) {
        fixture.writeSpec("""
                {"database": "analytics", "table": "flights", "location": "s3://lake/flights/", "format": "parquet",
                 "columns": [{"name": "carrier", "type": "string"}], "partitionKeys": [{"name": "hour", "type": "int"}],
                 "source": {"location": "s3://landing/flights/", "format": "json"}, "layout": "hive",
                 "processor": {"type": "convert"}, "onPartial": "fail", %s "detection": %s}
                """.formatted(more, detection));
    }

    private void rule(int days) {
        fixture.s3.expireAfter("landing", "flights/", days);
    }

    private void write(String name) {
        fixture.s3.put("landing", BatchFixture.prefix(7) + name, "{\"carrier\": \"AA\"}\n");
    }

    private PartitionResult process() throws IOException {
        Partition partition =
                new Partition(PartitionValues.of("7"), BatchFixture.prefix(7), Optional.of(BatchFixture.prefix(7)));
        fixture.receipt(List.of(partition.madeOf(made)));
        return fixture.results().getFirst();
    }

    /** The last day is reserved for making the partition, since S3 may delete objects at any moment from then on. */
    @ParameterizedTest(name = "a rule of {0} days, {1} later: {2}")
    @CsvSource({
        "30, P28DT23H59M, Processed",
        "30, P29D,        Failed",
        "30, P31D,        Failed",
        "2,  PT23H59M,    Processed",
        "2,  P1D,         Failed",
        "1,  PT23H59M,    Processed",
        "1,  P1D,         Failed",
        "0,  P4000D,      Processed"
    })
    void partitionIsMadeOnlyWhileAllIsThereThatItWasMadeOf(int days, Duration later, String expected)
            throws IOException {
        if (days > 0) {
            rule(days);
        }
        fixture.clock.advance(later);
        write("late.json");

        assertThat(process().getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void failureSaysWhatHasExpired() throws IOException {
        rule(30);
        fixture.clock.advance(Duration.ofDays(31));
        write("late.json");

        assertFailed(
                process(),
                "RawDataExpired",
                "s3://landing/flights/hour=7/ has changed, or begun to expire, since a lifecycle rule deletes its objects after 30 days",
                "are of 2013-02-10T12:00:00Z and later");
        assertThat(fixture.s3.keys("lake")).isEmpty();
    }

    /** The rule's number of days follows from an object of any age, even one written at midnight. */
    @ParameterizedTest
    @CsvSource({"2013-03-10T00:00:00Z, Processed", "2013-03-10T23:59:59Z, Processed", "2013-03-11T12:00:00Z, Failed"})
    void daysOfTheRuleAreThoseOfAnyObject(Instant written, String expected) throws IOException {
        rule(30);
        fixture.clock.set(written);
        write("late.json");

        assertThat(process().getClass().getSimpleName()).isEqualTo(expected);
    }

    /** All data has expired, but not yet the marker that Spark writes beside it: the folder does not count as empty. */
    @Test
    void emptyFolderIsNotRegisteredInPlaceOfWhatHasExpired() throws IOException {
        spec("{\"mode\": \"list\"}", "\"onEmpty\": \"register\",");
        rule(30);
        fixture.clock.advance(Duration.ofDays(31));
        write("_SUCCESS");

        assertFailed(process(), "RawDataExpired", "it stays as it was made");
    }

    /** Rules may apply only to objects of some size, or with a tag. */
    @Test
    void objectWithDataIsAsked() throws IOException {
        fixture.s3.expireAfter("landing", BatchFixture.prefix(7) + "late", 30);
        fixture.clock.advance(Duration.ofDays(31));
        write("late.json");
        fixture.clock.advance(Duration.ofMinutes(1));
        write("_SUCCESS");

        assertFailed(process(), "RawDataExpired", "it stays as it was made");
    }

    /** Another attempt finds the remaining objects. */
    @Test
    void objectThatIsDeletedBeforeItIsAskedAboutTellsNothing() throws IOException {
        rule(30);
        write("a.json");
        fixture.clock.advance(Duration.ofDays(40));
        fixture.s3.faults().on("HeadObject").thenRun(() -> fixture.s3.expire("landing"));

        assertFailed(process(), "Vanished", "hour=7/a.json was deleted while being read");
    }

    @Test
    void namedPartitionIsMadeOfWhatIsThere() throws IOException {
        spec("{\"mode\": \"partitions\", \"partitions\": [\"hour=7\"]}", "");
        rule(30);
        fixture.clock.advance(Duration.ofDays(31));
        write("late.json");

        assertProcessed(process(), 1);
    }

    /** One request to list objects, and one for an expiry. */
    @ParameterizedTest
    @CsvSource({"PT23H, 1, 0", "P2D, 2, 1"})
    void askingTakesTwoRequestsAfterADay(Duration later, int lists, int heads) throws IOException {
        rule(30);
        fixture.clock.advance(later);
        write("late.json");

        assertProcessed(process(), 1);

        assertThat(fixture.s3.log().calls("ListObjectsV2"))
                .filteredOn(call -> call.target().startsWith("landing/"))
                .hasSize(lists);
        assertThat(fixture.s3.log().calls("HeadObject"))
                .filteredOn(call -> call.target().startsWith("landing/"))
                .hasSize(heads);
    }
}
