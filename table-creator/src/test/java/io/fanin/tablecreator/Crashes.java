package io.fanin.tablecreator;

import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends an invocation at one of its requests, before the effect or after it: from there on nothing that it asks for
 * happens.
 */
final class Crashes implements FaultHook {

    /** The function's process is gone. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(int request) {
            super("the process ends at request " + request);
        }
    }

    private final int request;
    private final Moment moment;
    private final AtomicInteger requests = new AtomicInteger();

    Crashes(int request, Moment moment) {
        this.request = request;
        this.moment = moment;
    }

    @Override
    public Optional<Fault> at(Moment now, Call call) {
        int number = now == Moment.BEFORE ? requests.incrementAndGet() : requests.get();
        if (number > request || (number == request && (moment == now || now == Moment.AFTER))) {
            throw new Crash(request);
        }
        return Optional.empty();
    }

    /** Whether the invocation came so far. */
    boolean happened() {
        return requests.get() >= request;
    }
}
