package io.fanin.core.record;

import static io.fanin.core.record.WatermarkFixture.BASIS;
import static io.fanin.core.record.WatermarkFixture.COUNTING;
import static io.fanin.core.record.WatermarkFixture.LISTING;
import static io.fanin.core.record.WatermarkFixture.PART;
import static io.fanin.core.record.WatermarkFixture.failure;
import static io.fanin.core.record.WatermarkFixture.hour;
import static io.fanin.core.record.WatermarkFixture.hours;
import static io.fanin.core.record.WatermarkFixture.moment;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.json.Json;
import io.fanin.model.run.detection.DetectionReport;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scan of a table that has been there before its record: one that is adopted, or that a new stack finds. */
class FirstScanTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // begins at, oldest, newest, open, failed, complete through
                "-, 10, 14, 13, -,  12",
                "-, 10, 14, -,  13, 12",
                "-, 10, 14, 13, 12, 11",
                "-, 10, 14, -,  10, -",
                "-, 10, 14, 10, -,  -",
                "-, -,  14, 13, -,  -",
                "9, 10, 14, 13, -,  -",
                "-, 10, 14, -,  -,  14",
            })
    void tableIsCompleteUpToTheFirstPeriodThatIsLeft(
            Integer from, Integer oldest, Integer newest, Integer open, Integer failed, Integer completeThrough) {
        TableRecord before = failed == null
                ? TableRecord.NEW
                : TableRecord.NEW.withFailures(List.of(failure(hour(failed))), TestForms.AS_WRITTEN);
        DetectionReport look = look(from, oldest, newest, open);

        TableRecord after = LISTING.advanced(before, List.of(), look);

        assertThat(after.progress().completeThrough()).isEqualTo(moment(completeThrough));
        TableRecord more = LISTING.advanced(after, hours("15-15"), look);
        assertThat(more.progress().completeThrough())
                .isEqualTo(moment(open == null && failed == null ? Integer.valueOf(15) : completeThrough));
        assertThat(after.isAbout(BASIS)).isTrue();
    }

    /** An hour that failed in the first scan was healed by an event, and an hour after it is missing still. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // complete until then, counts missing periods, looks for those that came back, complete through
                "true,  true,  false, 12",
                "false, true,  false, -",
                "false, false, false, 12",
                "true,  true,  true,  -",
                "true,  false, true,  -",
            })
    void windowThatEarlierScansHaveSetShowsTheTableFromItsBeginning(
            boolean hasCounted, boolean counts, boolean isReopened, Integer completeThrough) {
        TableRecord failed = TableRecord.NEW.withFailures(List.of(failure(hour(10))), TestForms.AS_WRITTEN);
        TableRecord first = (hasCounted ? COUNTING : LISTING).advanced(failed, hours("11-12"), look(null, 11, 14, 13));
        TableRecord before = isReopened ? first.withReopened(moment(11).orElseThrow()) : first;
        assertThat(before.progress().completeThrough()).isEmpty();

        TableRecord healed = PART.advanced(before.without(hours("10-10"), TestForms.AS_WRITTEN), hours("10-10"));
        assertThat(healed.progress().completeThrough()).isEmpty();
        TableRecord after = (counts ? COUNTING : LISTING).advanced(healed, List.of(), look(9, 10, 14, 13));

        assertThat(after.progress().completeThrough()).isEqualTo(moment(completeThrough));
    }

    /** As where all data has expired. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // the scan begins at, is one, missing, open, reopened, complete through
                "-, true,  -, -,  -,  14",
                "9, true,  1, 12, 12, 11",
                "-, false, 1, 12, -,  11",
            })
    void nothingIsMissingFromATableThatIsEmpty(
            Integer from, boolean isScan, Long missing, Integer open, Integer reopened, Integer completeThrough) {
        TableRecord lacking = COUNTING.advanced(
                TableRecord.NEW,
                List.of(),
                Json.read(
                        "{\"found\":5,\"registered\":5,\"missing\":{\"count\":1,\"sample\":[]}" + field("oldest", 10)
                                + field("newest", 14) + field("open", 12) + "}",
                        DetectionReport.class,
                        "look"));
        assertThat(lacking.progress().missing()).hasValue(1);

        TableRecord after = COUNTING.advanced(
                lacking,
                List.of(),
                Json.read(
                        "{\"found\":0,\"registered\":0" + field("from", from) + field("assumed", isScan ? 12 : null)
                                + "}",
                        DetectionReport.class,
                        "look"));

        assertThat(after.progress().missing())
                .isEqualTo(missing == null ? OptionalLong.empty() : OptionalLong.of(missing));
        assertThat(after.progress().open()).isEqualTo(moment(open));
        assertThat(after.progress().reopened()).isEqualTo(moment(reopened));
        assertThat(after.progress().completeThrough()).isEqualTo(moment(completeThrough));
    }

    private static DetectionReport look(Integer from, Integer oldest, Integer newest, Integer open) {
        return Json.read(
                "{\"found\":5,\"registered\":4" + field("from", from) + field("oldest", oldest)
                        + field("newest", newest) + field("open", open) + "}",
                DetectionReport.class,
                "look");
    }

    private static String field(String name, Integer hour) {
        return moment(hour)
                .map(moment -> ",\"%s\":\"%s\"".formatted(name, moment))
                .orElse("");
    }
}
