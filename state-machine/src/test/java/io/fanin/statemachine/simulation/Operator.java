package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.fakes.FakeS3;
import java.time.Duration;
import java.util.List;

/** Starts, stops and redrives executions, at any moment. */
final class Operator {

    private final HistoryWorld world;
    private final SimulatedSpecs specs;

    Operator(HistoryWorld world, SimulatedSpecs specs) {
        this.world = world;
        this.specs = specs;
    }

    void act(int runs) {
        startAny();
        for (int i = 1; i < runs; i++) {
            if (world.random().chance(0.5)) {
                world.scheduler().await(world.engine()::isIdle);
            } else {
                for (int pauses = world.random().below(world.random().one(5, 50, 200)); pauses > 0; pauses--) {
                    world.scheduler().pause();
                }
            }
            if (world.mode().makesVersions()) {
                dealWithVersions();
            }
            act();
        }
    }

    private void dealWithVersions() {
        if (world.random().chance(0.4)) {
            new ExternalWriter(world).restore();
        }
        if (world.random().chance(0.3)) {
            letADayPass();
        }
    }

    /** Lets a day pass, longer than any invocation lasts. */
    private void letADayPass() {
        world.scheduler().await(() -> world.engine().isIdle());
        if (world.engine().underWay().isEmpty()) {
            said(FaultKind.A_DAY_PASSED, "lets a day pass");
            world.clock().advance(Duration.ofHours(25));
        }
    }

    /** Lets a month pass: the state bucket's lifecycle rules delete documents, and no execution can be redriven. */
    private void letAMonthPass() {
        world.scheduler().await(() -> world.engine().isIdle());
        boolean isAnyUnderWay =
                !world.engine().underWay().isEmpty() || world.rivals().stream().anyMatch(SimulatedExecution::isRunning);
        if (!isAnyUnderWay && world.events().isEmpty()) {
            said(FaultKind.A_MONTH_PASSED, "lets a month pass");
            world.clock().advance(Duration.ofDays(31));
            world.engine().executions().forEach(SimulatedExecution::expire);
            FakeS3 s3 = world.aws().s3();
            for (String folder : List.of("runs/", "all-tables/")) {
                s3.keys(HistoryWorld.STATE_BUCKET, folder).forEach(key -> s3.delete(HistoryWorld.STATE_BUCKET, key));
            }
        }
    }

    private void act() {
        List<SimulatedExecution> all = world.engine().executions();
        List<SimulatedExecution> redrivable =
                all.stream().filter(SimulatedExecution::mayBeRedriven).toList();
        List<SimulatedExecution> running =
                all.stream().filter(SimulatedExecution::isRunning).toList();
        List<SimulatedExecution> ended =
                all.stream().filter(one -> !one.isRunning()).toList();
        if (world.random().chance(0.04)) {
            loseTheRecord();
        } else if (world.random().chance(0.03)) {
            letAMonthPass();
        } else if (world.verify() == 0
                && world.lake().isMovable()
                && world.random().chance(0.1)) {
            moveTheTable();
        } else if (!running.isEmpty() && world.random().chance(0.3)) {
            SimulatedExecution stopped = world.random().one(running);
            said(FaultKind.EXECUTION_STOPPED, "stops " + stopped);
            stopped.stop();
        } else if (!redrivable.isEmpty() && world.random().chance(0.5)) {
            SimulatedExecution redriven = world.random().one(redrivable);
            said(FaultKind.EXECUTION_REDRIVEN, "redrives " + redriven);
            world.engine().redrive(redriven);
        } else if (!ended.isEmpty() && world.random().chance(0.2)) {
            world.trace().count(FaultKind.EXECUTION_REDRIVEN_BY_ANOTHER);
            ObjectNode input = JsonNodeFactory.instance.objectNode();
            SimulatedExecution taken = world.random().one(ended);
            start(input.put("redriveOf", world.random().one(taken.name(), taken.arn())));
        } else if (world.random().chance(world.mutant().needsWaivers() ? 0.6 : 0.3)) {
            changeWaivers();
        } else {
            startAny();
        }
    }

    /** Deletes the record, as if the state bucket were emptied, or another stack's. */
    private void loseTheRecord() {
        world.scheduler().await(() -> world.engine().isIdle());
        if (world.engine().underWay().isEmpty()) {
            said(FaultKind.RECORD_LOST, "removes the table's record");
            world.oracle().recordLost();
            world.aws().s3().delete(HistoryWorld.STATE_BUCKET, RunFiles.RECORD);
        }
    }

