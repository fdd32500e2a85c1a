package io.fanin.benchmarks;

import java.io.IOException;
import java.util.List;

/** Something that is measured, in JVMs of its own. */
@FunctionalInterface
interface Benchmark {

    /** Measures, and holds each result against its bound. What could not be measured is a row that is not met. */
    List<Row> rows() throws IOException, InterruptedException;
}
