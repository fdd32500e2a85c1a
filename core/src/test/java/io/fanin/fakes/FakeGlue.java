package io.fanin.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.glue.GlueClient;

/**
 * The Glue Data Catalog in memory: databases, tables and partitions over AWS JSON 1.1, with the limits and the error
 * shapes of Glue. Calls take effect one at a time. Thread-safe.
 *
 * <p>The methods with a database and a table as parameters read the catalog, or change it as another writer would,
 * without logging and faults.
 */
public final class FakeGlue extends FakeService {

    static final String CATALOG = "123456789012";

    private final Map<String, Function<GlueRequest, ObjectNode>> operations = new HashMap<>();
    private final FakeGlueCatalog catalog = new FakeGlueCatalog();
    private final FakeGlueTables tables;
    private final GluePartitions partitions;
    private final Map<String, ObjectNode> jobs = new HashMap<>();
    private final NavigableMap<String, ObjectNode> crawlers = new TreeMap<>();
    private final Clock clock;

    public FakeGlue() {
        this(Clock.systemUTC(), new RequestLog(), new Faults());
    }

    public FakeGlue(Clock clock, RequestLog log, Faults faults) {
        super(log, faults);
        this.clock = clock;
        this.tables = new FakeGlueTables(catalog, clock);
        this.partitions = new GluePartitions(catalog, clock);
        operations.putAll(tables.operations());
        operations.putAll(partitions.operations());
        operations.putAll(new GlueBatches(partitions).operations());
        operations.put("GetJob", this::getJob);
        operations.put("GetCrawlers", this::getCrawlers);
    }

    public GlueClient client() {
        return client(promptRetries());
    }

    public GlueClient client(RetryStrategy retries) {
        return connect(GlueClient.builder(), retries, List.of());
    }

    /** A client whose calls go through the interceptor. */
    public GlueClient client(ExecutionInterceptor interceptor) {
        return connect(GlueClient.builder(), promptRetries(), List.of(interceptor));
    }

    public synchronized FakeGlue createDatabase(String database) {
        catalog.add(
                database, JsonNodeFactory.instance.objectNode(), clock.instant().getEpochSecond());
        return this;
    }

    /** Leaves a table out of lists, as Lake Formation does. */
    public synchronized FakeGlue hideFromLists(String table) {
        tables.hideFromLists(table);
        return this;
    }

    /** Adds a crawler, as GetCrawlers describes it. */
    public synchronized FakeGlue crawler(String json) {
        ObjectNode crawler = Json.read(json, ObjectNode.class, "the crawler");
        crawlers.put(crawler.path("Name").textValue(), crawler);
        return this;
    }

    private ObjectNode getCrawlers(GlueRequest request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("Crawlers").addAll(crawlers.values());
        return answer;
    }

    /**
     * Adds or replaces a job.
     *
     * @param arguments its DefaultArguments
     * @param fixed its NonOverridableArguments
     */
    public synchronized FakeGlue putJob(String name, Map<String, String> arguments, Map<String, String> fixed) {
        ObjectNode job = JsonNodeFactory.instance.objectNode().put("Name", name);
        arguments.forEach(job.putObject("DefaultArguments")::put);
        fixed.forEach(job.putObject("NonOverridableArguments")::put);
        jobs.put(name, job);
        return this;
    }

    /** Has Glue start failed runs of a job again by itself. */
    public synchronized FakeGlue retryJob(String name, int retries) {
        jobs.get(name).put("MaxRetries", retries);
        return this;
    }

    public synchronized FakeGlue deleteJob(String name) {
        jobs.remove(name);
        return this;
    }

    private ObjectNode getJob(GlueRequest request) {
        String name = request.text("JobName");
        if (!jobs.containsKey(name)) {
            throw new Refusal(400, "EntityNotFoundException", "Job with name: " + name + " not found.");
        }
        return JsonNodeFactory.instance.objectNode().set("Job", jobs.get(name));
    }

    public synchronized boolean hasTable(String database, String table) {
        return catalog.find(database, table).isPresent();
    }

    /** The table as Glue would describe it. */
    public synchronized JsonNode table(String database, String table) {
        return catalog.table(database, table).describe();
    }

    /** The table's partition indexes, as Glue would describe them. */
    public synchronized JsonNode partitionIndexes(String database, String table) {
        return catalog.table(database, table).indexes();
    }

    /** The table's parameters. */
    public synchronized Map<String, String> parameters(String database, String table) {
        Map<String, String> parameters = new TreeMap<>();
        JsonNode node = catalog.table(database, table).input().path("Parameters");
        node.properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
        return parameters;
    }

