package io.fanin.statemachine.simulation;

import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Injects events around each request: other actors continue, the request fails, its sender dies or is given up. */
final class FaultInjector implements FaultHook {

    private static final String DELETION = "BatchDeletePartition";

    private static final Set<String> GLUE_BATCHES =
            Set.of("BatchCreatePartition", "BatchUpdatePartition", DELETION, "BatchGetPartition");

    private static final Set<String> CHANGES =
            Set.of("UpdateTable", "BatchCreatePartition", "BatchUpdatePartition", "BatchGetPartition");

    /** Names that differ each time the same history is played: keys of the inbox, and names with their hash. */
    private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16}");

    /** The probability that an abandoned invocation is delayed for long. */
    private static final double OVERSLEEPS = 0.3;

    /** The probability that an invocation is abandoned at a request, for mutants that need this often. */
    private static final double OFTEN_ABANDONED = 0.04;

    private final HistoryWorld world;
    private final Mutant mutant;
    private final Set<String> throttledRuns = new HashSet<>();
    private FaultRates rates;

    FaultInjector(HistoryWorld world, FaultRates rates, Mutant mutant) {
        this.world = world;
        this.mutant = mutant;
        this.rates = rates;
    }

    void clear() {
        rates = FaultRates.CALM;
    }

    FaultRates rates() {
        return rates;
    }

    @Override
    public Optional<Fault> at(Moment moment, Call call) {
        return moment == Moment.BEFORE ? before(call) : after(call);
    }

    /** Called before a request is sent. */
    void begin(String what) {
        requireAlive();
        world.scheduler().pause();
        requireAlive();
        world.clock().advance(Duration.ofMillis(500));
        world.trace().add(world.scheduler().current(), RANDOM.matcher(what).replaceAll("*"));
        strikeSender();
    }

    private Optional<Fault> before(Call call) {
        begin(call.operation() + " " + call.target() + condition(call));
        if (call.operation().equals("BatchCreatePartition") && world.random().chance(rates.late())) {
            world.invocation().filter(one -> mayRegisterLate()).ifPresent(this::registerLate);
        }
        if (CHANGES.contains(call.operation()) && world.random().chance(rates.meddling())) {
            new ExternalWriter(world).meddle();
        }
        if (isOfDeregistration(call) && world.vanishes() && world.random().chance(rates.deregistration())) {
            new ExternalWriter(world).bringBack();
        }
        Optional<Fault> lost = mutant.fault(call, world.random());
        if (lost.isPresent()) {
            return Optional.of(noted(Moment.BEFORE, lost.get()));
        }
        if (throttles(call) && rates.throttling() == Throttling.OF_REQUESTS) {
            return Optional.of(noted(Moment.BEFORE, Fault.throttling()));
        }
        if (!world.random().chance(rates.request() / 2)) {
            return Optional.empty();
        }
        return Optional.of(noted(
                Moment.BEFORE,
                call.service().equals("s3")
                        ? world.random()
                                .one(
                                        Fault.slowDown(),
                                        new Fault.Fail(500, "InternalError", "We encountered an internal error."),
                                        new Fault.Drop(),
                                        new Fault.TimeOut())
                        : world.random()
                                .one(
                                        Fault.throttling(),
                                        Fault.internalService(),
                                        new Fault.Fail(400, "ConcurrentModificationException", "Concurrent"),
                                        new Fault.Drop(),
                                        new Fault.TimeOut())));
    }

    /** Whether it looks for vanished data, or deregisters. */
    private static boolean isOfDeregistration(Call call) {
        return call.operation().equals(DELETION)
                || (call.operation().equals("ListObjectsV2")
                        && call.target().endsWith("/" + call.fact("start-after"))
                        && !call.fact("start-after").isEmpty());
    }

    private Optional<Fault> after(Call call) {
        world.oracle().observe(call);
        strikeSender();
        if (!world.random().chance(rates.request() / 2)) {
            return Optional.empty();
        }
        boolean isRead = call.operation().startsWith("Get") || call.operation().startsWith("List");
        return Optional.of(noted(
                Moment.AFTER,
                isRead
                        ? world.random()
                                .one(new Fault.Truncate(), new Fault.Empty(), new Fault.Drop(), new Fault.TimeOut())
                        : world.random()
                                .one(
                                        new Fault.Drop(),
                                        new Fault.TimeOut(),
                                        call.service().equals("s3") ? Fault.slowDown() : Fault.internalService())));
    }

    @Override
    public Optional<Fault.Fail> forEntry(Call call, List<String> entry) {
        if (throttles(call)) {
            world.trace()
                    .add(
                            FaultKind.ENTRY_OF_BATCH_FAILED,
                            world.scheduler().current(),
                            "  entry " + entry + " throttled");
            return Optional.of(Fault.throttling());
        }
        boolean deregisters = call.operation().equals(DELETION);
        if (!GLUE_BATCHES.contains(call.operation())
                || !world.random().chance(deregisters ? rates.deregistration() : rates.entry())) {
            return Optional.empty();
        }
        Fault.Fail fail = world.random()
                .one(
                        Fault.internalService(),
                        new Fault.Fail(400, "InvalidInputException", "The entry is refused"),
                        new Fault.Fail(400, "ConcurrentModificationException", "Concurrent"));
        if (deregisters) {
            world.trace().count(FaultKind.DEREGISTRATION_REFUSED);
        } else if (fail.code().equals("InvalidInputException")) {
            world.oracle().attempts().failed(entry);
        }
        world.trace()
                .add(
                        FaultKind.ENTRY_OF_BATCH_FAILED,
                        world.scheduler().current(),
                        "  entry " + entry + " " + fail.code());
        return Optional.of(fail);
    }

    /** Whether Glue throttles a request or an entry of it. Notes when throttling affects a second run. */
    private boolean throttles(Call call) {
        boolean strikes = rates.throttling().strikes(call.operation());
        if (strikes
                && world.invocation()
                        .filter(one -> throttledRuns.add(one.run()))
                        .isPresent()
                && throttledRuns.size() == 2) {
            world.trace().count(FaultKind.GLUE_THROTTLED_FOR_LONG);
        }
        return strikes;
    }

    private void requireAlive() {
        if (world.invocation().filter(FunctionRun::isDead).isPresent()) {
            throw new Crash();
        }
    }

    private void strikeSender() {
        Optional<FunctionRun> sender = world.invocation();
        if (sender.isEmpty()) {
            return;
        }
        FunctionRun invocation = sender.get();
        if (world.random().chance(rates.crash())) {
            String error = world.random().one("Runtime.ExitError", "Sandbox.Timedout");
            world.trace().add(FaultKind.INVOCATION_DIED, invocation, "  dies: " + error);
            invocation.die();
            invocation.answer(new FunctionRun.Answer.Failed(new StateError(error, "RequestId: x Error: " + error)));
            throw new Crash();
        }
        if (invocation.answer().isEmpty() && world.random().chance(abandoned())) {
            world.trace().add(FaultKind.INVOCATION_GIVEN_UP, invocation, "  is given up by its caller, and goes on");
            invocation.answer(new FunctionRun.Answer.Failed(
                    new StateError("Lambda.ClientExecutionTimeoutException", "the client gave up")));
            if (world.random().chance(mutant.needsLateInvocations() ? 1.0 : OVERSLEEPS)) {
                oversleep(invocation);
            }
        }
    }

    private double abandoned() {
        return mutant.needsLateInvocations() && !rates.equals(FaultRates.CALM) ? OFTEN_ABANDONED : rates.abandoned();
    }

    /** Delays the invocation until its execution has ended, and others have begun or ended. */
    private void oversleep(FunctionRun invocation) {
        Engine engine = world.engine();
        boolean untilEnds = world.random().chance(0.5);
        long before = others(engine, untilEnds) + world.random().between(0, 2);
        invocation.fallAsleep();
        world.scheduler().sleep(() -> !isRunning(engine, invocation) && others(engine, untilEnds) > before);
        invocation.wake();
        if (!isRunning(engine, invocation)) {
            world.trace().add(FaultKind.INVOCATION_OUTLIVED_ITS_EXECUTION, invocation, "  goes on late");
        }
    }

    /** Stops its execution before it registers, while others find its valid results broken. */
    private void registerLate(FunctionRun invocation) {
        Engine engine = world.engine();
        stop(invocation);
        breakWhatIsNotRegistered();
        long before = others(engine, true);
        invocation.fallAsleep();
        world.scheduler().sleep(() -> others(engine, true) > before);
        invocation.wake();
        world.trace().add(FaultKind.INVOCATION_OUTLIVED_ITS_EXECUTION, invocation, "  registers late");
    }

    private boolean mayRegisterLate() {
        return !world.vanishes() && world.lake().isMovable();
    }

    private void stop(FunctionRun invocation) {
        world.engine().executions().stream()
                .filter(one -> one.run().equals(invocation.run()) && one.isRunning())
                .forEach(execution -> {
                    world.trace().add(FaultKind.EXECUTION_STOPPED, "somebody", "stops " + execution);
                    execution.stop();
                });
    }

    private void breakWhatIsNotRegistered() {
        SimulatedLake lake = world.lake();
        lake.partitions().stream()
                .filter(number -> lake.hasData(number)
                        && !world.oracle()
                                .catalog()
                                .partitions()
                                .containsKey(lake.layout().values(number)))
                .toList()
                .forEach(number ->
                        world.trace().add(FaultKind.DATA_BROKE, "somebody", "data breaks: " + lake.put(number, false)));
    }

    private static boolean isRunning(Engine engine, FunctionRun invocation) {
        return engine.executions().stream().anyMatch(one -> one.run().equals(invocation.run()) && one.isRunning());
    }

    private static long others(Engine engine, boolean ended) {
        return engine.executions().stream()
                .filter(one -> !ended || !one.isRunning())
                .count();
    }

    private Fault noted(Moment moment, Fault fault) {
        world.trace().add(FaultKind.of(fault, moment), world.scheduler().current(), "  " + fault);
        return fault;
    }

    private static String condition(Call call) {
        return call.fact("if-none-match").isEmpty() ? (call.fact("if-match").isEmpty() ? "" : " if-match") : " if-none";
    }
}
