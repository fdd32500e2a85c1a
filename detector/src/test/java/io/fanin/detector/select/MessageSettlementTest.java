package io.fanin.detector.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.run.detection.TakenMessages;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageSettlementTest {

    private final IllegalStateException writing = new IllegalStateException("the run folder cannot be written");
    private final IllegalStateException givingBack = new IllegalStateException("the queue cannot be opened");

    @Test
    void nothingIsGivenBackWhileAllGoesWell() {
        assertThat(new Taken().orGiveBack(() -> "begun")).isEqualTo("begun");
    }

    @Test
    void failureOfGivingBackIsToldWithTheOneBeforeIt() {
        assertThatThrownBy(() -> new Taken().orGiveBack(() -> {
                    throw writing;
                }))
                .isSameAs(writing)
                .hasSuppressedException(givingBack);
    }

    /** Cannot be given back. */
    private final class Taken implements MessageSettlement {

        @Override
        public Optional<TakenMessages> messages() {
            return Optional.empty();
        }

        @Override
        public boolean mayBeElsewhere() {
            return true;
        }

        @Override
        public void settle() {}

        @Override
        public void giveBack() {
            throw givingBack;
        }
    }
}
