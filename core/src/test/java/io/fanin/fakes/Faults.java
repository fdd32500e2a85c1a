package io.fanin.fakes;

import io.fanin.fakes.FaultHook.Moment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The faults of a test: {@code faults.on("BatchCreatePartition").nth(2).thenDropAfter()}. A hook ({@link #hook}) can do
 * anything else, such as draw from a seeded random. The first hook that returns a fault wins.
 */
public final class Faults {

    private final List<FaultHook> hooks = new CopyOnWriteArrayList<>();

    /** Starts a rule for an operation; nothing happens before one of its {@code then} methods is called. */
    public FaultRule on(String operation) {
        return new FaultRule(this, operation);
    }

    public Faults hook(FaultHook hook) {
        hooks.add(hook);
        return this;
    }

    /** From here on everything works. */
    public void clear() {
        hooks.clear();
    }

    Optional<Fault> at(Moment moment, Call call) {
        return hooks.stream().flatMap(hook -> hook.at(moment, call).stream()).findFirst();
    }

    Optional<Fault.Fail> forEntry(Call call, List<String> entry) {
        return hooks.stream()
                .flatMap(hook -> hook.forEntry(call, entry).stream())
                .findFirst();
    }
}
