package io.fanin.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Asks how a table is, of services that this process plays itself: whoever starts the program archives the classes that
 * this loads, and each later start is faster. Talks to nobody else.
 */
final class Rehearsal {

    private static final String STACK = """
            <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>
            <StackName>a</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2013-02-08T00:00:00Z</CreationTime><Outputs>
            <member><OutputKey>StateBucketName</OutputKey><OutputValue>state</OutputValue></member>
            <member><OutputKey>StateMachineArn</OutputKey><OutputValue>arn:aws:states:us-east-1:0:stateMachine:a</OutputValue></member>
            </Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>""";

    private static final String TABLE = """
            {"Table": {"Name": "b", "DatabaseName": "a", "CreateTime": 1, "Parameters": {"fanin.status": "PARTIAL"},
             "PartitionKeys": [{"Name": "dt", "Type": "date"}], "StorageDescriptor": {"Location": "s3://lake/b/",
             "Columns": [{"Name": "c", "Type": "string"}], "InputFormat": "x", "OutputFormat": "y",
             "SerdeInfo": {"SerializationLibrary": "org.openx.data.jsonserde.JsonSerDe"}}}}""";

    private static final String RECORD = """
            {"version": 1, "completeThrough": "2013-02-08T00:00", "outstanding": [{"partition": {"values": ["2013-02-08"],
             "prefix": "b/dt=2013-02-08/"}, "attempts": 1, "failure": {"error": "x", "message": "y"}, "run": "r", "pass": 0}],
             "lastRun": {"run": "r", "folder": "s3://state/runs/r/", "registered": 0}}""";

    private static final String EXECUTION = """
            {"executionArn": "arn:aws:states:us-east-1:0:execution:a:r", "stateMachineArn": "arn:aws:states:us-east-1:0:stateMachine:a",
             "name": "r", "status": "FAILED", "startDate": 1, "input": "{}", "error": "TablePartialException", "cause": "{}"}""";

    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", Rehearsal::answer);
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort();
        System.setProperty("fanin.scripts", "scripts/");
        Main.execute("--help");
        Main.execute("validate", "{\"database\": \"a\", \"table\": \"b\"}");
        Main.execute("status", "a.b", "--endpoint-url", url, "--region", "us-east-1");
        Main.execute("status", "a.b", "--endpoint-url", url, "--region", "us-east-1", "--output", "json");
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            String path = exchange.getRequestURI().getPath();
            String body = path.endsWith("state.json")
                    ? RECORD
                    : target.endsWith("GetTable") ? TABLE : target.endsWith("DescribeExecution") ? EXECUTION : STACK;
            boolean isThere = !path.endsWith(".json") || path.endsWith("state.json");
            byte[] bytes = (isThere ? body : "<Error><Code>NoSuchKey</Code></Error>").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("ETag", "\"e\"");
            exchange.sendResponseHeaders(isThere ? 200 : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
