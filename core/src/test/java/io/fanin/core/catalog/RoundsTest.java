package io.fanin.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.parallel.Workers;
import io.fanin.core.retry.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final List<Duration> waits = new ArrayList<>();
    private final List<Integer> atOnce = new ArrayList<>();
    private final Rounds rounds =
            new Rounds(new GlueRetries(new Backoff(waits::add)), new ParallelRequests(Workers.CALLER, 8));

    @Test
    void furtherRoundWaitsAndSendsHalfAsMuchAtATime() {
        assertThat(repeat(50, 50, 50, 50, 50)).isEqualTo(5);

        assertThat(atOnce).containsExactly(8, 4, 2, 1, 1);
        assertThat(waits).hasSize(4).isSorted();
    }

    @Test
    void nothingOpenTakesNoFurtherRound() {
        assertThat(repeat(3, 0)).isEqualTo(2);
        assertThat(rounds.repeat(0, requests -> 0)).isZero();
    }

    @Test
    void roundsThatGetSomethingDoneAreNotTheLast() {
        assertThat(repeat(90, 80, 70, 60, 50, 40, 40, 30, 30, 30, 30, 30)).isEqualTo(12);

        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMillis(2400)) <= 0);
    }

    @Test
    void roundsEndThoughEachGetsALittleDone() {
        assertThat(rounds.repeat(1000, requests -> 1000 - (atOnce.add(1) ? atOnce.size() : 0)))
                .isEqualTo(Rounds.MAX_ROUNDS);
    }

    /** The number of rounds for a hundred items, given the number that each round leaves open. */
    private int repeat(int... left) {
        return rounds.repeat(100, requests -> {
            atOnce.add(requests.atMost());
            return left[atOnce.size() - 1];
        });
    }
}
