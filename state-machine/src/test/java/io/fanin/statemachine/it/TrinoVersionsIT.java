package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A query of a partition that is being remade reads either the whole old or the whole new version, in the profile
 * {@code readers}.
 */
@ExtendWith(Platform.class)
class TrinoVersionsIT {

    /** Enough rows for several files of one megabyte. */
    private static final int ROWS = 300_000;

    private final Pipeline pipeline;
    private final Trino trino;
    private final TestLake.Table raw;
    private final TestLake.Table table;

    TrinoVersionsIT(Pipeline pipeline, Trino trino) {
        this.pipeline = pipeline;
        this.trino = trino;
        this.raw = pipeline.newTable();
        this.table = new TestLake.Table(raw.s3(), raw.database(), "made");
    }

    @Test
    void eachAnswerIsWhollyOldOrWhollyNew() throws Exception {
        write("old");
        assertThat(pipeline.run(spec()).text("status")).isEqualTo("COMPLETE");
        assertThat(files()).hasSizeGreaterThan(1);
        assertThat(answer()).isEqualTo("old: " + ROWS);

        Set<String> whileDying = answersDuring(() -> {
            write("never seen");
            try (TestMachine machine = TestMachine.withS3Interceptor(pipeline, DiesAfterItsFirstFile.class)) {
                Finished killed = machine.executions().run(spec());
                assertThat(killed.error()).as(killed.toString()).endsWith("TablePartialException");
            }
        });
        assertThat(whileDying).containsExactly("old: " + ROWS);

        Set<String> whileMadeAgain = answersDuring(() -> {
            write("new");
            assertThat(pipeline.run(spec()).text("status")).isEqualTo("COMPLETE");
        });
        assertThat(whileMadeAgain).isSubsetOf("old: " + ROWS, "new: " + ROWS);
        assertThat(answer()).isEqualTo("new: " + ROWS);
    }

    private Set<String> answersDuring(Runnable work) throws Exception {
        Set<String> answers = new ConcurrentSkipListSet<>();
        AtomicBoolean isDone = new AtomicBoolean();
        try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
            Future<?> reading = reader.submit(() -> {
                while (!isDone.get()) {
                    answers.add(answer());
                }
            });
            try {
                work.run();
            } finally {
                isDone.set(true);
            }
            reading.get();
        }
        return answers;
    }

    /** The versions of the rows, and the number of rows of each. */
    private String answer() {
        return trino
                .query(table.database(), "select version, count(*) from made group by version order by version")
                .stream()
                .map(row -> String.join(": ", row))
                .collect(Collectors.joining(", "));
    }

    private void write(String version) {
        String lines = IntStream.range(0, ROWS)
                .mapToObj(i -> "{\"version\":\"%s\",\"text\":\"%s\"}\n"
                        .formatted(version, Long.toHexString(i * 0x9E3779B97F4A7C15L)))
                .collect(Collectors.joining());
        raw.with(TestLake.Table.hour(1) + "a.json", lines.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> files() {
        return table
                .s3()
                .listObjectsV2(request -> request.bucket(TestLake.BUCKET).prefix(table.prefix()))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList();
    }

    private ObjectNode spec() {
        ObjectNode spec = table.spec();
        spec.put("format", "parquet").put("onPartial", "fail");
        spec.set("columns", TestLake.Table.columns("version", "string", "text", "string"));
        spec.set("partitionKeys", TestLake.Table.columns("dt", "date", "hour", "int"));
        spec.putObject("source").put("location", raw.location()).put("format", "json");
        spec.putObject("processor").put("type", "convert").put("targetFileSizeMb", 1);
        spec.putObject("detection").put("mode", "list").put("lookback", "PT48H");
        return spec;
    }
}
