package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fanin.model.json.Json;
import io.fanin.statemachine.Definition;
import io.fanin.statemachine.simulation.FunctionRun.Function;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Step Functions and Lambda: runs executions and invocations, each as an actor of its own. */
final class Engine {

    private static final JsonNode DEFINITION = definition();
    static final String THROTTLED = "Lambda.TooManyRequestsException";
    private static final String GLUE_JOB = "arn:aws:states:::glue:startJobRun.sync";

    /** The probability that a Map fails because of a lost item. */
    private static final double NOT_TOLERATED = 0.25;

    /** DescribeExecution is eventually consistent. */
    private static final Duration VISIBLE_AFTER = Duration.ofSeconds(10);

    private final HistoryWorld world;
    private final boolean knowsRedrive;
    private final List<SimulatedExecution> executions = new ArrayList<>();
    private final List<FunctionRun> invocations = new ArrayList<>();
    private final List<JobRun> jobs = new ArrayList<>();
    private final Map<Object, FunctionRun> byActor = new HashMap<>();

    /** When executions were last started or redriven, by their ARNs. */
    private final Map<String, Instant> begun = new HashMap<>();

    Engine(HistoryWorld world, boolean knowsRedrive) {
        this.world = world;
        this.knowsRedrive = knowsRedrive;
    }

