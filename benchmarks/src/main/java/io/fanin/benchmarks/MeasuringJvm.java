package io.fanin.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fanin.benchmarks.measure.LargestDisk;
import io.fanin.benchmarks.measure.LiveHeap;
import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import io.fanin.model.json.Json;
import io.fanin.records.scratch.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs workloads in separate JVMs, one after another, with a heap of {@value #HEAP_MEGABYTES} MB unless another is
 * given.
 */
public final class MeasuringJvm {

    static final int HEAP_MEGABYTES = 256;

    /** Those of a deployed function, which benchmarks/run reads from the template; none where nobody says so. */
    private static final List<String> FLAGS = Pattern.compile(" ")
            .splitAsStream(System.getProperty("benchmarks.jvm.flags", ""))
            .filter(flag -> !flag.isEmpty())
            .toList();

    private static final int LAST_LINES = 3;

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern HIGH_WATER = Pattern.compile("VmHWM:\\s*(\\d+) kB");
    private static final int KIBIBYTE = 1024;

    private MeasuringJvm() {}

    /** A JVM that failed; the message has the end of its log. */
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        FailedException(String message) {
            super(message);
        }
    }

    /** Measures, and compares the results with their bounds; a measurement that failed is a row that is not met. */
    static List<Row> attempt(
            String what, Function<Report, List<Row>> rows, int heapMegabytes, List<? extends Workload> workloads)
            throws IOException, InterruptedException {
        return attempt(what, rows, JvmStart.withHeap(heapMegabytes), workloads);
    }

    /** Measures in a JVM that is started in this way; otherwise like the other method. */
    static List<Row> attempt(
            String what, Function<Report, List<Row>> rows, JvmStart start, List<? extends Workload> workloads)
            throws IOException, InterruptedException {
        try {
            return rows.apply(run(workloads, start));
        } catch (FailedException e) {
            return List.of(Row.failed(what, e.getMessage()));
        }
    }

    /** Starts a JVM with this heap, and waits for its end; throws if a workload failed, or the heap was too small. */
    static Report run(List<? extends Workload> workloads, int heapMegabytes) throws IOException, InterruptedException {
        return run(workloads, JvmStart.withHeap(heapMegabytes));
    }

    private static Report run(List<? extends Workload> workloads, JvmStart start)
            throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(Path.of(System.getProperty("java.io.tmpdir")))) {
            Path input = scratch.folder().resolve("workloads.json");
            Path report = scratch.folder().resolve("measured.json");
            Path log = scratch.folder().resolve("log");
            Path temporary = Files.createDirectory(scratch.folder().resolve("tmp"));
            Json.documents().writerFor(new TypeReference<List<Workload>>() {}).writeValue(input.toFile(), workloads);
            Process jvm = start.of(scratch.folder(), command(input, report, temporary))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            int status = waitFor(jvm);
            if (status != 0) {
                throw new FailedException("exit status " + status + ": " + lastLines(log));
            }
            return Json.documents().readValue(report.toFile(), Report.class);
        }
    }

    /** Runs the workloads of one file, and writes the report into another. */
    public static void main(String[] files) throws IOException {
        LiveHeap heap = LiveHeap.watched();
        try (LargestDisk disk = LargestDisk.watched(Path.of(System.getProperty("java.io.tmpdir")))) {
            List<Measured> runs = new ArrayList<>();
            for (Workload workload :
                    Json.documents().readValue(Path.of(files[0]).toFile(), new TypeReference<List<Workload>>() {})) {
                runs.add(workload.run());
            }
            Report report =
                    new Report(runs, heap.most(), Runtime.getRuntime().maxMemory(), disk.most(), processBytes());
            Json.documents().writeValue(Path.of(files[1]).toFile(), report);
        }
    }

    /** The peak resident set size reported by Linux. */
    private static long processBytes() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.map(HIGH_WATER::matcher)
                    .filter(Matcher::matches)
                    .mapToLong(line -> Long.parseLong(line.group(1)) * KIBIBYTE)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static List<String> command(Path input, Path report, Path temporary) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.io.tmpdir=" + temporary,
                "-Dfanin.log.level=warn",
                "-cp",
                System.getProperty("java.class.path"),
                MeasuringJvm.class.getName(),
                input.toString(),
                report.toString()));
        return command;
    }

    /** Ends the JVM if the wait is interrupted. */
    private static int waitFor(Process jvm) throws InterruptedException {
        try {
            return jvm.waitFor();
        } finally {
            jvm.destroyForcibly();
        }
    }

    /** The last lines with the exception's message, without its stack. */
    private static String lastLines(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("at ") && !line.startsWith("..."))
                .toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
