package io.fanin.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunCountTest {

    private static final RunCounts COUNTS = new RunCounts(
            1,
            2,
            3,
            4L,
            OptionalLong.of(5),
            new RunCounts.Exempt(OptionalLong.of(6), OptionalLong.of(7)),
            OptionalLong.of(8),
            new RunCounts.Gone(OptionalLong.of(10), OptionalLong.of(9)));

    @Test
    void eachNumberOfAPassHasAName() {
        assertThat(Arrays.stream(RunCount.values()).map(RunCount::field))
                .containsExactlyInAnyOrderElementsOf(
                        numbers(RunCounts.class).map(RecordComponent::getName).toList());
    }

    private static Stream<RecordComponent> numbers(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(number -> number.getType().isRecord() ? numbers(number.getType()) : Stream.of(number));
    }

    @Test
    void eachIsTheNumberOfItsName() {
        assertThat(Arrays.stream(RunCount.values())
                        .map(count -> count.of(COUNTS).orElseThrow()))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void sentenceHasThoseOfWhichThereAreAny() {
        assertThat(RunCount.sentence(COUNTS))
                .isEqualTo("1 partition registered, 3 outstanding, 4 of them set aside, 5 periods missing, 6 waived,"
                        + " 7 registered and never verified, 8 raw records left out as bad,"
                        + " 9 deregistered, since their data is gone, 10 registered whose data is gone");
        assertThat(RunCount.sentence(TestReports.counts(23, 0))).isEqualTo("23 partitions registered, 0 outstanding");
    }
}
