package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.MarkdownTable;
import io.fanin.benchmarks.measure.Row;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the named benchmarks, or all; prints their results. */
public final class BenchmarkRun {

    private static final int BOUND_BROKEN = 1;
    private static final int USAGE = 2;

    private static final Map<String, Benchmark> BENCHMARKS = new TreeMap<>(Map.of(
            "convert",
            new ConversionBenchmark(),
            "detection",
            new DetectionBenchmark(),
            "registration",
            new RegistrationBenchmark(),
            "validate",
            new ValidationBenchmark()));

    private BenchmarkRun() {}

    /** Exits with 1 if a bound is not met, and with 2 if there is no such benchmark. */
    public static void main(String[] names) throws IOException, InterruptedException {
        List<String> chosen = names.length == 0 ? List.copyOf(BENCHMARKS.keySet()) : List.of(names);
        if (!BENCHMARKS.keySet().containsAll(chosen)) {
            System.err.println("error: expected names out of " + BENCHMARKS.keySet() + ", found " + chosen);
            System.exit(USAGE);
        }
        boolean allMet = true;
        for (String name : chosen) {
            List<Row> rows = BENCHMARKS.get(name).rows();
            System.out.println("## " + name + "\n\n" + MarkdownTable.of(rows) + "\n");
            allMet &= rows.stream().allMatch(Row::isMet);
        }
        if (!allMet) {
            System.exit(BOUND_BROKEN);
        }
    }
}
