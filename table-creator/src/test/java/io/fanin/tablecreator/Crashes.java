package io.fanin.tablecreator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Ends an invocation at one of its requests, before or after the request's effect: all its later requests have none.
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

    /**
     * Ends the registration of a pass at each of its requests in turn, before the effect and after it, and registers it
     * again.
     *
     * @param begun the pass, in a fixture of its own each time
     * @param check gets the fixture and where the pass has ended
     */
    static void atEachRequest(Function<RunFixture, Pass> begun, BiConsumer<RunFixture, String> check) {
        boolean crashed = true;
        for (int request = 1; crashed; request++) {
            for (Moment moment : Moment.values()) {
                RunFixture fixture = new RunFixture();
                Pass pass = begun.apply(fixture);
                Crashes crashes = new Crashes(request, moment);
                fixture.aws.faults().hook(crashes);
                try {
                    pass.registerAndTell();
                } catch (Crash | IllegalStateException e) {
                    assertThat(crashes.happened()).isTrue();
                }
                fixture.aws.faults().clear();
                crashed = crashes.happened();
                pass.registerAndTell();
                check.accept(fixture, "crash %s request %d".formatted(moment, request));
            }
        }
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
