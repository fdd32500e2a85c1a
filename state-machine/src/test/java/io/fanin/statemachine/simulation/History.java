package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of one seed.
 *
 * @param violations of what must be true; none in a good history
 * @param requests that were sent to AWS and steps of others, in their order
 */
record History(long seed, List<String> violations, Trace requests) {

    /** The number of undisturbed runs within which everything is healed. */
    private static final int HEALING = 2;

    /** More than a day. */
    private static final Duration A_DAY = Duration.ofHours(25);

    /** The time from the beginning of a world until the periods of all possible partitions have ended. */
    private static final Duration UNTIL_ALL_ARE_OVER = Duration.ofDays(8);

    /** More partitions than Glue accepts in one request. */
    private static final int MANY_PARTITIONS = 120;

    /** Plays the history of a seed. */
    static History of(long seed) {
        return of(seed, Mutant.NONE);
    }

    /** Plays the history of a seed with a broken product. */
    static History of(long seed, Mutant mutant) {
        SeededRandom random = new SeededRandom(seed);
        try (HistoryWorld world = new HistoryWorld(random, FaultRates.of(random), mutant)) {
            try {
                play(world);
            } catch (RuntimeException | Error e) {
                world.trace().add("ORACLE", "the history broke off: " + e);
                world.oracle().violations().add("the history broke off: " + e);
            }
            return new History(seed, world.oracle().violations(), world.trace());
        }
    }

    boolean isGood() {
        return violations.isEmpty();
    }

    private static void play(HistoryWorld world) {
        SeededRandom random = world.random();
        SimulatedLake lake = world.lake();
        Layouts stated =
                world.mutant() == Mutant.READS_KEYS_AS_UTC ? lake.layout().stating("UTC") : lake.layout();
        SimulatedSpecs specs = new SimulatedSpecs(
                stated,
                lake,
                world.mode(),
                world.verify(),
                world.countsGaps(),
                world.registersAhead(),
                world.readiness());
        boolean many = random.chance(0.06) && world.mayHaveMany();
        int partitions = many ? MANY_PARTITIONS : random.between(1, random.one(3, 8, 30));
        double sound = world.vanishes() ? 1.0 : random.one(1.0, 0.9, 0.6);
        for (int i = 0; i < partitions; i++) {
            if (world.countsGaps() && i < partitions - 1 && random.chance(0.2)) {
                lake.skip();
            } else {
                lake.put(i, random.chance(sound));
            }
        }
        world.readiness().unmarked().stream().filter(any -> random.chance(0.5)).forEach(world.readiness()::mark);
        if (random.chance(0.3)) {
            lake.strays().forEach(lake::putStray);
        }
        if (world.tellsEvents()) {
            world.putEventSpec(specs.events());
            for (int handler = 1; handler <= 2; handler++) {
                int times = random.between(1, 6);
                world.scheduler()
                        .add("event-source-" + handler, () -> world.events().act(times));
            }
        }
        if (world.vanishes()) {
            world.engine().start(specs.last(SimulatedSpecs.Last.LISTED, false));
            world.scheduler().run();
            new ExternalWriter(world).empty();
        }
        if (world.verify() > 0) {
            world.engine().start(specs.last(SimulatedSpecs.Last.LISTED, false));
            world.scheduler().run();
            new ExternalWriter(world).adopt();
        }
        int runs = random.between(1, world.vanishes() ? 5 : 6);
        world.scheduler().add("operator", () -> new Operator(world, specs).act(runs));
        if (random.chance(0.8)) {
            int times = random.between(1, world.vanishes() ? 10 : 8);
            world.scheduler().add("outsider", () -> new ExternalWriter(world).act(times));
        }
        if (world.mode().makesPartitions() && (world.mutant().needsARival() || random.chance(0.4))) {
            int times = random.between(1, 4);
            world.scheduler().add("competing", () -> new CompetingTable(world, specs).act(times));
        }
        world.scheduler().run();
        if (world.mode().makesVersions() && random.chance(0.4)) {
            makeAgain(world, specs);
        }
        heal(world, specs);
    }

