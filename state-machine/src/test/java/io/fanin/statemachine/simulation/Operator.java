package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Starts, stops and redrives executions, at any moment. */
final class Operator {

    private final World world;
    private final Specs specs;

    Operator(World world, Specs specs) {
        this.world = world;
        this.specs = specs;
    }

    void act(int runs) {
        start(specs.any(world.dice(), world.lake()));
        for (int i = 1; i < runs; i++) {
            if (world.dice().chance(0.5)) {
                world.baton().await(world.engine()::isIdle);
            } else {
                for (int pauses = world.dice().below(world.dice().one(5, 50, 200)); pauses > 0; pauses--) {
                    world.baton().pause();
                }
            }
            act();
        }
    }

    private void act() {
        List<Execution> all = world.engine().executions();
        List<Execution> redrivable =
                all.stream().filter(Execution::mayBeRedriven).toList();
        List<Execution> running = all.stream().filter(Execution::isRunning).toList();
        List<Execution> ended = all.stream().filter(one -> !one.isRunning()).toList();
        if (!running.isEmpty() && world.dice().chance(0.3)) {
            Execution stopped = world.dice().one(running);
            said(Mishap.EXECUTION_STOPPED, "stops " + stopped);
            stopped.stop();
        } else if (!redrivable.isEmpty() && world.dice().chance(0.5)) {
            Execution redriven = world.dice().one(redrivable);
            said(Mishap.EXECUTION_REDRIVEN, "redrives " + redriven);
            world.engine().redrive(redriven);
        } else if (!ended.isEmpty() && world.dice().chance(0.2)) {
            world.trace().count(Mishap.EXECUTION_REDRIVEN_BY_ANOTHER);
            ObjectNode input = JsonNodeFactory.instance.objectNode();
            Execution taken = world.dice().one(ended);
            start(input.put("redriveOf", world.dice().one(taken.name(), taken.arn())));
        } else {
            start(specs.any(world.dice(), world.lake()));
        }
    }

    private void start(JsonNode input) {
        world.trace().add("operator", "starts an execution with " + input);
        world.engine().start(input);
    }

    private void said(Mishap mishap, String what) {
        world.trace().add(mishap, "operator", what);
    }
}
