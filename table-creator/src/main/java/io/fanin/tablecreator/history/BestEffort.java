package io.fanin.tablecreator.history;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work that is only for people to look at: a failure is logged and has no other effect. */
final class BestEffort {

    private static final Logger LOG = LoggerFactory.getLogger(BestEffort.class);

    private BestEffort() {}

    /**
     * What was done; empty if it could not be.
     *
     * @param what is written, for the log
     */
    static <T> Optional<T> of(String what, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (RuntimeException e) {
            LOG.warn("{} could not be written", what, e);
            return Optional.empty();
        }
    }
}
