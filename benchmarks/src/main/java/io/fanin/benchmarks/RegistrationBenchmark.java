package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Measures registration: the requests, memory and time of the table-creator. */
final class RegistrationBenchmark implements Benchmark {

    static final int DAY = 24;
    static final int MANY = 10_000;

    /** The maximum number of batches of a pass. */
    static final int RESULTS = 2_500;

    static final int COLUMNS = 30;
    static final int MANY_COLUMNS = 300;

    @Override
    public List<Row> rows() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        rows.addAll(attempt("a day", RegistrationRows::day, new RegistrationWorkload(DAY, COLUMNS, false)));
        rows.addAll(attempt("many", RegistrationRows::many, new RegistrationWorkload(MANY, COLUMNS, false)));
        rows.addAll(
                attempt("a wide table", RegistrationRows::wide, new RegistrationWorkload(MANY, MANY_COLUMNS, false)));
        rows.addAll(attempt("fan-in", RegistrationRows::fanIn, new RegistrationWorkload(RESULTS, COLUMNS, true)));
        return rows;
    }

    private static List<Row> attempt(String what, Function<Report, List<Row>> rows, RegistrationWorkload workload)
            throws IOException, InterruptedException {
        try {
            return rows.apply(MeasuringJvm.run(List.of(workload)));
        } catch (MeasuringJvm.FailedException e) {
            return List.of(Row.failed(what, e.getMessage()));
        }
    }
}
