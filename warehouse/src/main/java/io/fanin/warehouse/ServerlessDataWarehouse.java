package io.fanin.warehouse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.athena.CfnWorkGroup;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.glue.CfnDatabase;
import software.amazon.awscdk.services.glue.CfnDatabase.DatabaseInputProperty;
import software.amazon.awscdk.services.glue.CfnTable;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * A data warehouse in one Glue database: tables that streams or jobs fill by the hour, or that other systems write, and
 * the pipeline that checks their data and registers it.
 */
public final class ServerlessDataWarehouse extends Construct {

    /** The context key that deletes the data with the stack if it is {@code true}, for a warehouse in development. */
    public static final String DELETE_DATA = "fanin:delete-data";

    /** The context key with the packaged template, if {@link Builder#pipeline} is not called. */
    public static final String TEMPLATE = "fanin:template";

    private static final String LANDING = "landing";
    private static final String ERRORS = "landing-errors";
    private static final Pattern DATABASE = Pattern.compile("[a-z][a-z0-9_]{0,59}");
    private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]{0,127}");

    private final String databaseName;
    private final Optional<CfnDatabase> database;
    private final Bucket dataWarehouseBucket;
    private final Bucket queryResultsBucket;
    private final CfnWorkGroup workGroup;
    private final PipelineArns pipeline;
    private final boolean events;
    private final GlueTables glue;
    private final InputStreams inputStreams;
    private final BatchFunctions functions;
    private final PipelineRuns runs;
    private final Map<String, CfnTable> tables = new LinkedHashMap<>();
    private final Map<String, Stream> streams = new LinkedHashMap<>();

    private ServerlessDataWarehouse(Builder builder) {
        super(builder.scope, builder.name);
        // Kept once deployed, but deleted after a failed creation, since names would block the next attempt.
        RemovalPolicy removal = builder.dev ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
        boolean deletesData = builder.dev && isTrue(getNode().tryGetContext(DELETE_DATA));
        Pipeline wanted = builder.pipeline.orElseGet(() -> packaged(getNode().tryGetContext(TEMPLATE)));
        databaseName = builder.name;
        events = builder.events;
        database = builder.existingDatabase ? Optional.empty() : Optional.of(newDatabase(removal));
        dataWarehouseBucket = WarehouseBuckets.data(this, deletesData);
        queryResultsBucket = WarehouseBuckets.results(this, deletesData);
        workGroup = WorkGroups.create(this, queryResultsBucket, removal);
        glue = new GlueTables(databaseName, removal);
        inputStreams = new InputStreams(dataWarehouseBucket, removal);
        functions = new BatchFunctions(databaseName, dataWarehouseBucket, queryResultsBucket, workGroup);
        pipeline = wanted.addTo(this, databaseName, dataWarehouseBucket);
        runs = new PipelineRuns(this, databaseName, pipeline);
        runs.ofAllTables(builder.schedule);
        if (events) {
            runs.sendEventsOf(dataWarehouseBucket);
        }
    }

    private static boolean isTrue(Object context) {
        return context != null && context.toString().equals("true");
    }

    private static Pipeline packaged(Object template) {
        if (template == null) {
            throw new IllegalArgumentException(
                    "the warehouse needs a pipeline: give pipeline(Pipeline.packaged(file)) or"
                            + " pipeline(Pipeline.deployed(...)), or name the packaged template in the context, -c "
                            + TEMPLATE
                            + "=packaged.yaml");
        }
        return Pipeline.packaged(template.toString());
    }

    private CfnDatabase newDatabase(RemovalPolicy removal) {
        CfnDatabase created = CfnDatabase.Builder.create(this, "Database")
                .catalogId(Stack.of(this).getAccount())
                .databaseInput(
                        DatabaseInputProperty.builder().name(databaseName).build())
                .build();
        created.applyRemovalPolicy(removal);
        return created;
    }

    /**
     * Adds a table that another system writes, in the folder of its name.
     *
     * @throws IllegalArgumentException if there is one of that name, or it is not the name of a table
     */
    public ServerlessDataWarehouse withTable(String name, Table table) {
        add(newScope(name), name, table, Map.of());
        return this;
    }

    /**
     * Adds a table whose records arrive through a stream.
     *
     * @throws IllegalArgumentException if there is a table of that name, or it is not the name of a table
     */
    public ServerlessDataWarehouse withStreamingInputTable(String name, StreamingInputTable table) {
        Construct scope = newScope(name);
        String prefix = (table.convertedByFirehose() ? "" : LANDING + "/") + name + "/";
        CfnTable created = add(
                scope,
                name,
                Table.builder()
                        .columns(table.columns().toArray(Column[]::new))
                        .partitionKeys(table.partitionKey())
                        .build(),
                HourlyTable.streamed(table, dataWarehouseBucket.s3UrlForObject(prefix), events));
        streams.put(name, inputStreams.create(scope, table, created, prefix, ERRORS + "/" + name + "/"));
        table.partitionSchedule().ifPresent(schedule -> runs.ofTable(scope, name, schedule));
        return this;
    }

    /** Another name for {@link #withStreamingInputTable}. */
    public ServerlessDataWarehouse withStreamingBatchInputTable(String name, StreamingInputTable table) {
        return withStreamingInputTable(name, table);
    }

    /**
     * Adds a table whose hours a function writes on a schedule.
     *
     * @throws IllegalArgumentException if there is a table of that name, or it is not the name of a table
     */
    public ServerlessDataWarehouse withBatchInputTable(String name, BatchInputTable table) {
        Construct scope = newScope(name);
        Table written = Table.builder()
                .columns(table.columns().toArray(Column[]::new))
                .partitionKeys(table.partitionKey())
                .dataFormat(table.dataFormat())
                .build();
        add(scope, name, written, HourlyTable.batch(table, events));
        functions.create(scope, name, table);
        return this;
    }

    private Construct newScope(String name) {
        if (!TABLE.matcher(name).matches() || name.equals(LANDING)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not the name of a table here: expected lower-case letters,"
                            + " digits and _, beginning with a letter, 128 characters at most, and not '" + LANDING
                            + "', where records arrive");
        }
        if (tables.containsKey(name)) {
            throw new IllegalArgumentException(
                    "table '" + name + "' is there already: give each table a name of its own");
        }
        return new Construct(this, name);
    }

    private CfnTable add(Construct scope, String name, Table table, Map<String, String> parameters) {
        CfnTable created = glue.create(scope, name, table, dataWarehouseBucket.s3UrlForObject(name + "/"), parameters);
        database.ifPresent(created.getNode()::addDependency);
        tables.put(name, created);
        return created;
    }

    /**
     * The table of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public CfnTable getTable(String name) {
        return known(tables, name, "table");
    }

    /** The names of the tables, in the order in which they were added. */
    public List<String> listTables() {
        return List.copyOf(tables.keySet());
    }

    /**
     * The stream for the records of this table.
     *
     * @throws IllegalArgumentException if no table of this name has one
     */
    public Stream getInputStream(String name) {
        return known(streams, name, "table with an input stream");
    }

    private <T> T known(Map<String, T> all, String name, String what) {
        if (!all.containsKey(name)) {
            throw new IllegalArgumentException("the warehouse " + databaseName + " has no " + what + " '" + name
                    + "', it has: " + (all.isEmpty() ? "none" : String.join(", ", all.keySet())));
        }
        return all.get(name);
    }

    public String getDatabaseName() {
        return databaseName;
    }

    /** The database that was created; empty if it existed before. */
    public Optional<CfnDatabase> getDatabase() {
        return database;
    }

    /** The bucket of the tables, each in the folder of its name, and of the raw records. */
    public Bucket getDataWarehouseBucket() {
        return dataWarehouseBucket;
    }

    public Bucket getQueryResultsBucket() {
        return queryResultsBucket;
    }

    /** The Athena work group whose results go into their own bucket. */
    public CfnWorkGroup getWorkGroup() {
        return workGroup;
    }

    /** The name for {@code fanin --stack}; empty if the pipeline is not the warehouse's own. */
    public Optional<String> getPipelineStack() {
        return pipeline.stack();
    }

    /** Builds a warehouse. */
    public static final class Builder {

        private final Construct scope;
        private final String name;
        private boolean dev;
        private boolean existingDatabase;
        private boolean events;
        private Schedule schedule = Schedule.rate(Duration.hours(1));
        private Optional<Pipeline> pipeline = Optional.empty();

        private Builder(Construct scope, String name) {
            this.scope = scope;
            this.name = name;
        }

        /**
         * A warehouse in the database of this name.
         *
         * @throws IllegalArgumentException if it is not the name of a database
         */
        public static Builder create(Construct scope, String name) {
            if (!DATABASE.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "'" + name + "' is not the name of a database: expected lower-case letters,"
                                + " digits and _, beginning with a letter, 60 characters at most, such as analytics_dw");
            }
            return new Builder(scope, name);
        }

        /**
         * Whether tables, streams, the database and the work group are deleted with the stack; by default they are
         * kept. Buckets are deleted only if the context {@value #DELETE_DATA} is {@code true}, too.
         */
        public Builder dev(boolean dev) {
            this.dev = dev;
            return this;
        }

        /** Whether the database exists already; by default it is created. */
        public Builder existingDatabase(boolean existing) {
            this.existingDatabase = existing;
            return this;
        }

        /** Whether the hours of streams and jobs are detected by S3 events instead of by listing. */
        public Builder events(boolean events) {
            this.events = events;
            return this;
        }

        /** The schedule of all tables without one of their own; every hour by default. */
        public Builder schedule(Schedule schedule) {
            this.schedule = schedule;
            return this;
        }

        /** The pipeline; by default that of the packaged template in the context {@value #TEMPLATE}. */
        public Builder pipeline(Pipeline pipeline) {
            this.pipeline = Optional.of(pipeline);
            return this;
        }

        public ServerlessDataWarehouse build() {
            return new ServerlessDataWarehouse(this);
        }
    }
}