    /** The number of old versions of the table that are kept: those updated without SkipArchive. */
    public synchronized int archivedVersions(String database, String table) {
        return catalog.table(database, table).archived();
    }

    /** Changes the table as another writer would, with a new version. */
    public synchronized FakeGlue alterTable(String database, String table, Consumer<ObjectNode> change) {
        GlueTable existing = catalog.table(database, table);
        ObjectNode input = existing.input().deepCopy();
        change.accept(input);
        existing.update(input, true, clock.instant());
        return this;
    }

    /** From here on the table has these partitions and no others; they cannot be changed. */
    public synchronized FakeGlue computePartitions(String database, String table, ComputedPartitions partitions) {
        catalog.table(database, table).compute(partitions);
        return this;
    }

    /** All partitions by their values, sorted, as Glue would describe them. */
    public synchronized Map<List<String>, JsonNode> partitions(String database, String table) {
        return new LinkedHashMap<>(catalog.table(database, table).partitions());
    }

    /** The location of each partition. */
    public synchronized Map<List<String>, String> locations(String database, String table) {
        Map<List<String>, String> locations = new LinkedHashMap<>();
        catalog.table(database, table)
                .partitions()
                .forEach((values, partition) -> locations.put(
                        values,
                        partition.path("StorageDescriptor").path("Location").asText()));
        return locations;
    }

    /** Adds or replaces a partition that has nothing but a location. */
    public synchronized FakeGlue putPartition(String database, String table, List<String> values, String location) {
        GlueTable existing = catalog.table(database, table);
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        values.forEach(input.putArray("Values")::add);
        input.putObject("StorageDescriptor").put("Location", location);
        PartitionInput checked = PartitionInput.of(input);
        checked.requireFit(existing);
        existing.put(checked.values(), checked.node(), clock.instant().getEpochSecond());
        return this;
    }

    /** Changes a partition as another writer would. */
    public synchronized FakeGlue alterPartition(
            String database, String table, List<String> values, Consumer<ObjectNode> change) {
        GlueTable existing = catalog.table(database, table);
        ObjectNode input = existing.partitions().get(values).deepCopy();
        change.accept(input);
        existing.put(values, input, clock.instant().getEpochSecond());
        return this;
    }

    public synchronized FakeGlue dropPartition(String database, String table, List<String> values) {
        partitions.delete(catalog.table(database, table), values);
        return this;
    }

    /** Creates a table without partitions as another writer would, from this description. */
    public synchronized FakeGlue putTable(String database, String table, ObjectNode description) {
        GlueTable made = new GlueTable(database, description, JsonNodeFactory.instance.arrayNode(), clock.instant());
        catalog.add(database, table, made);
        return this;
    }

    /** Drops the table with its partitions. */
    public synchronized FakeGlue dropTable(String database, String table) {
        catalog.remove(database, table);
        return this;
    }

    /**
     * Makes GetPartitions look at no more than a number of partitions a page: pages may be empty and still not the
     * last.
     */
    public synchronized FakeGlue scanAtMost(int partitionsPerPage) {
        partitions.scanAtMost(partitionsPerPage);
        return this;
    }

    @Override
    Call describe(Request request) {
        JsonNode body = AwsJson.body(request);
        Map<String, String> facts = AwsJson.facts(body);
        if (body.has("Segment")) {
            JsonNode segment = body.get("Segment");
            facts.put(
                    "Segment",
                    segment.path("SegmentNumber").asInt() + "/"
                            + segment.path("TotalSegments").asInt());
        }
        return new Call("glue", AwsJson.operation(request), target(body), facts);
    }

    @Override
    synchronized Response answer(Call call, Request request) {
        GlueRequest parsed = new GlueRequest(AwsJson.body(request), values -> faults().forEntry(call, values));
        return Optional.ofNullable(operations.get(call.operation()))
                .map(operation -> AwsJson.response(200, operation.apply(parsed)))
                .orElseThrow(() ->
                        new Refusal(400, "UnknownOperationException", "FakeGlue does not know " + call.operation()));
    }

    @Override
    Response error(Request request, Fault.Fail error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return AwsJson.response(error.status(), body.put("__type", error.code()).put("Message", error.message()));
    }

    private static String target(JsonNode body) {
        String database = body.path("DatabaseName")
                .asText(body.path("DatabaseInput").path("Name").asText());
        String table = body.path("TableName")
                .asText(body.path("TableInput").path("Name").asText());
        String name = body.path("Name").asText();
        return Stream.of(database, table, name).filter(part -> !part.isEmpty()).collect(Collectors.joining("."));
    }
}