    /**
     * Makes partitions again, restores an older version, and makes them again after the day on which that was noted.
     */
    private static void makeAgain(HistoryWorld world, SimulatedSpecs specs) {
        for (int times = 0; times < 2; times++) {
            SimulatedLake lake = world.lake();
            lake.partitions().stream().filter(lake::hasData).limit(3).forEach(number -> lake.put(number, true));
            world.engine().start(specs.last(SimulatedSpecs.Last.EVERYTHING, false));
            world.scheduler().run();
            new ExternalWriter(world).restore();
            world.clock().advance(world.random().one(Duration.ZERO, A_DAY));
        }
    }

    private static void heal(HistoryWorld world, SimulatedSpecs specs) {
        world.faults().clear();
        world.putJob();
        new ExternalWriter(world).restoreColumns();
        if (world.random().chance(world.vanishes() ? 0.5 : 0.05)) {
            world.trace().add("history", "the faults end, and vanished data is looked for");
            world.readiness().letAllBeReady();
            SimulatedExecution sweep = world.engine()
                    .start(specs.sweep(world.mayDeregister() && world.random().chance(0.6)));
            world.scheduler().run();
            world.oracle().requireSwept(sweep);
        }
        if (!world.mode().hasSource()) {
            world.lake().behind().forEach(new Operator(world, specs)::follow);
            world.lake().removeMoved();
            world.clock().advance(world.random().one(Duration.ZERO, A_DAY));
            world.oracle().oldPlaceEmptied();
        }
        world.lake().repair();
        world.oracle().lastKnown().ifPresent(last -> {
            while (world.lake().next() <= last) {
                world.lake().put(world.lake().next(), true);
            }
        });
        world.readiness().letAllBeReady();
        new ExternalWriter(world).dropWhatIsNotThere();
        new ExternalWriter(world).dropWhatIsElsewhere();
        world.trace().add("history", "the faults end, and the data is repaired");
        if (world.tellsEvents()) {
            takeUpEvents(world, specs);
        }
        List<List<String>> waived = world.oracle().observed().waived();
        if (!waived.isEmpty() && world.random().chance(0.5)) {
            world.trace().count(FaultKind.WAIVER_TAKEN_BACK);
            world.engine().start(specs.unwaive(waived));
            world.scheduler().run();
        }
        if (world.countsGaps()
                && !world.lake().gaps().isEmpty()
                && world.random().chance(0.8)) {
            waiveAGap(world, specs);
        }
        SimulatedSpecs.Last drawn = world.random().one(SimulatedSpecs.Last.EVERYTHING, SimulatedSpecs.Last.values());
        SimulatedSpecs.Last kind =
                world.oracle().observed().hasRespelledToSee() ? SimulatedSpecs.Last.EVERYTHING : drawn;
        ObjectNode spec = specs.last(kind, !world.oracle().attempts().mayBeSetAside());
        boolean runsAllTables =
                world.mutant().needsAllTables() || world.random().chance(0.4);
        Optional<SimulatedExecution> last = run(world, spec, runsAllTables);
        for (int i = 1; i < HEALING && last.filter(one -> !hasSucceeded(one)).isPresent(); i++) {
            last = run(world, spec, runsAllTables);
        }
        world.oracle().requireHealed(last, kind);
        if (runsAllTables) {
            world.oracle().requireHealed(run(world, spec, true), kind);
        }
        if (world.verify() > 0) {
            verify(world, specs);
        }
        if (world.mode().makesVersions()) {
            removeVersions(world, specs);
        }
        if (world.mode().hasSource()) {
            new RawDataExpiry(world, specs).play();
        }
    }

