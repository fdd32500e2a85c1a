package io.fanin.benchmarks;

import io.fanin.benchmarks.ConversionWorkload.By;
import io.fanin.benchmarks.measure.Loopback;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import io.fanin.fakes.FakeS3;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Compares the processor's conversion with DuckDB alone on the same machine: time and memory. */
final class ConversionBenchmark implements Benchmark {

    static final RawFlights LARGE_OBJECTS = new RawFlights(32, 500_000_000 / 32, true);
    static final RawFlights SMALL_OBJECTS = new RawFlights(10_000, 10_000, false);
    static final RawFlights MUCH = new RawFlights(64, 2_000_000_000 / 64, true);

    /**
     * Runs of each of the two, alternating; the JVM is still compiling during the first ones, as in a function's first
     * invocation.
     */
    private static final int LARGE_TURNS = 12;

    /** More turns: the SDK's request code takes longer to be compiled. */
    private static final int SMALL_TURNS = 24;

    /** The heap's share of the function's memory, as in the function's start script. */
    private static final double HEAP_SHARE = 0.25;

    private static final int HEAP_MEGABYTES = (int) (HEAP_SHARE * ConversionWorkload.MEMORY_MEGABYTES);

    @Override
    public List<Row> rows() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        rows.addAll(attempt("large objects", ConversionRows::largeObjects, turns(LARGE_TURNS, LARGE_OBJECTS)));
        rows.addAll(attempt("small objects", ConversionRows::smallObjects, turns(SMALL_TURNS, SMALL_OBJECTS)));
        rows.addAll(much());
        return rows;
    }

    /** S3 is in this JVM, so that the measured JVM's memory is only the function's. */
    private static List<Row> much() throws IOException, InterruptedException {
        FakeS3 s3 = ConversionWorkload.filled(MUCH);
        try (Loopback loopback = Loopback.serving(s3)) {
            return attempt(
                    "memory",
                    ConversionRows::memory,
                    List.of(new ConversionWorkload(By.FUNCTION, MUCH, Optional.of(loopback.endpoint()))));
        }
    }

    private static List<ConversionWorkload> turns(int count, RawFlights raw) {
        return Collections.nCopies(
                        count,
                        List.of(
                                new ConversionWorkload(By.DUCKDB_ALONE, raw, Optional.empty()),
                                new ConversionWorkload(By.FUNCTION, raw, Optional.empty())))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> attempt(String what, Function<Report, List<Row>> rows, List<ConversionWorkload> workloads)
            throws IOException, InterruptedException {
        try {
            return rows.apply(MeasuringJvm.run(workloads, HEAP_MEGABYTES));
        } catch (MeasuringJvm.FailedException e) {
            return List.of(Row.failed(what, e.getMessage()));
        }
    }
}
