package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.table.GlueMapping;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;

/** All tables of three databases in one run, and the schedules that start such runs. */
@ExtendWith(Platform.class)
@Order(Platform.MINUTES_OF_WORK)
@ResourceLock(Platform.SPECS)
class AllTablesIT {

    private static final String EVERY_MINUTE = "it-";
    private static final Duration SCHEDULED = Duration.ofSeconds(150);
    private static final List<Column> COLUMNS = List.of(new Column("carrier", "string"), new Column("delay", "int"));

    private final Pipeline pipeline;
    private final String id = UUID.randomUUID().toString().substring(0, 6);
    private final List<String> specs = new ArrayList<>();

    AllTablesIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void buckets() {
        pipeline.clients().s3().createBucket(request -> request.bucket(TestLake.SPEC_BUCKET));
        pipeline.clients().s3().createBucket(request -> request.bucket(TestLake.BUCKET));
    }

    @AfterEach
    void removeTheSpecs() {
        specs.forEach(key -> pipeline.clients()
                .s3()
                .deleteObject(request -> request.bucket(TestLake.SPEC_BUCKET).key(key)));
    }

    private String database(String which) {
        return "it_raw_" + id + "_" + which;
    }

    private static TableDefinition definition(TableName name, DataFormat format, String layout) {
        return new TableDefinition(
                name,
                S3Location.of("s3://" + TestLake.BUCKET + "/" + name.database() + "/" + name.table() + "/"),
                format,
                CsvOptions.DEFAULT,
                COLUMNS,
                List.of(new PartitionKey("dt", KeyType.DATE)),
                layout);
    }

    private void inGlue(TableDefinition table, Map<String, String> parameters) {
        try {
            pipeline.clients()
                    .glue()
                    .createDatabase(request -> request.databaseInput(
                            database -> database.name(table.name().database())));
        } catch (AlreadyExistsException e) {
            // Another table of the same database exists already.
        }
        pipeline.clients()
                .glue()
                .createTable(request -> request.databaseName(table.name().database())
                        .tableInput(GlueMapping.tableInput(table, parameters)));
    }

    private void data(TableDefinition table, String folder, String name, byte[] content) {
        pipeline.clients()
                .s3()
                .putObject(
                        request -> request.bucket(TestLake.BUCKET)
                                .key(table.location().prefix() + folder + "/" + name),
                        RequestBody.fromBytes(content));
    }

    private void spec(String key, String content) {
        specs.add(TestLake.SPEC_PREFIX + key);
        pipeline.clients()
                .s3()
                .putObject(
                        request -> request.bucket(TestLake.SPEC_BUCKET).key(TestLake.SPEC_PREFIX + key),
                        RequestBody.fromString(content));
    }

    private ObjectNode input() {
        ObjectNode input = Json.documents().createObjectNode();
        input.putArray("databases").add("it_raw_" + id + "_*");
        return input;
    }

    private JsonNode report(String run) {
        return pipeline.state().reportOfAllTables(run);
    }

    private Map<String, String> outcomes(String run) {
        Map<String, String> outcomes = new TreeMap<>();
        report(run)
                .path("results")
                .forEach(result -> outcomes.put(
                        result.path("table").asText(), result.path("outcome").asText()));
        return outcomes;
    }

