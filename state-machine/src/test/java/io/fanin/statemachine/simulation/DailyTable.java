package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.execution.ExecutionEnd;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A table with the days of a month, for single runs without random failures. JSON has single quotes. */
final class DailyTable {

    private static final String DATABASE = "raw_x";
    private static final String TABLE = "flights";
    private static final String NAME = DATABASE + "." + TABLE;
    private static final String SOUND = "{\"carrier\": \"AA\"}\n";
    private static final String BROKEN = "{\"carrier\": ";

    final Tables tables = new Tables();
    private final String spec;
    private int runs;

    private DailyTable(String spec) {
        this.spec = spec;
    }

    /** A table in Glue whose data is registered in place, with this detection. */
    static DailyTable detecting(String detection) {
        DailyTable table = new DailyTable("");
        table.tables.table(NAME, Map.of("fanin.detection", detection.replace('\'', '"'), "fanin.onPartial", "succeed"));
        return table;
    }

    /** A table that its runs create, with these fields in their specs. */
    static DailyTable of(String spec) {
        DailyTable table = new DailyTable(", 'onPartial': 'succeed', " + spec);
        table.tables.aws.glue().createDatabase(DATABASE);
        return table;
    }

    static String name(int day) {
        return "dt=2026-11-%02d".formatted(day);
    }

    void days(int first, int last) {
        IntStream.rangeClosed(first, last).forEach(this::day);
    }

    void day(int day) {
        put(name(day) + "/part-0.json", SOUND);
    }

    void broken(int day) {
        put(name(day) + "/part-0.json", BROKEN);
    }

    /** Puts an object into the table's folder. */
    void put(String key, String content) {
        tables.aws.s3().put("lake", NAME + "/" + key, content);
    }

    void delete(int day) {
        tables.aws.s3().delete("lake", NAME + "/" + name(day) + "/part-0.json");
    }

    /** Drops a day from the catalog, like another tool. */
    void drop(int day) {
        tables.aws.glue().dropPartition(DATABASE, TABLE, List.of("2026-11-%02d".formatted(day)));
    }

    /** Runs an execution with these fields in the input. */
    void run(String fields) {
        requireSuccess(execute(input(fields)));
    }

    /** Runs an execution that processes another one's failed partitions again. */
    void redriveOf(String execution) {
        requireSuccess(execute("{'redriveOf': '" + execution + "'}"));
    }

    private void requireSuccess(String execution) {
        ExecutionEnd end = tables.ends.get(execution);
        assertThat(end.status()).as(end.toString()).isEqualTo("SUCCEEDED");
    }

    /** Runs an execution that is stopped at its first call of this kind. */
    String stopped(String fields, Predicate<Call> at) {
        boolean[] isOver = {false};
        tables.aws.faults().hook(new FaultHook() {
            @Override
            public Optional<Fault> at(Moment moment, Call call) {
                isOver[0] |= moment == Moment.BEFORE && at.test(call);
                return isOver[0] ? Optional.of(new Fault.Fail(400, "AccessDenied", "stopped")) : Optional.empty();
            }
        });
        String name = execute(input(fields));
        tables.aws.faults().clear();
        assertThat(isOver).as("stopped").containsExactly(true);
        return name;
    }

    private String input(String fields) {
        return "{'database': '%s', 'table': '%s'%s%s}"
                .formatted(DATABASE, TABLE, spec, fields.isEmpty() ? "" : ", " + fields);
    }

    private String execute(String input) {
        String name = "run-" + runs++;
        tables.runTable(name, Tables.json(input.replace('\'', '"')));
        return name;
    }

    Map<String, String> parameters() {
        return tables.aws.glue().parameters(DATABASE, TABLE);
    }

    boolean isRegistered(int day) {
        return tables.aws.glue().partitions(DATABASE, TABLE).containsKey(List.of("2026-11-%02d".formatted(day)));
    }
}