    /** Waives a missing period, sometimes only until a run has seen that nothing else is missing. */
    private static void waiveAGap(HistoryWorld world, SimulatedSpecs specs) {
        SimulatedLake lake = world.lake();
        List<String> values = lake.layout().values(world.random().one(lake.gaps()));
        world.engine().start(specs.waive(world.random(), values, world.clock().instant()));
        world.scheduler().run();
        if (world.random().chance(0.5)) {
            world.engine().start(specs.last(SimulatedSpecs.Last.EVERYTHING, false));
            world.scheduler().run();
            if (world.oracle().observed().waived().contains(values)) {
                if (world.random().chance(0.5)) {
                    countNoGaps(world, specs);
                }
                world.trace().count(FaultKind.WAIVER_TAKEN_BACK);
                world.engine().start(specs.unwaive(List.of(values)));
                world.scheduler().run();
            }
        }
    }

    /** Runs without counting missing periods, and with a new partition, so that its spec is the table's last. */
    private static void countNoGaps(HistoryWorld world, SimulatedSpecs specs) {
        SimulatedLake lake = world.lake();
        world.trace().count(FaultKind.GAPS_NOT_COUNTED);
        world.trace()
                .add("history", "data arrives: " + lake.put(lake.next(), true) + ", for a run that counts no gaps");
        world.readiness().letAllBeReady();
        world.engine().start(specs.uncounted());
        world.scheduler().run();
    }

    /** Runs undisturbed over all old partitions, in steps; the first run counts them. */
    private static void verify(HistoryWorld world, SimulatedSpecs specs) {
        world.clock().advance(UNTIL_ALL_ARE_OVER);
        SimulatedSpecs.Last kind = SimulatedSpecs.Last.EVERYTHING;
        int most = world.oracle().catalog().partitions().size() / world.verify() + 2;
        for (int step = 0; step < most; step++) {
            Optional<SimulatedExecution> run =
                    run(world, specs.last(kind, false), world.random().chance(0.4));
            world.oracle().requireCounted(run);
            kind = world.random().one(SimulatedSpecs.Last.EVERYTHING, SimulatedSpecs.Last.values());
        }
        world.oracle().requireVerified();
    }

    /**
     * Runs undisturbed, by itself or in a run of all tables.
     *
     * @return empty if the table was found to be up to date
     */
    private static Optional<SimulatedExecution> run(HistoryWorld world, ObjectNode spec, boolean byAllTables) {
        if (!byAllTables) {
            SimulatedExecution execution = world.engine().start(spec);
            world.scheduler().run();
            return Optional.of(execution);
        }
        List<AllTablesRun.Begun> begun = new ArrayList<>();
        world.scheduler().add("schedule", () -> begun.add(new AllTablesRun(world).begin(spec)));
        world.scheduler().run();
        AllTablesRun.Begun run = begun.getFirst();
        world.oracle().observed().require(run.isUpToDate() || run.started().isPresent(), "all tables were not found");
        return run.started();
    }

    private static boolean hasSucceeded(SimulatedExecution execution) {
        return execution.status() == SimulatedExecution.Status.SUCCEEDED;
    }

    /** Runs a day later, so that the run, which makes a partition, removes noted versions. */
    private static void removeVersions(HistoryWorld world, SimulatedSpecs specs) {
        world.clock().advance(A_DAY);
        world.lake().put(world.lake().next(), true);
        world.readiness().letAllBeReady();
        SimulatedExecution last = world.engine().start(specs.last(SimulatedSpecs.Last.EVERYTHING, false));
        world.scheduler().run();
        world.oracle()
                .observed()
                .require(last.status() == SimulatedExecution.Status.SUCCEEDED, "a day later, " + last.failure());
        world.oracle().requireVersionsRemoved();
    }

    /** Registers the objects of S3's events, whatever happened to the messages and entries. */
    private static void takeUpEvents(HistoryWorld world, SimulatedSpecs specs) {
        world.scheduler().add("event-source", () -> world.events().drain());
        world.scheduler().run();
        SimulatedExecution last = world.engine().start(specs.events());
        world.scheduler().run();
        if (last.status() == SimulatedExecution.Status.SUCCEEDED) {
            world.oracle().requireNothingForgotten();
        }
    }

    @Override
    public String toString() {
        return "seed " + seed + "\n" + requests + "\n" + String.join("\n", violations)
                + "\nReplay it with: mvn -pl state-machine -am test -Dtest='SimulationTest#oneSeed'"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed=" + seed;
    }
}