    private static JsonNode definition() {
        try {
            return Json.documents()
                    .readTree(Definition.committed()
                            .substituted(Map.of(
                                    "DetectorArn",
                                    Function.DETECTOR.name(),
                                    "ProcessorArn",
                                    Function.PROCESSOR.name(),
                                    "TableCreatorArn",
                                    Function.TABLE_CREATOR.name(),
                                    "StateBucket",
                                    HistoryWorld.STATE_BUCKET,
                                    "AwsPartition",
                                    "aws",
                                    "ReadableBuckets",
                                    LakeBuckets.BOTH,
                                    "MaxConcurrency",
                                    "4",
                                    "JobConcurrency",
                                    "2")));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    boolean knowsRedrive() {
        return knowsRedrive;
    }

    List<SimulatedExecution> executions() {
        return executions;
    }

    boolean isAlive(String arn) {
        return executions.stream().anyMatch(one -> one.arn().equals(arn) && one.isRunning());
    }

    /** Whether it was started or redriven so recently that DescribeExecution may not show it. */
    boolean hasJustBegun(String arn) {
        return begun.containsKey(arn)
                && begun.get(arn).plus(VISIBLE_AFTER).isAfter(world.clock().instant());
    }

    boolean isIdle() {
        return executions.stream().noneMatch(SimulatedExecution::isRunning)
                && jobs.stream().allMatch(JobRun::isOver)
                && invocations.stream().allMatch(FunctionRun::isQuiet);
    }

    /** The invocations that have not ended. */
    List<FunctionRun> underWay() {
        return invocations.stream().filter(one -> !one.isOver()).toList();
    }

    /** The invocation on whose behalf an actor works. */
    Optional<FunctionRun> invocationOf(Scheduler.Actor actor) {
        return Optional.ofNullable(byActor.get(actor));
    }

    /** Calls a function outside an execution, on behalf of the current actor. */
    FunctionRun.Answer call(Function function, JsonNode input) {
        FunctionRun invocation = new FunctionRun(function + "-" + (invocations.size() + 1), function, "", input);
        invocations.add(invocation);
        Scheduler.Actor actor = world.scheduler().current();
        byActor.put(actor, invocation);
        perform(invocation, input);
        byActor.remove(actor);
        return invocation.answer().orElseThrow();
    }

    private void perform(FunctionRun invocation, JsonNode input) {
        world.trace().add(invocation, "begins " + input);
        try {
            FunctionRun.Answer answer = world.functions().call(invocation.function(), input);
            world.trace().add(invocation, "ends " + (invocation.isDead() ? "dead" : answer));
            invocation.answer(answer);
            if (answer instanceof FunctionRun.Answer.Output(JsonNode json)
                    && json.path("waiting").asInt() > 0) {
                world.trace().count(FaultKind.PARTITION_WAITED);
            }
        } catch (Crash e) {
            world.trace().add(invocation, "is dead");
        } finally {
            invocation.end();
        }
    }

    SimulatedExecution start(JsonNode input) {
        SimulatedExecution execution = new SimulatedExecution(
                ExecutionName.of(executions.size() + 1, world.random()),
                input,
                world.clock().instant(),
                knowsRedrive,
                DEFINITION.get("StartAt").textValue());
        if (executions.stream().anyMatch(SimulatedExecution::isRunning)) {
            world.trace().count(FaultKind.EXECUTIONS_INTERLEAVED);
        }
        executions.add(execution);
        begin(execution);
        return execution;
    }

    void redrive(SimulatedExecution execution) {
        execution.redrive();
        begin(execution);
    }

    private void begin(SimulatedExecution execution) {
        begun.put(execution.arn(), world.clock().instant());
        ExecutionTasks tasks = new ExecutionTasks(execution);
        world.scheduler().add(execution.name(), () -> run(execution, tasks));
    }

    private void run(SimulatedExecution execution, ExecutionTasks tasks) {
        try {
            execution.succeed(new Interpreter(DEFINITION, tasks).run(execution.position(), execution.context()));
        } catch (StateError e) {
            execution.fail(e);
        } catch (Stopped e) {
            world.trace().add(execution, "has stopped");
            return;
        }
        world.trace()
                .add(
                        execution,
                        execution.status() + " "
                                + execution
                                        .failure()
                                        .map(StateError::getMessage)
                                        .orElse(""));
        world.oracle().executionEnded(execution);
    }

    /** A stopped execution does nothing more; the functions that it has called continue. */
    private static final class Stopped extends RuntimeException {}

    private final class ExecutionTasks implements TaskRunner {

        private final SimulatedExecution execution;
        private final int redrives;
        private boolean wasThrottledForLong;

        /** The number of further invocations that Lambda throttles, fewer than the retries. */
        private int throttled;

        ExecutionTasks(SimulatedExecution execution) {
            this.execution = execution;
            this.redrives = execution.redrives();
        }

        @Override
        public void checkpoint() {
            if (hasStopped()) {
                throw new Stopped();
            }
        }

        @Override
        public JsonNode invoke(String resource, JsonNode input) {
            return resource.equals(GLUE_JOB) ? runJob(input) : invoke(Function.valueOf(resource), input);
        }

        /** Begins a run of a job, and waits for its end. */
        private JsonNode runJob(JsonNode input) {
            if (world.random().chance(world.faults().rates().job())) {
                world.trace().add(FaultKind.JOB_NOT_BEGUN, execution, "the job is not begun");
                String error = world.random().one("Glue.ConcurrentRunsExceededException", "Glue.AWSGlueException");
                throw new StateError(error, "too many");
            }
            JobRun job = new JobRun(world, execution.name() + "/job-" + (jobs.size() + 1), input.path("Arguments"));
            jobs.add(job);
            world.trace().add(execution, "begins " + job + " with " + input);
            world.scheduler().add(job.toString(), job::run);
            if (world.random().chance(world.faults().rates().job())) {
                world.trace().add(FaultKind.JOB_BEGUN_TWICE, execution, "does not hear that the job has begun");
                job.abandon();
                throw new StateError("Glue.InternalServiceException", "lost");
            }
            world.scheduler().await(() -> job.isOver() || hasStopped());
            if (hasStopped() && !job.isOver()) {
                giveUp(job);
            }
            checkpoint();
            return job.answer();
        }

        /** Stops the job of a stopped execution, where Step Functions can. */
        private void giveUp(JobRun job) {
            if (world.random().chance(0.3)) {
                job.end("STOPPED");
            } else {
                world.trace().add(FaultKind.JOB_OUTLIVED_ITS_EXECUTION, execution, "leaves " + job + " behind");
                job.abandon();
            }
        }

        private boolean hasStopped() {
            return !execution.isRunning() || execution.redrives() != redrives;
        }

        private JsonNode invoke(Function function, JsonNode input) {
            requireRoom(function);
            String name = execution.name() + "/" + function + "-" + (invocations.size() + 1);
            FunctionRun invocation = new FunctionRun(name, function, execution.run(), input);
            introduce(invocation);
            Scheduler.Actor actor = world.scheduler().add(invocation.toString(), () -> perform(invocation, input));
            byActor.put(actor, invocation);
            world.scheduler().await(() -> invocation.answer().isPresent());
            checkpoint();
            return switch (invocation.answer().orElseThrow()) {
                case FunctionRun.Answer.Failed(StateError error) -> throw error;
                case FunctionRun.Answer.Output(JsonNode output) -> {
                    if (world.random().chance(world.faults().rates().lost() / 2)) {
                        world.trace().add(FaultKind.INVOCATION_ANSWER_LOST, invocation, "its answer is lost");
                        throw new StateError(
                                world.random().one("Lambda.ServiceException", "Lambda.SdkClientException"), "lost");
                    }
                    yield output;
                }
            };
        }

        private void requireRoom(Function function) {
            if (throttled == 0 && !world.random().chance(world.faults().rates().lost() / 2)) {
                return;
            }
            String error = throttled > 0 ? THROTTLED : world.random().one(THROTTLED, "Lambda.ServiceException");
            if (throttled > 0) {
                throttled--;
            } else if (error.equals(THROTTLED) && !wasThrottledForLong) {
                world.trace().count(FaultKind.THROTTLED_FOR_LONG);
                wasThrottledForLong = true;
                throttled = world.random().between(7, 12);
            }
            world.trace().add(FaultKind.INVOCATION_NOT_BEGUN, execution, function + " is not begun: " + error);
            throw new StateError(error, "Rate exceeded");
        }

        private void introduce(FunctionRun invocation) {
            List<FunctionRun> company = underWay().stream()
                    .filter(one -> one.function() == invocation.function())
                    .toList();
            company.forEach(FunctionRun::accompany);
            if (!company.isEmpty()) {
                invocation.accompany();
                if (invocation.function() == Function.TABLE_CREATOR) {
                    world.trace().count(FaultKind.TABLE_CREATORS_INTERLEAVED);
                }
            }
            invocations.add(invocation);
        }

        @Override
        public List<JsonNode> items(String bucket, String key) {
            world.trace().add(execution, "reads the items of " + key);
            String text = world.aws()
                    .s3()
                    .text(bucket, key)
                    .orElseThrow(() -> new StateError("States.ItemReaderFailed", key + " is not there"));
            try {
                List<JsonNode> items = new ArrayList<>();
                Json.documents().readTree(text).forEach(items::add);
                return items;
            } catch (JsonProcessingException e) {
                throw new StateError("States.ItemReaderFailed", key + " is not JSON");
            }
        }

        @Override
        public boolean losesItem() {
            boolean lost = world.random().chance(world.faults().rates().item());
            if (lost) {
                world.trace().add(FaultKind.ITEM_LOST, execution, "loses an item");
            }
            return lost;
        }

        @Override
        public Optional<JsonNode> remains(StateError error) {
            JsonNode nothing = JsonNodeFactory.instance.nullNode();
            if (!knowsRedrive) {
                return Optional.of(nothing);
            }
            if (world.random().chance(NOT_TOLERATED)) {
                throw new StateError("States.ExceedToleratedFailureThreshold", "an item was stopped");
            }
            JsonNode failure = JsonNodeFactory.instance
                    .objectNode()
                    .put("Error", error.error())
                    .put("Cause", error.detail());
            return world.random().one(List.of(Optional.empty(), Optional.of(nothing), Optional.of(failure)));
        }
    }
}
