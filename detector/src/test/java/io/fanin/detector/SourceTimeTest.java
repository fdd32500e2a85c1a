package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.NextStep;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source whose keys tell less of the time than its table's do: what a run looks at is the table's time. */
class SourceTimeTest {

    private static final String TABLE = ", 'location': 's3://lake/flights/', 'format': 'parquet',"
            + " 'columns': [{'name': 'carrier', 'type': 'string'}], 'processor': {'type': 'convert'}";

    private static final String HOURS = TABLE
            + ", 'layout': 'hive', 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hr', 'type': 'string',"
            + " 'format': 'HH'}], 'source': {'location': 's3://landing/raw/', 'partitionKeys': [{'name': 'dt', 'type':"
            + " 'date'}, {'name': 'hr', 'type': 'int'}]}";

    private static final String DAYS = TABLE
            + ", 'layout': 'hive', 'partitionKeys': [{'name': 'dt', 'type': 'date'}], 'source': {'location':"
            + " 's3://landing/raw/', 'partitionKeys': [{'name': 'dt', 'type': 'string'}]}";

    private final DetectorFixture fixture = new DetectorFixture();
    private int runs;

    private NextStep run(String spec, String detection) {
        return fixture.detect(
                        "r" + ++runs, DetectorFixture.json("{" + NAMES + spec + ", 'detection': {" + detection + "}}"))
                .next();
    }

    private List<PartitionValues> work() {
        return fixture.work("r" + runs).stream()
                .map(partition -> partition.values())
                .toList();
    }

    private void registered(String spec, String... paths) {
        fixture.catalog.createTableIfAbsent(
                DetectorFixture.resolved(NAMES + spec).definition(), Map.of());
        for (String path : paths) {
            fixture.raw(path);
            String[] values = path.replaceAll("[a-z]+=", "").split("/");
            if (values.length > 1) {
                values[1] = "%02d".formatted(Integer.valueOf(values[1]));
            }
            fixture.registeredAt("s3://lake/flights/" + path + "/", values);
        }
        fixture.settledBy(spec).quiet();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'mode': 'list', 'lookback': 'PT6H'",
                "'mode': 'range', 'from': '2026-11-18T13:00', 'to': '2026-11-18T14:00'"
            })
    void hourThatIsPlainNumberInTheSourceIsFoundInItsWindow(String detection) {
        registered(HOURS, "dt=2026-11-18/hr=5", "dt=2026-11-18/hr=12");
        fixture.raw("dt=2026-11-18/hr=13", "dt=2026-11-17/hr=13").quiet();

        run(HOURS, detection);

        assertThat(work()).containsExactly(PartitionValues.of("2026-11-18", "13"));
    }

    @Test
    void dayThatIsPlainTextInTheSourceIsNewOnlyOnce() {
        registered(
                DAYS,
                IntStream.rangeClosed(1, 18)
                        .mapToObj("dt=2026-11-%02d"::formatted)
                        .toArray(String[]::new));
        assertThat(run(DAYS, "'mode': 'list'")).isEqualTo(NextStep.NOTHING_NEW);
    }

    /** What was ingested today may be of any day, and the source's first date says when it was. */
    @Test
    void sourceWhoseKeysTellAnotherTimeIsListedAsAWhole() {
        String keys = ", 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'ingested', 'type': 'date'}]";
        String spec =
                TABLE + ", 'layout': 'hive'" + keys + ", 'source': {'location': 's3://landing/raw/', 'partitionKeys':"
                        + " [{'name': 'ingested', 'type': 'date'}, {'name': 'dt', 'type': 'date'}]}";
        fixture.raw("ingested=2026-11-18/dt=2026-11-05", "ingested=2026-11-05/dt=2026-11-18")
                .quiet();

        run(spec, "'mode': 'range', 'from': '2026-11-05', 'to': '2026-11-06'");

        assertThat(work()).containsExactly(PartitionValues.of("2026-11-05", "2026-11-18"));
    }

    @Test
    void hoursThatAreNoTimesInTheTableAreThoseOfItsDay() {
        String spec = TABLE + ", 'layout': 'hive', 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour',"
                + " 'type': 'int', 'time': false}], 'source': {'location': 's3://landing/raw/', 'partitionKeys':"
                + " [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int'}]}";
        fixture.raw("dt=2026-11-05/hour=3", "dt=2026-11-05/hour=13", "dt=2026-11-06/hour=1")
                .quiet();

        run(spec, "'mode': 'range', 'from': '2026-11-05', 'to': '2026-11-05T12:00'");

        assertThat(work())
                .containsExactly(PartitionValues.of("2026-11-05", "13"), PartitionValues.of("2026-11-05", "3"));
    }

    @Test
    void rangeFindsDaysThatArePlainTextInTheSource() {
        fixture.raw("dt=2026-11-01", "dt=2026-11-05", "dt=2026-11-10").quiet();

        run(DAYS, "'mode': 'range', 'from': '2026-11-02', 'to': '2026-11-10'");

        assertThat(work()).containsExactly(PartitionValues.of("2026-11-05"));
    }
}
