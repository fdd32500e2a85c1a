package io.fanin.detector.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.alltables.UpToDateTable;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.SentNotice;
import io.fanin.core.record.TableRecords;
import io.fanin.core.tables.KnownTable;
import io.fanin.detector.DetectorFixture;
import io.fanin.model.json.Json;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.TableName;
import io.fanin.model.table.TableProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever happens to one table, the others are looked at, and a table that is not known to be up to date is run. */
class BulkDetectionTest {

    private static final Instant TIME = Instant.parse("2026-11-20T10:00:00Z");

    private final DetectorFixture fixture = new DetectorFixture();
    private final TableRecords records = new TableRecords(fixture.state);

    private List<String> look(UpToDateLookup look, List<BulkDetection.Candidate> candidates) {
        return look(look, Workers.THREADS, candidates);
    }

    /** For each table its name if it is up to date. */
    private List<String> look(UpToDateLookup look, Workers workers, List<BulkDetection.Candidate> candidates) {
        Map<TableName, UpToDateTable> found =
                new BulkDetection(look, records, fixture.clock, workers).upToDate(candidates, TIME);
        return candidates.stream()
                .map(one -> one.table().name())
                .map(name -> found.containsKey(name) ? found.get(name).table().table() : "run")
                .toList();
    }

    private static List<BulkDetection.Candidate> tables(int count) {
        return IntStream.range(0, count).mapToObj(i -> table("t" + i)).toList();
    }

    private static BulkDetection.Candidate table(String name) {
        String uri = "s3://lake/specs/" + name + ".json";
        ObjectNode input = Json.input()
                .createObjectNode()
                .put("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID", "arn:night")
                .put("time", "2026-11-20T10:00:00Z")
                .put("spec", uri);
        return new BulkDetection.Candidate(
                new KnownTable(
                        new TableName("raw", name),
                        Optional.of(uri),
                        DetectorFixture.spec("'database': 'raw', 'table': '" + name + "'"),
                        Optional.empty()),
                input);
    }

    private static Optional<UpToDateTable> upToDate(KnownTable table) {
        return Optional.of(new UpToDateTable(table.name(), TableProgress.UNKNOWN, 0, Optional.empty(), false));
    }

    @Test
    void eachFailureIsItsOwnTables() {
        UpToDateLookup look =
                (table, input, time, limit) -> switch (table.name().table()) {
                    case "t1" -> throw SpecException.at("$.location", "is refused");
                    case "t3" -> throw new StackOverflowError();
                    case "t5" -> Optional.empty();
                    default -> upToDate(table);
                };

        assertThat(look(look, tables(7))).containsExactly("t0", "run", "t2", "run", "t4", "run", "t6");
    }

    @Test
    void tableThatHasTooManyPagesIsRun() {
        UpToDateLookup look = (table, input, time, limit) -> {
            for (int page = 0; page < (table.name().table().equals("t1") ? 10_000 : 25); page++) {
                limit.run();
            }
            return upToDate(table);
        };

        assertThat(look(look, tables(3))).containsExactly("t0", "run", "t2");
    }

    @Test
    void tablesForWhichThereIsNoTimeAreRun() {
        AtomicInteger looks = new AtomicInteger();
        UpToDateLookup look = (table, input, time, limit) -> {
            limit.run();
            if (looks.incrementAndGet() == 2) {
                fixture.clock.advance(BulkDetection.TIME);
                limit.run();
            }
            return upToDate(table);
        };

        List<String> found = look(look, Workers.CALLER, tables(50));

        assertThat(found.subList(0, 3)).containsExactly("t0", "run", "run");
        assertThat(looks).as("the rest is not looked at").hasValue(2);
    }

    /** An execution that succeeds takes the notice back. */
    @Test
    void tableWhoseSpecCouldNotBeReadWhenItWasRunIsRun() {
        String input = "{\"spec\":\"s3://lake/specs/t1.json\"}";
        note(input, Optional.of(new SentNotice(TIME, TIME, 0, "state", List.of())));

        assertThat(look((table, any, time, limit) -> upToDate(table), tables(3)))
                .containsExactly("t0", "run", "t2");

        note(input, Optional.empty());

        assertThat(look((table, any, time, limit) -> upToDate(table), tables(3)))
                .as("people know that it is over")
                .containsExactly("t0", "t1", "t2");
    }

    private void note(String input, Optional<SentNotice> notice) {
        records.ofUnnamed(input).update(record -> SentNotice.noted(record, Map.of("sns", notice)), () -> {});
    }
}
