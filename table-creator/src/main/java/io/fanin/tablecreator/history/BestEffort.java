package io.fanin.tablecreator.history;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work whose results are only for display: a failure is logged and has no other effect. */
final class BestEffort {

    private static final Logger LOG = LoggerFactory.getLogger(BestEffort.class);

    private BestEffort() {}

    /**
     * The result of the work; empty if it failed.
     *
     * @param what the written document, for the log
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
