package io.fanin.statemachine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Lets one of several actors proceed at a time. Each is a thread, but runs only in its turn, and passes the turn on as
 * random numbers decide: the same seed gives the same interleaving.
 */
final class Scheduler {

    /** The maximum number of turns; more mean an endless loop. */
    private static final int MAX_STEPS = 200_000;

    /**
     * Threads serve one actor after the other, since the per-thread state of the SDK and Jackson is expensive to
     * create.
     */
    private static final Executor THREADS =
            Executors.newCachedThreadPool(Thread.ofVirtual().name("actor-", 0).factory());

    private final SeededRandom random;
    private final double staying;
    private final List<Actor> actors = new ArrayList<>();
    private final Semaphore ended = new Semaphore(0);
    private Optional<Actor> current = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private int steps;

    /** @param staying the probability that an actor keeps its turn where it could pass it on */
    Scheduler(SeededRandom random, double staying) {
        this.random = random;
        this.staying = staying;
    }

    /** An independent actor. */
    static final class Actor {
        private final String name;
        private final Semaphore turn = new Semaphore(0);
        private BooleanSupplier ready = () -> true;
        private boolean asleep;

        private Actor(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Adds an actor, which begins at its first turn. */
    Actor add(String name, Runnable work) {
        Actor actor = new Actor(name);
        actors.add(actor);
        THREADS.execute(() -> act(actor, work));
        return actor;
    }

    /** Runs all actors until none is left. */
    void run() {
        if (actors.isEmpty()) {
            return;
        }
        handOn();
        ended.acquireUninterruptibly();
        failure.ifPresent(Scheduler::rethrow);
    }

    /** The actor whose turn it is. */
    Actor current() {
        return current.orElseThrow(() -> new IllegalStateException("nobody acts"));
    }

    /** Gives other actors a chance to proceed first. */
    void pause() {
        if (!random.chance(staying)) {
            change();
        }
    }

    /** Lets other actors proceed until a condition holds. */
    void await(BooleanSupplier condition) {
        if (!condition.getAsBoolean()) {
            current().ready = condition;
            change();
        }
    }

    /** Like {@link #await}, but also returns when no other actor can proceed. */
    void sleep(BooleanSupplier until) {
        current().asleep = true;
        await(until);
        current().asleep = false;
    }

    private void change() {
        Actor actor = current();
        handOn();
        actor.turn.acquireUninterruptibly();
        actor.ready = () -> true;
    }

    private void act(Actor actor, Runnable work) {
        actor.turn.acquireUninterruptibly();
        actor.ready = () -> true;
        try {
            if (failure.isEmpty()) {
                work.run();
            }
        } catch (RuntimeException | Error e) {
            if (failure.isEmpty()) {
                failure = Optional.of(e);
            }
        }
        actors.remove(actor);
        if (actors.isEmpty()) {
            current = Optional.empty();
            ended.release();
        } else {
            handOn();
        }
    }

    private void handOn() {
        if (++steps > MAX_STEPS && failure.isEmpty()) {
            failure = Optional.of(new AssertionError("no end after " + MAX_STEPS + " steps: " + actors));
        }
        List<Actor> ready = failure.isPresent()
                ? actors
                : actors.stream().filter(actor -> actor.ready.getAsBoolean()).toList();
        if (ready.isEmpty()) {
            ready = actors.stream().filter(actor -> actor.asleep).toList();
        }
        if (ready.isEmpty()) {
            failure = Optional.of(new AssertionError("everybody waits: " + actors));
            ready = actors;
        }
        Actor next = random.one(ready);
        current = Optional.of(next);
        next.turn.release();
    }

    private static void rethrow(Throwable failure) {
        switch (failure) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }
}
