package io.fanin.cli.aws;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.lease.Leases;
import io.fanin.core.lease.StepFunctionsStatus;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.RunId;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.store.ObjectStore;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.s3.S3Client;

/** One deployed stack, seen through its outputs; what a command does not need is not asked for. */
public final class Deployment {

    private final Clients clients;
    private final Map<String, String> outputs;
    private final ObjectStore store;

    private Deployment(Clients clients, Map<String, String> outputs, S3Client s3) {
        this.clients = clients;
        this.outputs = outputs;
        this.store = new S3ObjectStore(s3, output("StateBucketName"));
    }

    /**
     * The stack of this name.
     *
     * @param where how messages call the endpoint
     * @param howToDeploy the hint where there is no such stack
     */
    public static Deployment of(Clients clients, String stack, String where, String howToDeploy) {
        CommandFailedException none =
                new CommandFailedException("there is no stack " + stack + " at " + where, howToDeploy);
        try (CloudFormationClient client = clients.cloudFormation()) {
            Map<String, String> outputs = client.describeStacks(request -> request.stackName(stack)).stacks().stream()
                    .findFirst()
                    .orElseThrow(() -> none)
                    .outputs()
                    .stream()
                    .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
            return new Deployment(clients, outputs, clients.s3());
        } catch (CloudFormationException e) {
            boolean isUnknown = e.awsErrorDetails() != null
                    && "ValidationError".equals(e.awsErrorDetails().errorCode());
            throw isUnknown ? none : e;
        }
    }

    public String stateMachineArn() {
        return output("StateMachineArn");
    }

    /** The queue that S3 tells of objects. */
    public String objectEventsQueueArn() {
        return output("ObjectEventsQueueArn");
    }

    /** The version of the functions; empty where the stack does not say it. */
    public Optional<String> version() {
        return Optional.ofNullable(outputs.get("Version"));
    }

    public GlueCatalog catalog() {
        return clients.catalog();
    }

    public TableRecords records() {
        return new TableRecords(store);
    }

    /** The tables' leases, to be read. */
    public Leases leases() {
        return new Leases(store, new StepFunctionsStatus(clients::stepFunctions));
    }

    public RunFolder run(RunId run) {
        return new RunFolder(store, run);
    }

    public Clients clients() {
        return clients;
    }

    private String output(String name) {
        return Optional.ofNullable(outputs.get(name))
                .orElseThrow(() -> new CommandFailedException(
                        "the stack has no output " + name, "deploy it with this version's template"));
    }
}
