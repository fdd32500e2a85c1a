package io.fanin.tablecreator.history;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what is only for people to look at: what cannot be done is logged, and nothing else ends with it. */
final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private Attempt() {}

    /**
     * What was done; empty where it could not be.
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
