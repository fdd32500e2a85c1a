package io.fanin.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fanin.model.names.FaninNames;
import io.fanin.model.names.StateKeys;
import io.fanin.model.names.StateKeys.RunKeys;
import io.fanin.model.names.StateKeys.TableKeys;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Runs commands against fake services in this process, so that the start script can archive the
 * classes that they load (AppCDS): later starts are faster. Sends no requests elsewhere.
 */
final class TrainingRun {

    private static final TableKeys TABLE_KEYS = StateKeys.table(new TableName("a", "b"));
    private static final RunKeys RUN = StateKeys.run(new RunId("r"));

    private static final String STACK = """
            <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>
            <StackName>a</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2013-02-08T00:00:00Z</CreationTime><Outputs>
            <member><OutputKey>StateBucketName</OutputKey><OutputValue>state</OutputValue></member>
            <member><OutputKey>StateMachineArn</OutputKey><OutputValue>arn:aws:states:us-east-1:0:stateMachine:a</OutputValue></member>
            </Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>""";

    private static final String TABLE = """
            {"Table": {"Name": "b", "DatabaseName": "a", "CreateTime": 1, "Parameters": {"%s": "PARTIAL"},
             "PartitionKeys": [{"Name": "dt", "Type": "date"}], "StorageDescriptor": {"Location": "s3://lake/b/",
             "Columns": [{"Name": "c", "Type": "string"}], "InputFormat": "x", "OutputFormat": "y",
             "SerdeInfo": {"SerializationLibrary": "org.openx.data.jsonserde.JsonSerDe"}}}}""".formatted(FaninNames.STATUS);

    private static final String RECORD = """
            {"version": 1, "completeThrough": "2013-02-08T00:00", "outstanding": [{"partition": {"values": ["2013-02-08"],
             "prefix": "b/dt=2013-02-08/"}, "attempts": 1, "failure": {"error": "x", "message": "y"}, "run": "r", "pass": 0}],
             "lastRun": {"run": "r", "folder": "s3://state/%s", "registered": 0}}""".formatted(RUN.folder());

    private static final String REPORT = """
            {"version": 1, "run": "r", "pass": 0, "table": "a.b", "location": "s3://lake/b/", "status": "PARTIAL", "registered": 0,
             "failed": 1, "outstanding": 1, "failures": [{"partition": "dt=2013-02-08", "values": ["2013-02-08"],
             "prefix": "b/dt=2013-02-08/", "error": "x", "message": "y", "attempts": 1}]}""";

    private static final String EXECUTION = """
            {"executionArn": "arn:aws:states:us-east-1:0:execution:a:r", "stateMachineArn": "arn:aws:states:us-east-1:0:stateMachine:a",
             "name": "r", "status": "FAILED", "startDate": 1, "input": "{}", "error": "io.fanin.tablecreator.TablePartialException", "cause": "{}"}""";

    /** Responses by the end of the request's path, or of its operation where all requests share one path. */
    private static final Map<String, String> ANSWERS = Map.of(
            "/",
            STACK,
            "GetTable",
            TABLE,
            TABLE_KEYS.record(),
            RECORD,
            RUN.report(),
            REPORT,
            "DescribeExecution",
            EXECUTION);

    private TrainingRun() {}

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", TrainingRun::answer);
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort();
        System.setProperty(FaninNames.SCRIPTS, "scripts/");
        Main.execute("--help");
        Main.execute("validate", "{\"database\": \"a\", \"table\": \"b\"}");
        Main.execute("status", "a.b", "--endpoint-url", url, "--region", "us-east-1");
        // Once more as it is installed: the SDK finds the credentials by itself, and is ready to speak TLS.
        System.clearProperty(FaninNames.SCRIPTS);
        System.setProperty("aws.accessKeyId", "a");
        System.setProperty("aws.secretAccessKey", "a");
        Main.execute("status", "a.b", "--endpoint-url", url, "--region", "us-east-1", "--output", "json");
        UrlConnectionHttpClient.create().close();
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String asked = exchange.getRequestURI().getPath()
                    + Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("X-Amz-Target"), "");
            Optional<String> answer = ANSWERS.entrySet().stream()
                    .filter(entry -> asked.endsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
            byte[] bytes =
                    answer.orElse("<Error><Code>NoSuchKey</Code></Error>").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("ETag", "\"e\"");
            exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
