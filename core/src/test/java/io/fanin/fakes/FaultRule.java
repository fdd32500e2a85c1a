package io.fanin.fakes;

import io.fanin.fakes.Fault.Drop;
import io.fanin.fakes.Fault.Empty;
import io.fanin.fakes.Fault.Fail;
import io.fanin.fakes.Fault.TimeOut;
import io.fanin.fakes.Fault.Truncate;
import io.fanin.fakes.FaultHook.Moment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A builder of rules: the calls ({@link #where}, {@link #nth}, {@link #first}; by default all of the operation), then
 * their fault. Calls are counted from 1 when they reach the rule's moment, including the SDK's retries; a call that
 * failed before its effect never reaches the moment after it.
 */
public final class FaultRule {

    private final Faults faults;
    private final String operation;
    private final AtomicInteger matched = new AtomicInteger();
    private Predicate<Call> condition = call -> true;
    private int from = 1;
    private int to = Integer.MAX_VALUE;

    FaultRule(Faults faults, String operation) {
        this.faults = faults;
        this.operation = operation;
    }

    /** Only calls that this accepts are counted and struck. */
    public FaultRule where(Predicate<Call> condition) {
        this.condition = this.condition.and(condition);
        return this;
    }

    /** Only the nth call, from 1. */
    public FaultRule nth(int n) {
        from = n;
        to = n;
        return this;
    }

    /** Only the first calls, of the given number. */
    public FaultRule first(int n) {
        from = 1;
        to = n;
        return this;
    }

    /** Strikes instead of the effect. */
    public Faults then(Fault fault) {
        if (fault instanceof Truncate || fault instanceof Empty) {
            throw new IllegalArgumentException("an answer is cut short after the effect: use thenAfter");
        }
        return at(Moment.BEFORE, () -> Optional.of(fault));
    }

    /** Strikes when the effect has taken place. */
    public Faults thenAfter(Fault fault) {
        return at(Moment.AFTER, () -> Optional.of(fault));
    }

    public Faults thenFail(int status, String code, String message) {
        return then(new Fail(status, code, message));
    }

    public Faults thenDrop() {
        return then(new Drop());
    }

    public Faults thenDropAfter() {
        return thenAfter(new Drop());
    }

    public Faults thenTimeOut() {
        return then(new TimeOut());
    }

    public Faults thenTimeOutAfter() {
        return thenAfter(new TimeOut());
    }

    public Faults thenTruncate() {
        return thenAfter(new Truncate());
    }

    /** Runs code before the effect, then lets the call go on. */
    public Faults thenRun(Runnable code) {
        return at(Moment.BEFORE, () -> run(code));
    }

    /** Runs code between the effect and the answer. */
    public Faults thenRunAfter(Runnable code) {
        return at(Moment.AFTER, () -> run(code));
    }

    /**
     * Answers an error for one entry of a batch, which is left undone; in BatchGetPartition the entry becomes one of
     * the {@code UnprocessedKeys}. {@link #nth} and {@link #first} count the entry's appearances.
     */
    public Faults thenFailEntry(List<String> entry, Fail error) {
        return thenFailEntries(entry::equals, error);
    }

    /** As {@link #thenFailEntry}, for every entry that the predicate accepts. */
    public Faults thenFailEntries(Predicate<List<String>> entries, Fail error) {
        return faults.hook(new FaultHook() {
            @Override
            public Optional<Fault> at(Moment moment, Call call) {
                return Optional.empty();
            }

            @Override
            public Optional<Fail> forEntry(Call call, List<String> entry) {
                return covers(call) && entries.test(entry) && isTurn() ? Optional.of(error) : Optional.empty();
            }
        });
    }

    private Faults at(Moment moment, Outcome outcome) {
        return faults.hook((now, call) -> now == moment && covers(call) && isTurn() ? outcome.get() : Optional.empty());
    }

    private boolean covers(Call call) {
        return call.operation().equals(operation) && condition.test(call);
    }

    private boolean isTurn() {
        int turn = matched.incrementAndGet();
        return from <= turn && turn <= to;
    }

    private static Optional<Fault> run(Runnable code) {
        code.run();
        return Optional.empty();
    }

    private interface Outcome {
        Optional<Fault> get();
    }
}
