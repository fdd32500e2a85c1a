package io.fanin.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.benchmarks.measure.Loopback;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.model.run.TableStatus;
import io.fanin.tablecreator.TableCreatorHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The table-creator's function in a process of its own, which takes its configuration from the environment, as in
 * Lambda, and registers one pass.
 */
public final class FirstCall {

    private FirstCall() {}

    /** Takes the event; throws unless the table is complete then. */
    public static void main(String[] arguments) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        new TableCreatorHandler()
                .handleRequest(new ByteArrayInputStream(arguments[0].getBytes(StandardCharsets.UTF_8)), output, null);
        String answer = output.toString(StandardCharsets.UTF_8);
        boolean isComplete = StepAnswer.find(answer)
                .filter(found ->
                        found instanceof TableCreatorAnswer registered && registered.status() == TableStatus.COMPLETE)
                .isPresent();
        if (!isComplete) {
            throw new IllegalStateException("the table was to be complete, and the answer is " + answer);
        }
    }

    /** S3 and Glue for one such process. */
    public static final class Server {

        private static final RegistrationWorkload PASS =
                new RegistrationWorkload(RegistrationBenchmark.DAY, RegistrationBenchmark.COLUMNS, true);

        private Server() {}

        /**
         * Prints a line of JSON with the addresses and the event; when its standard input ends, another one with the
         * number of partitions that were registered.
         */
        public static void main(String[] arguments) throws IOException {
            FakeAws aws = new FakeAws();
            ObjectNode described = Json.documents().createObjectNode();
            described.put("event", Json.text(PASS.prepare(aws)));
            try (Loopback s3 = Loopback.serving(aws.s3());
                    Loopback glue = Loopback.serving(aws.glue())) {
                described.put("s3", s3.endpoint().toString());
                described.put("glue", glue.endpoint().toString());
                System.out.println(Json.text(described));
                System.in.readAllBytes();
                System.out.println(
                        Json.text(Json.documents().createObjectNode().put("registered", PASS.registered(aws))));
            }
        }
    }
}
