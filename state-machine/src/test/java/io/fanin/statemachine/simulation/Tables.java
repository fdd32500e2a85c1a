package io.fanin.statemachine.simulation;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.execution.ExecutionEnd;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.tables.RawTable;
import io.fanin.core.tables.StackBuckets;
import io.fanin.detector.DetectorHandler;
import io.fanin.fakes.Call;
import io.fanin.fakes.FakeAws;
import io.fanin.fakes.ManualClock;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.json.Json;
import io.fanin.processor.ProcessorHandler;
import io.fanin.records.samples.RowSamples;
import io.fanin.statemachine.Definition;
import io.fanin.tablecreator.TableCreatorHandler;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.Notices;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/** Both state machines and the functions over AWS in memory, without injected faults. Counts states and requests. */
final class Tables implements TaskRunner {

    private static final String MACHINES = "arn:aws:states:us-east-1:123456789012:stateMachine:";

    final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));
    final FakeAws aws = new FakeAws(clock);

    /** The inputs of the executions of tables. */
    final Map<String, JsonNode> started = new HashMap<>();

    /** The ends of these executions. */
    final Map<String, ExecutionEnd> ends = new HashMap<>();

    /** The start times of executions, by the names of their machines and their own; a redrive does not change them. */
    private final Map<String, Instant> startTimes = new HashMap<>();

    /** The lines of metrics. */
    final List<String> figures = new ArrayList<>();

    /** The invocations of functions, in their order. */
    final List<Invocation> invocations = new ArrayList<>();

    private final Interpreter allTables = new Interpreter(definition(), this);
    private final Interpreter oneTable = new Interpreter(Definition.committed().json(), this);
    private final SimulatedClients clients = SimulatedClients.of(aws, Mutant.NONE);
    private final GlueCatalog catalog =
            new GlueCatalog(clients.glue(), duration -> {}, Workers.CALLER, GlueCatalog.PARALLEL);
    private final Map<String, RequestStreamHandler> functions;
    private long states;
    private boolean losesNext;
    private boolean tellsEnds;

    /** The requests of a function in one invocation. */
    record Invocation(String function, List<Call> calls) {}

    Tables() {
        this(aws -> new Announcer(List.of()), tables -> Notices.NONE);
    }

    /**
     * Tables whose runs are reported.
     *
     * @param announcer informs programs
     * @param notices inform people
     */
    Tables(Function<FakeAws, Announcer> announcer, Function<Tables, Notices> notices) {
        aws.s3().createBucket("state").createBucket("lake").createBucket("config");
        S3Client s3 = clients.s3();
        S3ObjectStore state = new S3ObjectStore(s3, "state", duration -> {});
        StackBuckets buckets =
                StackBuckets.of("state", "lake", "lake", "config").mayDeregister(true);
        functions = Map.of(
                "DetectorArn",
                new DetectorHandler(state, s3, buckets, catalog, arn -> false, new RequestCounter(), Workers.CALLER),
                "ProcessorArn",
                new ProcessorHandler(
                        s3,
                        () -> catalog,
                        "state",
                        duration -> {},
                        Workers.CALLER,
                        () -> 0,
                        clock,
                        RowSamples.SHOWN,
                        new RequestCounter(),
                        databases -> (spec, convert, raw, target, deadline) -> new SimulatedConversion(raw, target)),
                "TableCreatorArn",
                new TableCreatorHandler(
                        state,
                        s3,
                        catalog,
                        arn -> false,
                        arn -> Optional.ofNullable(ends.get(name(arn))),
                        Clock.systemUTC(),
                        Workers.CALLER,
                        announcer.apply(aws),
                        notices.apply(this),
                        new TableMetrics(Optional.of("fanin"), TableSeries.NONE, clock, figures::add),
                        new RequestCounter()));
    }

    private static JsonNode definition() {
        JsonNode definition = Definition.ofAllTables().json();
        ObjectNode stack = (ObjectNode) definition.at("/States/Detect tables/Parameters/stack");
        stack.put("stateMachine", MACHINES + "partition-fan-in");
        stack.put("specs", "s3://config/specs/").put("databases", "raw_*");
        return definition;
    }

    /** A table of JSON in Glue, partitioned by day. */
    void table(String name, Map<String, String> parameters) {
        RawTable.create(catalog, name, parameters);
    }

    /** Creates a table of JSON in Glue, partitioned by hours. */
    void hourlyTable(String name, Map<String, String> parameters) {
        RawTable.createHourly(catalog, name, parameters);
    }

    void hour(String table, LocalDateTime hour, String content) {
        String path = DateTimeFormatter.ofPattern("'/dt='yyyy-MM-dd'/hour='HH'/part-0.json'")
                .format(hour);
        aws.s3().put("lake", table + path, content);
    }

    void day(String table, String day, String content) {
        aws.s3().put("lake", table + "/dt=" + day + "/part-0.json", content);
    }

    /**
     * Runs an execution of the machine for all tables.
     *
     * @throws StateError when it fails
     */
    JsonNode run(String name, String input) {
        states = 0;
        aws.log().reset();
        return allTables.run(new Position(allTables.startAt(), json(input)), context("all-tables", name, json(input)));
    }

    /** Informs functions about the end of each execution from now on, as in a stack with a bus or a topic. */
    void tellEnds() {
        tellsEnds = true;
    }

    /** Makes the next item of a Map fail without being caught. */
    void loseNextItem() {
        losesNext = true;
    }

    /** Runs its last state again, as a redrive does. */
    JsonNode redriveSumUp(String name, JsonNode receipts) {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("run", name);
        input.set("receipts", receipts);
        return allTables.run(new Position("Sum up", input), context("all-tables", name, json("{}")));
    }

    /** Runs an execution of the machine for one table, and notes how it ends. */
    void runTable(String name, JsonNode input) {
        try {
            JsonNode output =
                    oneTable.run(new Position(oneTable.startAt(), input), context("partition-fan-in", name, input));
            ends.put(
                    name,
                    new ExecutionEnd(
                            "SUCCEEDED",
                            Optional.empty(),
                            Optional.of(output.toString()),
                            Optional.empty(),
                            Optional.empty()));
        } catch (StateError e) {
            ends.put(
                    name,
                    new ExecutionEnd(
                            "FAILED",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(e.error()),
                            Optional.of(e.detail())));
        }
    }

    /**
     * Runs an execution of the machine for one table as a schedule does, and informs the functions of its end, as the
     * stack's rule does.
     */
    void runTableAndTell(String name, JsonNode input) {
        runTable(name, input);
        ExecutionEnd end = ends.get(name);
        ObjectNode detail = JsonNodeFactory.instance
                .objectNode()
                .put("executionArn", MACHINES.replace("stateMachine", "execution") + "partition-fan-in:" + name)
                .put("name", name)
                .put("status", end.status())
                .put("stopDate", clock.millis())
                .put("input", input.toString());
        end.output().ifPresent(output -> detail.put("output", output));
        end.error().ifPresent(error -> detail.put("error", error));
        end.cause().ifPresent(cause -> detail.put("cause", cause));
        invoke(
                "TableCreatorArn",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("detail-type", "Step Functions Execution Status Change")
                        .set("detail", detail));
    }

    /** State transitions that are billed since the last run began. */
    long states() {
        return states;
    }

    /** Requests to Glue and to the bucket of the tables since then. */
    long requests() {
        return aws.log().calls().stream()
                .filter(call -> call.service().equals("glue") || call.target().startsWith("lake"))
                .count();
    }

    @Override
    public JsonNode invoke(String resource, JsonNode input) {
        if (resource.endsWith(":states:startExecution.sync:2")) {
            String name = input.get("Name").textValue();
            if (started.putIfAbsent(name, input.get("Input")) != null) {
                throw new StateError("StepFunctions.ExecutionAlreadyExistsException", name);
            }
            if (tellsEnds) {
                runTableAndTell(name, input.get("Input"));
            } else {
                runTable(name, input.get("Input"));
            }
            ExecutionEnd end = ends.get(name);
            if (!end.hasSucceeded()) {
                throw new StateError("States.TaskFailed", end.error().orElse(""));
            }
            ObjectNode described = JsonNodeFactory.instance.objectNode().put("Status", end.status());
            return described.set("Output", json(end.output().orElseThrow()));
        }
        if (resource.endsWith(":aws-sdk:sfn:describeExecution")) {
            String name = name(input.get("ExecutionArn").textValue());
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("Status", ends.get(name).status());
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int before = aws.log().count();
        try {
            functions
                    .get(resource)
                    .handleRequest(new ByteArrayInputStream(Json.documents().writeValueAsBytes(input)), output, null);
            return Json.documents().readTree(output.toByteArray());
        } catch (IOException | RuntimeException e) {
            throw new StateError(e.getClass().getName(), String.valueOf(e.getMessage()));
        } finally {
            List<Call> calls = aws.log().calls();
            int sent = aws.log().count() - before;
            invocations.add(new Invocation(resource, List.copyOf(calls.subList(calls.size() - sent, calls.size()))));
        }
    }

    @Override
    public List<JsonNode> items(String bucket, String key) {
        List<JsonNode> items = new ArrayList<>();
        json(aws.s3().text("state", key).orElseThrow()).forEach(items::add);
        states += items.size(); // Step Functions bills the start of each child execution
        return items;
    }

    @Override
    public boolean losesItem() {
        boolean loses = losesNext;
        losesNext = false;
        return loses;
    }

    @Override
    public Optional<JsonNode> remains(StateError error) {
        return Optional.empty();
    }

    @Override
    public void checkpoint() {
        states++;
    }

    private ObjectNode context(String machine, String name, JsonNode input) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        ObjectNode execution = context.putObject("Execution");
        execution.put("Id", MACHINES.replace("stateMachine", "execution") + machine + ":" + name);
        Instant start = startTimes.computeIfAbsent(machine + ":" + name, started -> clock.instant());
        execution.put("Name", name).put("StartTime", start.toString()).put("RedriveCount", 0);
        execution.set("Input", input);
        return context;
    }

    static JsonNode json(String text) {
        try {
            return Json.documents().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }
}
