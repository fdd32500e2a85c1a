package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.DetectorFixture.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.record.Waivers;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.waiver.Waiver;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.SpecException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An execution that gives partitions up, or takes that back. */
class WaivingTest {

    private static final Partition H7 = partition("flights/dt=2026-11-18/hour=7/", "2026-11-18", "7");
    private static final String NAME = "dt=2026-11-18/hour=7";

    private final DetectorFixture fixture = new DetectorFixture().oneOfTwoFailed();

    static String waive(String partition) {
        return waive(partition, "");
    }

    static String waive(String partition, String more) {
        return NAMES + ", 'waive': [{'partition': " + partition + ", 'reason': 'lost at the source', 'by': 'ada'" + more
                + "}]";
    }

    /** Applies the run's change of waivers. */
    private void concluded(String run) {
        WaiverChange change = fixture.run(run).start().orElseThrow().waiversOrNone();
        EquivalentValues forms = new EquivalentValues(
                fixture.catalog.table(FLIGHTS).orElseThrow().keys());
        fixture.record(record -> Waivers.changed(record, change, forms, new RunId(run)))
                .published();
    }

    private List<Waiver> waivers() {
        return fixture.run().start().orElseThrow().waiversOrNone().waive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'dt=2026-11-18/hour=7'", "'dt=2026-11-18/hour=07'", "['2026-11-18', 7]"})
    void partitionIsWaivedAndNothingProcessed(String partition) {
        DetectorAnswer answer = fixture.detect(waive(partition, ", 'until': '2026-12-01T00:00:00+01:00'"));

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(fixture.work()).isEmpty();
        assertThat(waivers()).singleElement().satisfies(waiver -> {
            assertThat(waiver.partition()).isEqualTo(H7);
            assertThat(waiver.reason()).isEqualTo("lost at the source");
            assertThat(waiver.by()).isEqualTo("ada");
            assertThat(waiver.at()).isEqualTo(Instant.parse("2026-11-20T10:00:00Z"));
            assertThat(waiver.until()).hasValue(Instant.parse("2026-11-30T23:00:00Z"));
            assertThat(waiver.inventory().files()).isEqualTo(1);
        });
    }

    /** By name, it has the last run's spec: what is the table's own may have been changed since. */
    @Test
    void partitionIsWaivedWhereItLiesNow() {
        fixture.detect("earlier", json("{" + NAMES + "}"));
        fixture.alterParameter("fanin.layout", "${dt}/${hour}");
        fixture.aws.s3().delete("lake", H7.prefix() + "part-0.json");
        fixture.data("2026-11-18/7");

        fixture.detect(waive("'" + NAME + "'"));

        assertThat(fixture.run().spec().definition().layout()).isEqualTo("${dt}/${hour}");
        assertThat(waivers()).singleElement().satisfies(waiver -> {
            assertThat(waiver.partition().prefix()).isEqualTo("flights/2026-11-18/7/");
            assertThat(waiver.inventory().files()).isEqualTo(1);
        });
    }

    @Test
    void columnThatWasRemovedStaysRemoved() {
        fixture.detect(
                "earlier",
                json("{" + NAMES + ", 'onNewColumns': 'append', 'columns': [{'name': 'carrier', 'type': 'string'},"
                        + " {'name': 'delay', 'type': 'int'}, {'name': 'extra', 'type': 'string'}]}"));

        fixture.detect(waive("'" + NAME + "'"));

        assertThat(fixture.detection().orElseThrow().counts().changes().newColumns())
                .isEmpty();
    }

    @Test
    void nothingIsListedButWhatIsWaived() {
        fixture.quiet();

        fixture.detect(waive("'" + NAME + "'"));

        assertThat(fixture.listed()).containsExactly("lake/flights/dt=2026-11-18/", "lake/" + H7.prefix());
    }

    @Test
    void waivedTwiceIsNothingNew() {
        fixture.detect("r0", json("{" + waive("'" + NAME + "'") + "}"));
        concluded("r0");

        assertThat(fixture.detect(waive("'" + NAME + "'")).next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(fixture.detect("r2", json("{" + waive("'" + NAME + "'", ", 'until': '2027-01-01T00:00:00Z'") + "}"))
                        .next())
                .isEqualTo(NextStep.REGISTER);
    }

    @Test
    void invokedTwiceItAnswersTheSame() {
        DetectorAnswer first = fixture.detect(waive("'" + NAME + "'"));
        fixture.aws.s3().put("lake", H7.prefix() + "part-1.json", "{}");

        assertThat(fixture.detect(waive("'" + NAME + "'"))).isEqualTo(first);
        assertThat(waivers().getFirst().inventory().files()).isEqualTo(1);
    }

    @Test
    void whileAnotherIsAtWorkTheTableIsBusy() {
        fixture.running.add("arn:r0");
        fixture.detect("r0", json("{" + waive("'" + NAME + "'") + "}"));

        assertThat(fixture.detect(waive("'" + NAME + "'")).next()).isEqualTo(NextStep.BUSY);
    }

    @Test
    void whatFailedAfterItWasRegisteredCanBeWaived() {
        fixture.failedStanding("flights/dt=2026-11-18/hour=8/", "2026-11-18", "8");

        assertThat(fixture.detect(waive("'dt=2026-11-18/hour=8'")).next()).isEqualTo(NextStep.REGISTER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'waive': []                                                          | $.waive: expected at least one partition",
                "'waive': 'x'                                                         | $.waive: expected an array, found 'x'",
                "'waive': [{'partition': 'dt=2026-11-18', 'reason': 'x', 'by': 'y'}]  | $.waive[0].partition: expected dt=<date>/hour=<int>, found 'dt=2026-11-18'",
                "'waive': [{'partition': 'dt=2026-11-18/hour=7', 'by': 'y'}]          | $.waive[0].reason: is missing",
                "'waive': [{'partition': 'dt=2026-11-18/hour=7', 'reason': ' ', 'by': 'y'}] | $.waive[0].reason: expected a text of at most 500 characters",
                "'waive': [{'partition': 'dt=2026-11-18/hour=7', 'reason': 'x'}]      | $.waive[0].by: is missing",
                "'waive': [{'partition': 'dt=2026-11-18/hour=7', 'reason': 'x', 'by': 'y', 'until': 'soon'}] | $.waive[0].until: expected a moment such as",
                "'waive': [{'partition': 'dt=2026-11-18/hour=7', 'reason': 'x', 'by': 'y', 'until': '2026-11-20T10:00:00Z'}] | $.waive[0].until: expected a moment after 2026-11-20T10:00:00Z",
                "'waive': [{'partition': 'dt=2026-11-18/hour=7', 'reason': 'x', 'by': 'y'}, {'partition': 'dt=2026-11-18/hour=07', 'reason': 'x', 'by': 'y'}] | $.waive[1].partition: dt=2026-11-18/hour=07 is named twice",
                "'waive': [{'partition': 'dt=2026-11-18/hour=8', 'reason': 'x', 'by': 'y'}] | $.waive[0].partition: dt=2026-11-18/hour=8 is registered",
                "'waive': [{'partition': 'dt=2026-11-18/hour=7', 'reason': 'x', 'by': 'y'}], 'unwaive': ['dt=2026-11-18/hour=07'] | $.unwaive[0]: dt=2026-11-18/hour=07 is waived by the same input",
                "'unwaive': ['hour=7']                                                | $.unwaive[0]: expected dt=<date>/hour=<int>",
                "'unwaive': [{}]                                                      | $.unwaive[0]: expected a name such as",
            })
    void whatCannotBeWaivedIsRefused(String fields, String message) {
        assertThatThrownBy(() -> fixture.detect(NAMES + ", " + fields))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(message);
        assertThat(fixture.stored("runs/r1/spec.json")).isEmpty();
    }

    @Test
    void partitionAtTwoPrefixesIsRefused() {
        fixture.data("dt=2026-11-18/hour=9", "dt=2026-11-18/hour=09");

        assertThatThrownBy(() -> fixture.detect(waive("'dt=2026-11-18/hour=9'")))
                .hasMessageContaining("lies at more than one prefix: flights/dt=2026-11-18/hour=09/, ");
    }

    @Test
    void tableThatIsNotThereIsRefused() {
        fixture.dropTable();

        assertThatThrownBy(() -> fixture.detect(waive("'" + NAME + "'")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$.table: expected a table of the catalog, and it has no analytics.flights");
    }

    @Test
    void noMoreThanAThousandAreWaived() {
        String all = IntStream.rangeClosed(0, 1000)
                .mapToObj(hour -> "{'partition': ['%s', %d], 'reason': 'x', 'by': 'y'}"
                        .formatted(LocalDate.of(2025, 1, 1).plusDays(hour / 24), hour % 24))
                .collect(Collectors.joining(", "));

        assertThatThrownBy(() -> fixture.detect(NAMES + ", 'waive': [" + all + "]"))
                .hasMessageContaining("$.waive: expected at most 1000 waived partitions of a table, found 1001");
    }

    @Test
    void whatWasNeverSeenCanBeWaived() {
        fixture.detect(waive("'dt=2026-11-18/hour=9'"));

        assertThat(waivers()).singleElement().satisfies(waiver -> {
            assertThat(waiver.partition().prefix()).isEqualTo("flights/dt=2026-11-18/hour=9/");
            assertThat(waiver.inventory().files()).isZero();
        });
    }

    /** One has failed there while another layout was stated, by which the folder had other values. */
    @Test
    void partitionsOfOneFolderAreWaivedTogether() {
        fixture.outstanding(H7.prefix(), "2026-11-17", "9");

        fixture.detect(NAMES + ", 'waive': [{'partition': '" + NAME + "', 'reason': 'x', 'by': 'y'},"
                + " {'partition': 'dt=2026-11-17/hour=9', 'reason': 'x', 'by': 'y'}]");

        assertThat(waivers())
                .extracting(Waiver::partition)
                .containsExactly(H7, partition(H7.prefix(), "2026-11-17", "9"));
    }

    @Test
    void partitionWithinAnotherIsWaivedWithItsContent() {
        fixture.data("dt=2026-11-18/hour=7/data").outstanding(H7.prefix() + "data/", "2026-11-17", "9");

        fixture.detect(NAMES + ", 'waive': [{'partition': '" + NAME + "', 'reason': 'x', 'by': 'y'},"
                + " {'partition': 'dt=2026-11-17/hour=9', 'reason': 'x', 'by': 'y'}]");

        assertThat(waivers()).extracting(waiver -> waiver.inventory().files()).containsExactly(2L, 1L);
    }

    @Test
    void specOfTheLastRunCounts() {
        fixture.detect("earlier", json("{" + NAMES + ", 'onPartial': 'succeed', 'detection': {'mode': 'full'}}"));

        fixture.detect(waive("'" + NAME + "'"));

        assertThat(fixture.run().spec()).isEqualTo(fixture.run("earlier").spec());
    }

    @Test
    void waiverIsTakenBackWhereThereIsOne() {
        fixture.detect("r0", json("{" + waive("'" + NAME + "'") + "}"));
        concluded("r0");

        assertThat(fixture.detect("r2", json("{" + NAMES + ", 'unwaive': ['dt=2026-11-18/hour=8']}"))
                        .next())
                .isEqualTo(NextStep.NOTHING_NEW);
        assertThat(fixture.detect(NAMES + ", 'unwaive': ['dt=2026-11-18/hour=07']")
                        .next())
                .isEqualTo(NextStep.REGISTER);
        assertThat(fixture.run().start().orElseThrow().waiversOrNone().unwaive())
                .containsExactly(H7.values());
    }

    @Test
    void planOfAWaiverChangesNothing() {
        DetectorAnswer answer = fixture.detect(waive("'" + NAME + "'") + ", 'dryRun': true");

        assertThat(answer.next()).isEqualTo(NextStep.PLANNED);
        assertThat(fixture.run().plan().orElseThrow().next()).isEqualTo(NextStep.REGISTER);
    }
}
