package io.fanin.detector.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SkipLogTest {

    private final SkipLog log = new SkipLog();

    private void add(int number, SkipReason reason) {
        log.add(new Skip("t/%04d/".formatted(number), reason, "because"));
    }

    @Test
    void countsAllFromManyThreads() {
        IntStream.range(0, 10_000)
                .parallel()
                .forEach(i -> add(i, i % 4 == 0 ? SkipReason.HIDDEN : SkipReason.BAD_VALUE));

        assertThat(log.all().reasons()).isEqualTo(Map.of(SkipReason.HIDDEN, 2_500L, SkipReason.BAD_VALUE, 7_500L));
    }

    @Test
    void keepsTheFirstNamesOfEachReasonWhicheverOrderTheyComeIn() {
        IntStream.range(0, 500).map(i -> 499 - i).forEach(i -> add(i, SkipReason.NOT_IN_LAYOUT));
        add(700, SkipReason.BAD_VALUE);

        assertThat(log.all().sample())
                .extracting(Skip::prefix)
                .hasSize(SkipLog.SAMPLE + 1)
                .contains("t/0000/", "t/0019/", "t/0700/")
                .doesNotContain("t/0020/");
    }

    @Test
    void reasonsTakeTurnsSoThatAShortSampleShowsThemAll() {
        IntStream.range(0, 50).forEach(i -> add(i, SkipReason.HIDDEN));
        IntStream.range(0, 2).forEach(i -> add(i, SkipReason.CONFLICT));

        assertThat(log.all().sample().subList(0, 5))
                .extracting(Skip::reason)
                .containsExactly(
                        SkipReason.HIDDEN,
                        SkipReason.CONFLICT,
                        SkipReason.HIDDEN,
                        SkipReason.CONFLICT,
                        SkipReason.HIDDEN);
    }
}
