package io.fanin.detector.select;

import io.fanin.core.run.detection.TakenMessages;
import java.util.Optional;
import java.util.function.Supplier;

/** What has to become of something that a detection has taken away from others, such as the messages of a queue. */
public interface MessageSettlement {

    /** Nothing was taken. */
    MessageSettlement NONE = new MessageSettlement() {
        @Override
        public Optional<TakenMessages> messages() {
            return Optional.empty();
        }

        @Override
        public boolean mayBeElsewhere() {
            return false;
        }

        @Override
        public void settle() {}

        @Override
        public void giveBack() {}
    };

    /** What the run answers for, to be written down before anything says that it will process it. */
    Optional<TakenMessages> messages();

    /** Whether another invocation may hold what this one would have found otherwise. */
    boolean mayBeElsewhere();

    /** Lets go of what the run does not answer for; a run that dies before loses nothing. */
    void settle();

    /** Gives everything back: the run only plans, failed to begin, or does what another invocation has decided. */
    void giveBack();

    /** Does work that comes before the run has begun; where that fails, the next try is to find everything again. */
    default <T> T orGiveBack(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            try {
                giveBack();
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }
}
