package io.fanin.core.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

class BackoffTest {

    @RepeatedTest(20)
    void waitsDoubleWithJitter() {
        List<Duration> waits = new ArrayList<>();
        Backoff backoff = new Backoff(waits::add);

        for (int attempt = 1; attempt < 5; attempt++) {
            backoff.pauseAfter(attempt);
        }

        assertThat(waits).hasSize(4);
        for (int i = 0; i < waits.size(); i++) {
            assertThat(waits.get(i)).isBetween(Duration.ofMillis(150L << i), Duration.ofMillis(300L << i));
        }
    }
}
