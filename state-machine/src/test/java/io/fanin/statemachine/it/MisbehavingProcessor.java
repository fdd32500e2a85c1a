package io.fanin.statemachine.it;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.processor.ProcessorHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A processor that misbehaves as the partition's first value says, and works normally for all other values. */
public final class MisbehavingProcessor implements RequestStreamHandler {

    private final ProcessorHandler processor = new ProcessorHandler();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode request = Json.documents().readTree(input);
        switch (request.at("/batch/partitions/0/values/0").asText()) {
            case "times-out" -> sleepForever();
            case "exits" -> Runtime.getRuntime().halt(3);
            case "crashes" -> crash();
            case "throws" -> throw new IllegalStateException("as it was told");
            case "answers-null" -> write(output, "null");
            case "answers-nonsense" -> write(output, "\"done\"");
            case "answers-ok-without-a-result" ->
                write(output, "{\"batch\":" + request.at("/batch/id") + ",\"ok\":1,\"failed\":0}");
            case "throws-after-its-result" -> {
                processor.handleRequest(bytes(request), OutputStream.nullOutputStream(), context);
                throw new IllegalStateException("after its result was written");
            }
            default -> processor.handleRequest(bytes(request), output, context);
        }
    }

    private static InputStream bytes(JsonNode request) {
        return new ByteArrayInputStream(request.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(OutputStream output, String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the process like native code that accesses invalid memory. */
    private static void crash() throws IOException {
        new ProcessBuilder(
                        "/bin/sh", "-c", "kill -SEGV " + ProcessHandle.current().pid())
                .start();
        sleepForever();
    }

    private static void sleepForever() {
        try {
            Thread.sleep(Duration.ofDays(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
