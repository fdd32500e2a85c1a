package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.aws.Clients;
import io.fanin.cli.aws.CommandEnvironment;
import io.fanin.cli.aws.Endpoint;
import io.fanin.cli.console.Version;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.retry.Sleeper;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.TableName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** A deployed stack in memory, and a person at a terminal. */
final class CliFixture implements Clients {

    static final String BUCKET = "state";
    static final TableName FLIGHTS = new TableName("analytics", "flights");
    static final String SPEC = """
            {"database": "analytics", "table": "flights", "location": "s3://lake/flights/", "format": "json",
             "columns": [{"name": "carrier", "type": "string"}],
             "partitionKeys": [{"name": "dt", "type": "date"}, {"name": "hour", "type": "int"}], "layout": "hive"}""";

    final FakeAws aws = new FakeAws();
    final FakeStepFunctions stepFunctions = new FakeStepFunctions();
    final Map<String, String> environment = new HashMap<>();
    final Map<String, String> outputs = new HashMap<>(Map.of(
            "StateMachineArn",
            FakeStepFunctions.MACHINE,
            "AllTablesStateMachineArn",
            FakeStepFunctions.MACHINE + "-all",
            "StateBucketName",
            BUCKET,
            "Version",
            Version.number(),
            "ObjectEventsQueueArn",
            "arn:aws:sqs:eu-west-1:123456789012:events"));
    final Map<String, String> parameters = new HashMap<>(Map.of("SpecBuckets", "lake"));
    final List<String> calls = new ArrayList<>();
    Consumer<Runnable> atInterruption = notice -> {};
    final List<Runnable> notices = new CopyOnWriteArrayList<>();
    final S3ObjectStore store;
    String standardInput = "";
    String stackStatus = "CREATE_COMPLETE";
    boolean inRepository;
    boolean isTerminal;
    Function<Endpoint, Clients> clients = endpoint -> this;
    private volatile StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    CliFixture() {
        aws.s3().createBucket(BUCKET).createBucket("lake");
        store = new S3ObjectStore(aws.s3().client(), BUCKET);
    }

    /** The result of a command. */
    record Done(int code, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }

        JsonNode json() {
            try {
                return Json.documents().readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The error output of the last command so far. */
    String told() {
        return err.toString();
    }

    /** The output of the last command so far. */
    String printed() {
        return out.toString();
    }

    Done run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine line = commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = line.execute(arguments);
        return new Done(code, out.toString(), err.toString());
    }

    ResolvedSpec spec() {
        return spec(FLIGHTS.table());
    }

    private static ResolvedSpec spec(String table) {
        try {
            return new ResolvedSpec(new SpecReader().read(Json.input().readTree(SPEC.replace(FLIGHTS.table(), table))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The table in the catalog, with what the record says as its parameters. */
    CatalogTable createTable(TableRecord record) {
        return createTable(FLIGHTS.table(), record);
    }

    /** Creates a table with this name, and the record's content as its parameters. */
    CatalogTable createTable(String name, TableRecord record) {
        GlueCatalog catalog = new GlueCatalog(aws.glue().client(), Sleeper.SYSTEM);
        records().update(new TableName(FLIGHTS.database(), name), before -> record);
        CatalogTable table = catalog.createTableIfAbsent(spec(name).definition(), Map.of());
        return catalog.updateParameters(
                table,
                parameters -> PublishedParameters.applied(
                        record, PublishedParameters.status(record), table.keys(), parameters));
    }

    /** Changes the table's parameters without its record. */
    void setParameters(UnaryOperator<Map<String, String>> change) {
        GlueCatalog catalog = new GlueCatalog(aws.glue().client(), Sleeper.SYSTEM);
        catalog.updateParameters(catalog.table(FLIGHTS).orElseThrow(), change);
    }

    TableRecords records() {
        return new TableRecords(store);
    }

    RunFolder folder(String run) {
        return new RunFolder(store, new RunId(run));
    }

    /** The number of requests to AWS. */
    int requests() {
        return aws.log().count() + stepFunctions.calls.size() + calls.size();
    }

    @Override
    public String deletion(String uri) {
        return "aws s3 rm " + uri + " --profile prod";
    }

    @Override
    public CloudFormationClient cloudFormation() {
        return new CloudFormationClient() {
            @Override
            public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
                calls.add("DescribeStacks");
                if (!request.stackName().equals("partition-fan-in")) {
                    throw (CloudFormationException) CloudFormationException.builder()
                            .awsErrorDetails(AwsErrorDetails.builder()
                                    .errorCode("ValidationError")
                                    .build())
                            .build();
                }
                List<Output> described = outputs.entrySet().stream()
                        .map(output -> Output.builder()
                                .outputKey(output.getKey())
                                .outputValue(output.getValue())
                                .build())
                        .toList();
                List<Parameter> given = parameters.entrySet().stream()
                        .map(parameter -> Parameter.builder()
                                .parameterKey(parameter.getKey())
                                .parameterValue(parameter.getValue())
                                .build())
                        .toList();
                return DescribeStacksResponse.builder()
                        .stacks(Stack.builder()
                                .stackStatus(stackStatus)
                                .outputs(described)
                                .parameters(given)
                                .build())
                        .build();
            }

            @Override
            public String serviceName() {
                return "cloudformation";
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public StsClient sts() {
        return new StsClient() {
            @Override
            public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
                return GetCallerIdentityResponse.builder()
                        .arn("arn:aws:iam::000000000000:user/ann")
                        .build();
            }

            @Override
            public String serviceName() {
                return "sts";
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Map<String, Long> sentRequests() {
        return Map.of("AWS in memory", (long) aws.log().count());
    }

    @Override
    public GlueClient glue() {
        return aws.glue().client();
    }

    @Override
    public S3Client s3() {
        return aws.s3().client();
    }

    @Override
    public SfnClient stepFunctions() {
        return stepFunctions;
    }

    private CommandEnvironment commandEnvironment() {
        return new CommandEnvironment(
                name -> Optional.ofNullable(environment.get(name)),
                new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)),
                isTerminal,
                inRepository ? "scripts/" : "",
                clients,
                Clock.fixed(Instant.parse("2013-02-09T15:00:01.234Z"), ZoneOffset.UTC),
                duration -> assertThat(duration).isPositive(),
                notice -> {
                    notices.add(notice);
                    atInterruption.accept(notice);
                    return () -> {};
                });
    }

    CommandLine commandLine() {
        return Main.commandLine(commandEnvironment());
    }
}
