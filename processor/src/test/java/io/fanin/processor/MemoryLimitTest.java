package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.aws.RequestCounter;
import io.fanin.core.parallel.Workers;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeS3;
import io.fanin.model.json.Json;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.SpecException;
import io.fanin.processor.convert.PartitionConversion;
import io.fanin.records.samples.RowSamples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The behaviour of the function's process, started as by Lambda, for SQL that needs more memory than it has. */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemoryLimitTest {

    private static final String TOO_MUCH = "needs more memory than the function has: raise the stack's parameter"
            + " ProcessorMemory, or ask for less at a time";

    private static final Pattern FLAGS = Pattern.compile("^      Common: (.+)$", Pattern.MULTILINE);

    private final Map<Compilers, List<String>> lines = new EnumMap<>(Compilers.class);

    /** The JVM's compilers in use: both keep code and data in the memory that the limit is for. */
    enum Compilers {
        DEPLOYED,
        BOTH
    }

    @BeforeAll
    void runTheFunction(@TempDir Path temporary) throws IOException, InterruptedException {
        String deployed = deployedFlags();
        lines.put(Compilers.DEPLOYED, run(deployed, Files.createDirectory(temporary.resolve("deployed"))));
        lines.put(
                Compilers.BOTH,
                run(deployed + " -XX:TieredStopAtLevel=4", Files.createDirectory(temporary.resolve("both"))));
    }

    private static String deployedFlags() throws IOException {
        Matcher flags = FLAGS.matcher(Files.readString(Path.of("../template.yaml")));
        assertThat(flags.find()).isTrue();
        return flags.group(1) + " -Dfanin.log.level=off";
    }

    /** Starts the function with the flags of Lambda's runtime for Java and the wrapper script's. */
    private static List<String> run(String flags, Path temporary) throws IOException, InterruptedException {
        Path output = temporary.resolve("output");
        Path errors = temporary.resolve("errors");
        ProcessBuilder function = new ProcessBuilder(
                        Path.of("src/main/function/memory-limit")
                                .toAbsolutePath()
                                .toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:MaxHeapSize=435m",
                        "-Djava.io.tmpdir=" + Files.createDirectory(temporary.resolve("tmp")),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Function.class.getName())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        function.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
        function.environment().put("JAVA_TOOL_OPTIONS", flags);
        Process process = function.start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readAllLines(output);
    }

    @ParameterizedTest
    @EnumSource
    void queryThatOutgrowsMemoryCostsItsOwnPartition(Compilers compilers) {
        assertThat(of(compilers, "sql"))
                .as("one value, and one after the other")
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("0 is made"),
                        line -> assertThat(line).startsWith("1 OutOfMemory: the query " + TOO_MUCH),
                        line -> assertThat(line).startsWith("2 OutOfMemory: the query " + TOO_MUCH),
                        line -> assertThat(line).isEqualTo("3 is made"));
    }

    @ParameterizedTest
    @EnumSource
    void expectationThatOutgrowsMemoryCostsItsOwnPartition(Compilers compilers) {
        assertThat(of(compilers, "convert"))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("0 is made"),
                        line -> assertThat(line).startsWith("1 OutOfMemory: the expectation 'long' " + TOO_MUCH),
                        line -> assertThat(line).isEqualTo("2 is made"));
    }

    @ParameterizedTest
    @EnumSource
    void constantsThatOutgrowMemoryAreFoundBeforeTheFanOut(Compilers compilers) {
        assertThat(of(compilers, "check"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("The table spec cannot be run: $.processor.query: the query " + TOO_MUCH)
                                .contains("; $.processor.expect[0].sql: it " + TOO_MUCH)
                                .contains("; $.processor.expect[1].sql: ")
                                .contains("\"other\" not found"),
                        line -> assertThat(line).isEqualTo("sound SQL passes"));
    }

    private List<String> of(Compilers compilers, String what) {
        return lines.get(compilers).stream()
                .filter(line -> line.startsWith(what + ": "))
                .map(line -> line.substring(what.length() + 2))
                .toList();
    }

    /** The function over S3 in memory. */
    static final class Function {

        private static final RunId RUN = new RunId("nightly-1");

        private final FakeS3 s3 = new FakeS3().createBucket("state").createBucket("lake");
        private final ProcessorHandler handler = new ProcessorHandler(
                s3.client(),
                ProcessorFixture.NO_CATALOG,
                "state",
                pause -> {},
                Workers.THREADS,
                System::nanoTime,
                InstantSource.system(),
                RowSamples.SHOWN,
                new RequestCounter(),
                PartitionConversion::with);

        public static void main(String[] arguments) throws IOException {
            new Function("'sql', 'query': 'SELECT max(length(repeat(chr(65), size))) AS size FROM source'")
                    .process("sql", "{'size':5}", "{'size':400000000}", "{'size':1000000}".repeat(400), "{'size':7}");
            new Function("'convert', 'expect': [{'name': 'long', 'sql': 'length(repeat(chr(65), size)) > 1'}]")
                    .process("convert", "{'size':5}", "{'size':400000000}", "{'size':7}");
            // A constant pattern is compiled when a query is bound, even without rows.
            String matches = "regexp_matches(chr(65), repeat(chr(65), %d))";
            String processor = "'sql', 'query': 'SELECT " + matches + "::BIGINT AS size FROM source', 'expect': ["
                    + "{'name': 'a', 'sql': '" + matches + "'}, {'name': 'b', 'sql': '%s > 0'}]";
            new Function(processor.formatted(400_000_000, 300_000_000, "other")).check();
            new Function(processor.formatted(4, 3, "size")).check();
        }

        Function(String processor) {
            s3.put("state", "runs/" + RUN + "/spec.json", SizesSpec.of(processor));
        }

        void process(String what, String... contents) throws IOException {
            List<Map<String, Object>> partitions = IntStream.range(0, contents.length)
                    .<Map<String, Object>>mapToObj(hour -> {
                        s3.put("lake", "raw/hour=" + hour + "/a.json", contents[hour].replace('\'', '"'));
                        return Map.of(
                                "values", List.of(String.valueOf(hour)),
                                "prefix", "flights/hour=" + hour + "/",
                                "source", "raw/hour=" + hour + "/");
                    })
                    .toList();
            ask(Map.of("run", RUN.toString(), "pass", 0, "batch", Map.of("id", 7, "partitions", partitions)));
            new RunFolder(new S3ObjectStore(s3.client(), "state"), RUN)
                    .result(0, 7)
                    .orElseThrow()
                    .partitions()
                    .forEach(result -> System.out.println(what + ": " + told(result)));
        }

        void check() throws IOException {
            try {
                ask(Map.of("action", "check", "run", RUN.toString(), "next", "CHECK"));
                System.out.println("check: sound SQL passes");
            } catch (SpecException e) {
                System.out.println("check: " + e.getMessage());
            }
        }

        private void ask(Map<String, Object> event) throws IOException {
            handler.handleRequest(
                    new ByteArrayInputStream(
                            Json.documents().writeValueAsString(event).getBytes(StandardCharsets.UTF_8)),
                    OutputStream.nullOutputStream(),
                    null);
        }

        private static String told(PartitionResult result) {
            String hour = result.partition().values().values().getFirst();
            return result instanceof PartitionResult.Failed failed
                    ? hour + " " + failed.failure().error() + ": "
                            + failed.failure().message()
                    : hour + " is made";
        }
    }
}