    @Test
    void failingTablesAreNamedAndCompleteOnceRepaired() {
        TableDefinition bad = definition(new TableName(database("a"), "t0"), DataFormat.JSON, "hive");
        TableDefinition worse = definition(new TableName(database("b"), "t0"), DataFormat.CSV, "hive");
        byte[] whole = Content.gzip(Content.csv());
        byte[] truncated = Arrays.copyOf(whole, whole.length - 12);
        for (int i = 0; i < 10; i++) {
            TableDefinition json = definition(new TableName(database("a"), "t" + i), DataFormat.JSON, "hive");
            inGlue(json, Map.of());
            data(json, "dt=2013-02-08", "part-0.json.gz", i == 0 ? Content.truncatedJsonGz() : Content.jsonGz());
            TableDefinition csv = definition(new TableName(database("b"), "t" + i), DataFormat.CSV, "hive");
            inGlue(csv, Map.of());
            data(csv, "dt=2013-02-08", "part-0.csv.gz", i == 0 ? truncated : whole);
            TableDefinition parquet = definition(new TableName(database("c"), "t" + i), DataFormat.PARQUET, "${dt}");
            data(parquet, "2013-02-08", "part-0.parquet", Content.parquet());
            if (i < 8) {
                inGlue(parquet, Map.of());
            } else {
                spec(i + ".json", """
                        {"database": "%s", "table": "t%d", "location": "%s", "format": "parquet", "layout": "${dt}",
                         "columns": [{"name": "carrier", "type": "string"}, {"name": "delay", "type": "int"}],
                         "partitionKeys": [{"name": "dt", "type": "date"}]}""".formatted(database("c"), i, parquet.location()));
            }
        }
        inGlue(
                definition(new TableName(database("a"), "iceberg"), DataFormat.PARQUET, "hive"),
                Map.of("table_type", "ICEBERG"));
        pipeline.clients()
                .glue()
                .createTable(request -> request.databaseName(database("a"))
                        .tableInput(view ->
                                view.name("view").tableType("VIRTUAL_VIEW").viewOriginalText("select 1")));
        spec("broken.json", "{");

        Finished run = pipeline.runsOfAllTables().run("all-" + id, input());

        assertThat(run.error()).as(run.toString()).isEqualTo("io.fanin.tablecreator.summary.TablesPartialException");
        assertThat(run.message())
                .contains(
                        "30 tables: 28 complete, 2 partial: " + bad.name(),
                        worse.name().toString());
        assertThat(outcomes(run.name())).hasSize(30);
        assertThat(report(run.name()).path("leftOut"))
                .extracting(left -> left.path("what").asText())
                .contains(database("a") + ".iceberg", database("a") + ".view", TestLake.SPECS + "broken.json");

        data(bad, "dt=2013-02-08", "part-0.json.gz", Content.jsonGz());
        data(worse, "dt=2013-02-08", "part-0.csv.gz", whole);
        for (JsonNode result : report(run.name()).path("results")) {
            if (Set.of(bad.name().toString(), worse.name().toString())
                    .contains(result.path("table").asText())) {
                Finished repaired = pipeline.run(Json.documents()
                        .createObjectNode()
                        .put("redriveOf", result.path("execution").asText()));
                assertThat(repaired.succeeded()).as(repaired.toString()).isTrue();
            }
        }

        Finished again = pipeline.runsOfAllTables().run("again-" + id, input());
        assertThat(again.succeeded()).as(again.toString()).isTrue();
        Map<String, String> outcomes = outcomes(again.name());
        assertThat(outcomes).hasSize(30);
        // A redrive does not look at the whole table: only the next run determines how far it is complete.
        outcomes.keySet().removeAll(Set.of(bad.name().toString(), worse.name().toString()));
        assertThat(outcomes.values()).containsOnly("NOTHING_NEW");

        Finished third = pipeline.runsOfAllTables().run("third-" + id, input());
        assertThat(third.succeeded()).as(third.toString()).isTrue();
        assertThat(outcomes(third.name()).values()).hasSize(30).containsOnly("NOTHING_NEW");
        assertThat(report(third.name()).path("results"))
                .as("all were up to date, and none was run")
                .noneMatch(result -> result.has("execution"));
    }

    @Test
    void hundredTablesWithOnePartitionEachAreOneRun() {
        for (int i = 0; i < 100; i++) {
            TableDefinition table = definition(new TableName(database("m"), "t" + i), DataFormat.JSON, "hive");
            inGlue(table, Map.of());
            data(table, "dt=2013-02-08", "part-0.json.gz", Content.jsonGz());
        }
        Instant begin = Instant.now();

        Finished run = pipeline.runsOfAllTables().run("hundred-" + id, input());

        System.getLogger("it").log(System.Logger.Level.INFO, "100 tables: " + Duration.between(begin, Instant.now()));
        assertThat(run.succeeded()).as(run.toString()).isTrue();
        assertThat(run.output().at("/totals/COMPLETE").asInt()).isEqualTo(100);
    }

