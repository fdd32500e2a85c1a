package io.fanin.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.fanin.processor.ProcessorHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * The processor's function in a process of its own, which takes its configuration from the environment, as in Lambda.
 * It stands in for Lambda's runtime, with negligible overhead: each call is an invocation for the next hour.
 */
public final class FreshFunction {

    private static final double NANOS = 1e9;

    private FreshFunction() {}

    /**
     * Takes the run, the number of calls, and arguments for the peers only; prints for each call, among the function's
     * log lines, {@code call SECONDS CPU-SECONDS}.
     */
    public static void main(String[] arguments) throws IOException {
        String run = arguments[0];
        int calls = Integer.parseInt(arguments[1]);
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ProcessorHandler handler = new ProcessorHandler();
        for (int call = 0; call < calls; call++) {
            long began = System.nanoTime();
            long ran = process.getProcessCpuTime();
            convert(handler, run, call);
            String seconds = Double.toString((System.nanoTime() - began) / NANOS);
            System.out.println(
                    String.join(" ", "call", seconds, Double.toString((process.getProcessCpuTime() - ran) / NANOS)));
        }
    }

    /** Throws unless the hour was converted: other results are not worth measuring. */
    private static void convert(ProcessorHandler handler, String run, int hour) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        String event = """
                {"run": "%1$s", "pass": 0, "batch": {"id": %2$d, "partitions": [{"values": ["%2$d"],
                 "prefix": "flights/%1$s/hour=%2$d/", "source": "raw/%1$s/hour=%2$d/"}]}}
                """.formatted(run, hour);
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, null);
        String answer = output.toString(StandardCharsets.UTF_8);
        if (!answer.contains("\"ok\":1")) {
            throw new IllegalStateException("one partition was to be converted, and the answer is " + answer);
        }
    }
}
