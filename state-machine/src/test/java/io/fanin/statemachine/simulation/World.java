package io.fanin.statemachine.simulation;

import io.fanin.fakes.FakeAws;
import io.fanin.fakes.ManualClock;
import io.fanin.fakes.StartAfterInside;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything of one history. */
final class World implements AutoCloseable {

    static final String STATE_BUCKET = "state";
    static final String DATABASE = "lake";
    static final String TABLE = "events";

    /** Whatever is asked for: how long a pause takes is left to chance elsewhere. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Dice dice;
    private final ManualClock clock = new ManualClock(Instant.parse("2013-02-10T00:00:00Z"));
    private final FakeAws aws = new FakeAws(clock);
    private final Trace trace = new Trace();
    private final Baton baton;
    private final Weather weather;
    private final Engine engine;
    private final Lake lake;
    private final Making making;
    private final Oracle oracle;
    private final Sabotage sabotage;
    private final List<Execution> rivals = new ArrayList<>();
    private final Clients clients;
    private final Functions functions;

    World(Dice dice, Climate climate, Sabotage sabotage) {
        this.dice = dice;
        this.sabotage = sabotage;
        this.baton = new Baton(dice, dice.one(0.0, 0.5, 0.9));
        this.engine = new Engine(this, dice.chance(0.7));
        if (!engine.knowsRedrive()) {
            trace.count(Mishap.ENGINE_KNOWS_NO_REDRIVE);
        }
        this.weather = new Weather(this, climate, sabotage);
        aws.s3()
                .createBucket(STATE_BUCKET)
                .pageSize(dice.one(1000, 1000, 3, 1))
                .emptyPages(dice.one(0, 0, 1))
                .startAfterInside(dice.one(StartAfterInside.RETURNS_PREFIX, StartAfterInside.SKIPS_PREFIX));
        putJob();
        aws.glue().scanAtMost(dice.one(1000, 1000, 2));
        aws.faults().hook(weather);
        this.making = !sabotage.needsAJob() && dice.chance(0.6)
                ? Making.AS_IT_IS
                : dice.one(Making.JOB_FROM_SOURCE, Making.JOB_FROM_SOURCE, Making.JOB_IN_PLACE);
        this.lake = new Lake(
                aws.s3(), dice.one(Layouts.ALL), dice.one("json", "csv"), making, sabotage != Sabotage.READS_NOTHING);
        this.oracle = new Oracle(this);
        this.clients = Clients.of(aws, sabotage);
        this.functions = Functions.over(clients, this::isAlive, pause -> clock.advance(PAUSE), sabotage);
    }

    /** Makes the job that partitions may be made by, which somebody may have deleted. */
    void putJob() {
        aws.glue().putJob(Specs.JOB_NAME, Map.of(), Map.of());
    }

    private boolean isAlive(String arn) {
        weather.begin("DescribeExecution " + arn);
        return engine.isAlive(arn) || rivals.stream().anyMatch(one -> one.arn().equals(arn) && one.isRunning());
    }

    /** The invocation that has the baton; empty where it is no function that acts. */
    Optional<Invocation> invocation() {
        return engine.invocationOf(baton.current());
    }

    Sabotage sabotage() {
        return sabotage;
    }

    /** The executions of another table that wants the folder. */
    List<Execution> rivals() {
        return rivals;
    }

    Dice dice() {
        return dice;
    }

    ManualClock clock() {
        return clock;
    }

    FakeAws aws() {
        return aws;
    }

    Trace trace() {
        return trace;
    }

    Baton baton() {
        return baton;
    }

    Weather weather() {
        return weather;
    }

    Engine engine() {
        return engine;
    }

    Lake lake() {
        return lake;
    }

    Making making() {
        return making;
    }

    Oracle oracle() {
        return oracle;
    }

    Functions functions() {
        return functions;
    }

    @Override
    public void close() {
        clients.close();
    }
}