    /** Its location may be a wrong one, and nothing else would say so. */
    @Test
    void tableOfWhichNoRunHasFoundAPartitionIsRemarked() {
        TableDefinition empty = definition(new TableName(database("e"), "none"), DataFormat.JSON, "hive");
        inGlue(empty, Map.of());

        for (String run : List.of("empty-" + id, "still-" + id)) {
            Finished ended = pipeline.runsOfAllTables().run(run, input());

            assertThat(ended.succeeded()).as(ended.toString()).isTrue();
            assertThat(report(ended.name()).path("results")).hasSize(1).allSatisfy(result -> {
                assertThat(result.path("outcome").asText()).isEqualTo("NOTHING_NEW");
                assertThat(result.path("message").asText()).startsWith("no partition where this run has looked: ");
            });
        }
    }

    /**
     * Rules that fire every minute have the targets of the deployed ones, so that the template's actions and inputs are
     * used.
     */
    @Test
    void bothSchedulesStartRuns() {
        EventBridgeClient events = pipeline.clients().events();
        List<DescribeRuleResponse> rules = deployedRules(events);
        assertThat(rules)
                .extracting(DescribeRuleResponse::scheduleExpression, DescribeRuleResponse::state)
                .containsExactlyInAnyOrder(
                        tuple(Stack.SCHEDULE, RuleState.ENABLED), tuple(Stack.EVENTS_SCHEDULE, RuleState.ENABLED));
        List<String> earlier = pipeline.runsOfAllTables().newest();
        Map<String, String> inputs = new TreeMap<>();
        try {
            rules.forEach(rule -> everyMinute(events, rule.name()));
            Polling.await("both schedules have fired", SCHEDULED, () -> {
                pipeline.runsOfAllTables().newest().stream()
                        .filter(arn -> !earlier.contains(arn) && !inputs.containsKey(arn))
                        .forEach(arn -> inputs.put(
                                arn, pipeline.runsOfAllTables().input(arn).toString()));
                return inputs.values().stream().anyMatch(AllTablesIT::isOfEvents)
                        && !inputs.values().stream().allMatch(AllTablesIT::isOfEvents);
            });
        } finally {
            rules.forEach(rule -> removeEveryMinute(events, rule.name()));
            // Otherwise the tables of all tests would be run.
            inputs.keySet()
                    .forEach(arn -> pipeline.clients().sfn().stopExecution(request -> request.executionArn(arn)));
        }
        assertThat(inputs.values()).allMatch(input -> input.matches("\\{\"id\":\"[^\"]+\",\"time\":\"[^\"]+Z\".*"));
    }

    private static boolean isOfEvents(String input) {
        return input.contains("\"only\":\"events\"");
    }

    private List<DescribeRuleResponse> deployedRules(EventBridgeClient events) {
        String arn = pipeline.stack().allTablesStateMachineArn();
        return events.listRuleNamesByTarget(request -> request.targetArn(arn)).ruleNames().stream()
                .map(name -> events.describeRule(rule -> rule.name(name)))
                .toList();
    }

    private static void everyMinute(EventBridgeClient events, String deployed) {
        List<Target> targets =
                events.listTargetsByRule(request -> request.rule(deployed)).targets();
        events.putRule(request -> request.name(EVERY_MINUTE + deployed).scheduleExpression("rate(1 minute)"));
        events.putTargets(request -> request.rule(EVERY_MINUTE + deployed).targets(targets));
    }

    private static void removeEveryMinute(EventBridgeClient events, String deployed) {
        events.removeTargets(request -> request.rule(EVERY_MINUTE + deployed).ids("StateMachine"));
        events.deleteRule(request -> request.name(EVERY_MINUTE + deployed));
    }
}
