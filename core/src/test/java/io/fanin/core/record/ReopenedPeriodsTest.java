package io.fanin.core.record;

import static io.fanin.core.record.WatermarkFixture.BASIS;
import static io.fanin.core.record.WatermarkFixture.COUNTING;
import static io.fanin.core.record.WatermarkFixture.CREATED;
import static io.fanin.core.record.WatermarkFixture.FIRST;
import static io.fanin.core.record.WatermarkFixture.FLIGHTS;
import static io.fanin.core.record.WatermarkFixture.LISTING;
import static io.fanin.core.record.WatermarkFixture.PART;
import static io.fanin.core.record.WatermarkFixture.hours;
import static io.fanin.core.record.WatermarkFixture.look;
import static io.fanin.core.record.WatermarkFixture.moment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Periods at which the next scan has to look once more: their data is gone, or their waivers have ended. */
class ReopenedPeriodsTest {

    /** Complete through hour 9 by a scan that counts missing periods. */
    private static final TableRecord COUNTED = COUNTING.advanced(TableRecord.NEW, hours("0-9"), look(null, null));

    /** The same by a scan that does not. */
    private static final TableRecord UNCOUNTED = LISTING.advanced(TableRecord.NEW, hours("0-9"), look(null, null));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // hours that are gone; open, and reopened where missing periods count
                "4-6,   4",
                "9-12,  9",
                "10-12, -",
                "-,     -",
            })
    void hoursWhoseDataIsGoneAreOpenUpToTheNewest(String gone, Integer first) {
        TableRecord whereCounted = COUNTING.reopening(COUNTED, hours(gone));
        TableRecord whereNot = LISTING.reopening(UNCOUNTED, hours(gone));

        assertThat(whereCounted.progress().open()).isEqualTo(moment(first));
        assertThat(whereCounted.progress().reopened()).isEqualTo(moment(first));
        assertThat(whereNot.progress().open()).isEqualTo(moment(first));
        assertThat(whereNot.progress().reopened()).isEmpty();
        assertThat(whereNot.progress().completeThrough())
                .isEqualTo(moment(first == null ? Integer.valueOf(9) : Integer.valueOf(first - 1)));
        assertThat(LISTING.reopening(COUNTED, hours(gone)).progress().reopened())
                .as("other runs have counted them")
                .isEqualTo(moment(first));
    }

    /** As partitions are taken from the catalog that the next run makes again. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // open, left open; open then
                "-, 4,  4",
                "3, 4,  3",
                "5, 4,  4",
                "-, 9,  9",
                "-, 10, -",
            })
    void periodThatIsLeftOpenIsOpenUpToTheNewest(Integer open, int left, Integer first) {
        TableRecord before = open == null ? UNCOUNTED : LISTING.leavingOpen(UNCOUNTED, FIRST.plusHours(open));

        TableRecord after = LISTING.leavingOpen(before, FIRST.plusHours(left));

        assertThat(after.progress().open()).isEqualTo(moment(first));
        assertThat(after.progress().completeThrough())
                .isEqualTo(moment(first == null ? Integer.valueOf(9) : Integer.valueOf(first - 1)));
    }

    @Test
    void theEarliestOfAllStaysOpen() {
        TableRecord later = COUNTING.reopening(COUNTING.reopening(COUNTED, hours("3-3")), hours("5-5"));

        assertThat(later.progress().open()).isEqualTo(moment(3));
        assertThat(later.progress().reopened()).isEqualTo(moment(3));
    }

    @Test
    void recordOfAnotherTableIsLeftAsItIs() {
        Watermark other = Watermark.of(
                WatermarkFixture.spec(FLIGHTS, WatermarkFixture.COUNTING_GAPS),
                ProgressScope.of(FLIGHTS, Optional.of(CREATED.plusSeconds(1))));
        assertThat(other.reopening(COUNTED, hours("3-3"))).isEqualTo(COUNTED);
        assertThat(other.recountingMissing(COUNTED, hours("3-3"))).isEqualTo(COUNTED);
        assertThat(other.leavingOpen(COUNTED, FIRST.plusHours(3))).isEqualTo(COUNTED);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // hours that were waived; reopened
                "4-6,   4",
                "12-12, -",
                "-,     -",
            })
    void hoursThatWereWaivedMayBeMissingAgain(String ended, Integer first) {
        TableRecord byCounting = COUNTING.recountingMissing(COUNTED, hours(ended));
        TableRecord byPart = PART.recountingMissing(COUNTED, hours(ended));

        assertThat(byCounting.progress().reopened()).isEqualTo(moment(first));
        assertThat(byCounting.progress().open()).isEqualTo(moment(first));
        assertThat(byPart.progress().reopened()).isEqualTo(moment(first));
        assertThat(byPart.progress().open()).as("scans have counted them").isEqualTo(moment(first));
        assertThat(byPart.progress().completeThrough())
                .isEqualTo(moment(first == null ? Integer.valueOf(9) : Integer.valueOf(first - 1)));
        assertThat(PART.recountingMissing(UNCOUNTED, hours(ended)).progress().open())
                .as("whether they count is not this run's to say")
                .isEmpty();
        assertThat(LISTING.recountingMissing(UNCOUNTED, hours(ended)))
                .as("no scan has counted them")
                .isEqualTo(UNCOUNTED);
        assertThat(Watermark.in(byCounting, BASIS).isPresent()).isEqualTo(first == null);
    }
}
