package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.spec.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that another tool has registered under other values than those that the layout has for them. */
class TakenPlacesTest {

    private static final String STRINGS = "[{'name': 'dt', 'type': 'string'}, {'name': 'hour', 'type': 'string'}]";

    private final DetectorFixture fixture = new DetectorFixture().tableOf(STRINGS, "hive");

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'detection': {'mode': 'full'}"})
    void areNotRegisteredASecondTime(String detection) {
        fixture.foreign("dt=20261118/hour=07", "2026-11-18", "7").foreign("dt=20261118/hour=08", "2026-11-18", "8");

        assertThatThrownBy(() -> fixture.detect(NAMES + detection))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$.layout: 2 folders would be registered a second time")
                .hasMessageContaining("such as flights/dt=20261118/hour=07/, which is registered as [2026-11-18, 7] and"
                        + " which the layout reads as [20261118, 07]");
        assertThat(fixture.aws.s3().keys("state")).noneMatch(key -> key.contains("manifest"));
    }

    @Test
    void failureThereIsNotRetried() {
        fixture.foreign("dt=20261118/hour=07", "2026-11-18", "7")
                .outstanding("flights/dt=20261118/hour=07/", "20261118", "07");

        assertThatThrownBy(() -> fixture.detect(NAMES)).hasMessageContaining("1 folder would be registered");
    }

    @Test
    void otherFormsOfTheSameValuesAreTheSamePartition() {
        DetectorFixture typed = new DetectorFixture().table("").foreign("dt=2026-11-18/hour=07", "2026-11-18", "7");

        assertThat(typed.detect(NAMES).partitions()).isZero();
    }

    /** Nothing would be registered there. */
    @Test
    void folderWithoutDataAndPlacesElsewhereMatterNot() {
        fixture.registeredAt("s3://lake/flights/dt=20261118/hour=07/", "2026-11-18", "7")
                .registeredAt("s3://lake/other/dt=20261118/hour=08/", "2026-11-18", "8")
                .data("dt=20261118/hour=08");

        assertThat(fixture.detect(NAMES).partitions()).isEqualTo(1);
    }
}
