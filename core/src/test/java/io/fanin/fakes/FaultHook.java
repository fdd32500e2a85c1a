package io.fanin.fakes;

import java.util.List;
import java.util.Optional;

/**
 * Runs before and after each call's effect, and may execute any code, for instance as another writer. Calls made from a
 * hook go through all hooks again.
 */
@FunctionalInterface
public interface FaultHook {

    /** The moment of a call at which a hook runs. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** The fault that strikes this call now; empty lets it go on. */
    Optional<Fault> at(Moment moment, Call call);

    /**
     * The error of one entry of a batch, which is then left undone while the rest of the batch goes on.
     *
     * @param entry a partition's values, or an S3 key or a receipt handle alone
     */
    default Optional<Fault.Fail> forEntry(Call call, List<String> entry) {
        return Optional.empty();
    }
}