    /**
     * Changes the table's spec, copies its data, and removes the data at the former location, immediately, after a
     * while, or never.
     */
    private void moveTheTable() {
        world.lake().moveTable();
        if (world.random().chance(0.5)) {
            world.lake().behind().forEach(world.lake()::follow);
        }
        said(FaultKind.TABLE_MOVED, "moves the table to " + world.lake().folder());
        if (!LakeBuckets.bucket(world.lake().folder())
                .equals(LakeBuckets.bucket(world.lake().left()))) {
            world.trace().count(FaultKind.BUCKET_CHANGED);
        }
        if (world.tellsEvents()) {
            world.putEventSpec(specs.events());
        }
        if (world.mode().hasSource()) {
            makeElsewhere();
            return;
        }
        letDataFollow();
        if (world.lake().behind().isEmpty() && world.random().chance(0.7)) {
            for (int pauses = world.random().below(world.random().one(1, 50, 200)); pauses > 0; pauses--) {
                world.scheduler().pause();
            }
            said(FaultKind.TABLE_MOVED, "removes what the moved table has left");
            world.lake().removeMoved();
        }
    }

    /** Copies or moves the data that was left when the spec was changed, while runs look for it, or much later. */
    private void letDataFollow() {
        if (world.random().chance(0.4)) {
            said(
                    FaultKind.DATA_ARRIVED,
                    "data arrives: " + world.lake().put(world.lake().next(), true));
            startAny();
            return;
        }
        for (int number : world.lake().behind()) {
            for (int pauses = world.random().below(world.random().one(1, 30)); pauses > 0; pauses--) {
                world.scheduler().pause();
            }
            if (world.random().chance(0.2)) {
                startAny();
            }
            follow(number);
        }
    }

    /** Moves a partition's data to the table's location, possibly leaving a copy. */
    void follow(int number) {
        said(
                FaultKind.DATA_FOLLOWED,
                "data follows the table from " + world.lake().prefix(number));
        Runnable rest = world.lake().follow(number);
        world.oracle().dataFollowed(number);
        if (world.random().chance(0.5)) {
            rest.run();
        }
    }

    /**
     * Makes all partitions in the table's new folder, and removes the old one, unless it is in use, or an earlier
     * execution may be redriven, which would register its results there.
     */
    private void makeElsewhere() {
        start(specs.all());
        world.scheduler().await(world.engine()::isIdle);
        String old = world.lake().left();
        boolean isUsed = world.oracle().observed().catalog().partitions().values().stream()
                .anyMatch(partition -> CatalogView.prefix(partition).startsWith(old));
        boolean isDone = world.engine().underWay().isEmpty()
                && world.engine().executions().stream().noneMatch(SimulatedExecution::mayBeRedriven);
        if (!isUsed && isDone) {
            said(FaultKind.TABLE_MOVED, "removes what was made before the table moved");
            world.oracle().versions().disturbed(old);
            world.lake().removeMoved();
        }
    }

    private void changeWaivers() {
        List<List<String>> waived = world.oracle().observed().waived();
        List<List<String>> failed = world.oracle().observed().outstanding();
        if (!waived.isEmpty() && world.random().chance(0.4)) {
            world.trace().count(FaultKind.WAIVER_TAKEN_BACK);
            start(specs.unwaive(List.of(world.random().one(waived))));
        } else if (world.lake().next() > 0) {
            world.trace().count(FaultKind.PARTITION_WAIVED);
            List<Integer> gaps = world.lake().gaps();
            int number = gaps.isEmpty() || world.random().chance(0.5)
                    ? world.random().below(world.lake().next())
                    : world.random().one(gaps);
            List<String> any = world.lake().layout().values(number);
            start(specs.waive(
                    world.random(),
                    failed.isEmpty() || world.random().chance(0.3)
                            ? any
                            : world.random().one(failed),
                    world.clock().instant()));
        }
    }

    private ObjectNode any() {
        if (world.mode().makesVersions() && world.random().chance(0.4)) {
            return specs.last(SimulatedSpecs.Last.EVERYTHING, false);
        }
        boolean looksAtAll = world.vanishes() && world.random().chance(0.7);
        return specs.any(world.random(), world.tellsEvents(), looksAtAll);
    }

    /** Starts an execution by itself, or by a run of all tables. */
    private void startAny() {
        ObjectNode spec = any();
        if (world.random().chance(0.3)) {
            world.trace().add("operator", "runs all tables, with the spec " + spec);
            new AllTablesRun(world).begin(spec);
        } else {
            start(spec);
        }
    }

    private void start(JsonNode input) {
        world.trace().add("operator", "starts an execution with " + input);
        world.engine().start(input);
    }

    private void said(FaultKind kind, String what) {
        world.trace().add(kind, "operator", what);
    }
}
