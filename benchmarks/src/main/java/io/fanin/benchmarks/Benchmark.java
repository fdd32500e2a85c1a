package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.Row;
import java.io.IOException;
import java.util.List;

/** A benchmark, which runs its measurements in separate JVMs. */
@FunctionalInterface
interface Benchmark {

    /** Measures, and compares each result with its bound. A failed measurement is a row whose bound is not met. */
    List<Row> rows() throws IOException, InterruptedException;
}
