package io.fanin.cli.aws;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.core.alltables.AllTablesFolder;
import io.fanin.core.aws.AwsErrors;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.execution.StepFunctionsStatus;
import io.fanin.core.history.TableHistories;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.lease.Leases;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.S3SpecSource;
import io.fanin.core.tables.S3Texts;
import io.fanin.core.tables.StackBuckets;
import io.fanin.core.tables.TableDirectory;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.run.RunId;
import io.fanin.model.table.S3Location;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One deployed stack, as the command line uses it: its state machines, state bucket and tables, found through the
 * stack's outputs. Everything is requested only when a command needs it.
 */
public final class Deployment {

    /** The default of the template. */
    private static final int TABLE_CONCURRENCY = 10;

    private final Clients clients;
    private final Map<String, String> outputs;
    private final Map<String, String> parameters;
    private final String status;
    private final ObjectStore store;
    private final GlueCatalog catalog;

    private Deployment(Clients clients, Stack stack, S3Client s3) {
        this.clients = clients;
        this.outputs = stack.outputs().stream().collect(Collectors.toMap(Output::outputKey, Output::outputValue));
        this.status = Optional.ofNullable(stack.stackStatusAsString()).orElse("");
        this.parameters = stack.parameters().stream()
                .collect(Collectors.toMap(Parameter::parameterKey, Parameter::parameterValue));
        this.store = new S3ObjectStore(s3, output("StateBucketName"));
        this.catalog = clients.catalog();
    }

    /**
     * The stack of this name.
     *
     * @param where the endpoint's name in messages
     * @param howToDeploy the hint if there is no such stack
     */
    public static Deployment of(Clients clients, String stack, String where, String howToDeploy) {
        try (CloudFormationClient client = clients.cloudFormation()) {
            Stack found = client.describeStacks(request -> request.stackName(stack)).stacks().stream()
                    .findFirst()
                    .orElseThrow(() -> none(clients, stack, where, howToDeploy));
            return new Deployment(clients, found, clients.s3());
        } catch (CloudFormationException e) {
            throw AwsErrors.isCode(e, "ValidationError") ? none(clients, stack, where, howToDeploy) : e;
        }
    }

    private static CommandFailedException none(Clients clients, String stack, String where, String howToDeploy) {
        String region = clients.region();
        return new CommandFailedException(
                "there is no stack " + stack + " at " + where + (region.isEmpty() ? "" : " in " + region), howToDeploy);
    }

    public String stateMachineArn() {
        return output("StateMachineArn");
    }

    /** The ARN of the queue to which S3 sends notifications of objects. */
    public String objectEventsQueueArn() {
        return output("ObjectEventsQueueArn");
    }

    public String allTablesStateMachineArn() {
        return output("AllTablesStateMachineArn");
    }

    /** The stack's folder of specs; empty if it has none. */
    public Optional<S3Location> specsLocation() {
        return Optional.of(parameter("SpecsLocation"))
                .filter(uri -> !uri.isEmpty())
                .map(S3Location::of);
    }

    /** The schedule of runs of all tables in EventBridge's notation; absent if there is none. */
    public Optional<String> schedule() {
        return Optional.of(parameter("ScheduleExpression")).filter(when -> !when.isEmpty());
    }

    /**
     * The number of tables that a run of all tables processes at a time; the template's default if the stack does not
     * state it.
     */
    public int tableConcurrency() {
        String given = parameter("TableConcurrency");
        return given.isEmpty() ? TABLE_CONCURRENCY : Integer.parseInt(given);
    }

    /** The stack's permissions for buckets. */
    public StackBuckets buckets() {
        return StackBuckets.of(
                        output("StateBucketName"),
                        parameter("DataBuckets"),
                        parameter("TargetBuckets"),
                        parameter("SpecBuckets"))
                .mayDeregister(Boolean.parseBoolean(parameter("AllowDeregister")));
    }

    /** The directory of the tables that a run of all tables includes. */
    public TableDirectory directory() {
        return TableDirectory.of(
                parameter("SpecsLocation"),
                parameter("RawDatabases"),
                clients.pages(),
                texts(),
                catalog,
                Workers.THREADS);
    }

    /** The specs in the stack's spec buckets. */
    public ExecutionInput.SpecSource specs() {
        return new S3SpecSource(texts());
    }

    private S3Texts texts() {
        return new S3Texts(clients.buckets(), buckets());
    }

    /** The metrics published for each table; none if the stack does not state it. */
    public TableSeries tableSeries() {
        String asked = parameter("TableMetrics");
        return asked.isEmpty() ? TableSeries.NONE : TableSeries.of(asked);
    }

    public AllTablesFolder allTables(RunId run) {
        return new AllTablesFolder(store, run);
    }

    /** The version of the functions; empty if the stack has no such output. */
    public Optional<String> version() {
        return Optional.ofNullable(outputs.get("Version"));
    }

    public GlueCatalog catalog() {
        return catalog;
    }

    public TableRecords records() {
        return new TableRecords(store);
    }

    /** The table's record, ignoring that of a dropped table of the same name. */
    public TableRecord record(CatalogTable table) {
        TableRecord record = records().read(table.name());
        return record.isOfAnother(table) ? TableRecord.NEW : record;
    }

    /** The tables' histories and calendars. */
    public TableHistories histories() {
        return new TableHistories(store);
    }

    /** The tables' leases, for reading. */
    public Leases leases() {
        return new Leases(store, new StepFunctionsStatus(clients::stepFunctions));
    }

    public RunFolder run(RunId run) {
        return new RunFolder(store, run);
    }

    public Clients clients() {
        return clients;
    }

    private String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    private String output(String name) {
        return Optional.ofNullable(outputs.get(name))
                .orElseThrow(
                        () -> new CommandFailedException(
                                "the stack has no output " + name + (status.isEmpty() ? "" : ", and is " + status),
                                status.endsWith("COMPLETE") && !status.startsWith("ROLLBACK")
                                        ? "deploy it with this version's template"
                                        : "wait until it is deployed, or deploy it again: the stack's events say what is wrong"));
    }
}
