package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.Row;
import java.io.IOException;
import java.util.List;

/** A benchmark, which measures in JVMs of its own. */
@FunctionalInterface
interface Benchmark {

    /** Measures, and compares each result with its bound. A failed measurement is a row that is not met. */
    List<Row> rows() throws IOException, InterruptedException;
}
