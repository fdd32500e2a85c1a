package io.fanin.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failure in a folder with very many prefixes, in which its data may have been renamed. */
class WideLevelTest {

    private static final String KEYS = "[{'name': 'customer', 'type': 'int'}]";

    /** A run that looks at a part of a table takes no requests for the rest of it. */
    @ParameterizedTest(name = "{0} prefixes, now at {1}")
    @CsvSource({
        "900, customer=7, customer=7",
        "900, customer=07, customer=07",
        "900, customer=%37, customer=%37",
        "12000, customer=7, customer=7"
    })
    void onlyTheFirstOfVeryManyNamesAreRead(int prefixes, String now, String processed) {
        DetectorFixture fixture = new DetectorFixture().tableOf(KEYS, "hive");
        for (int i = 0; i < prefixes; i++) {
            fixture.aws.s3().put("lake", "flights/customer=" + (100_000 + i) + "/part-0.json", "{}");
        }
        fixture.data(now).outstanding("flights/customer=7/", "7").published();
        fixture.aws.log().reset();

        DetectorAnswer answer =
                fixture.detect(DetectorFixture.keyed(KEYS) + ", 'layout': 'hive', 'detection': {'mode': 'events'}");

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
        assertThat(fixture.prefixes()).containsExactly("flights/" + processed + "/");
        assertThat(fixture.aws.log().count("ListObjectsV2")).isLessThan(20);
    }

    /** To retry it where nothing is left would end it: a run that lists the whole table finds what was renamed. */
    @Test
    void failureWhoseDataCannotBeLookedForStaysOutstanding() {
        DetectorFixture fixture = new DetectorFixture().tableOf(KEYS, "hive");
        for (int i = 0; i < 12_000; i++) {
            fixture.aws.s3().put("lake", "flights/customer=" + (100_000 + i) + "/part-0.json", "{}");
        }
        fixture.data("customer=07").outstanding("flights/customer=7/", "7").published();

        DetectorAnswer events =
                fixture.detect(DetectorFixture.keyed(KEYS) + ", 'layout': 'hive', 'detection': {'mode': 'events'}");

        assertThat(events.next()).isEqualTo(NextStep.PARTIAL);
        assertThat(events.partitions()).isZero();
    }
}
