package io.fanin.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.history.TableHistory.Subject;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.store.ObjectStore;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

class TableHistoryTest {

    private static final TableName FLIGHTS = new TableName("analytics", "flights");
    private static final Subject SUBJECT = new Subject(
            "s3://lake/flights/",
            "hive",
            "json",
            "validate",
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT)));
    private static final Instant ENDED = Instant.parse("2013-02-09T14:06:00Z");

    private final FakeAws aws = new FakeAws();
    private final ObjectStore state =
            new S3ObjectStore(aws.s3().createBucket("state").client(), "state");
    private final TableHistories histories = new TableHistories(state);

    @Test
    void lastThirtyRunsAreKept() {
        TableHistory history = TableHistory.NEW;
        for (int i = 0; i < 35; i++) {
            history = after(history, "r" + i, 0, ENDED.plusSeconds(i));
        }

        assertThat(history.runs())
                .extracting(entry -> entry.run().value())
                .containsExactlyElementsOf(
                        IntStream.range(5, 35).mapToObj(i -> "r" + i).toList());
    }

    @Test
    void samePassTwiceChangesNothing() {
        TableHistory once = after(TableHistory.NEW, "r1", 1, ENDED);

        assertThat(after(once, "r1", 1, ENDED.plusSeconds(9))).isSameAs(once);
        assertThat(after(once, "r1", 0, ENDED.plusSeconds(9))).isSameAs(once);
    }

    @Test
    void laterPassTakesThePlaceOfItsRun() {
        TableHistory history = after(
                after(after(TableHistory.NEW, "r1", 0, ENDED), "r2", 0, ENDED.plusSeconds(1)),
                "r1",
                1,
                ENDED.plusSeconds(2));

        assertThat(history.runs())
                .extracting(entry -> entry.run() + "/" + entry.pass())
                .containsExactly("r2/0", "r1/1");
    }

    @Test
    void reasonsOfFailuresAreCounted() {
        TableHistory history = after(TableHistory.NEW, "r1", 0, ENDED);

        assertThat(history.lastRun().orElseThrow().detail().reasons()).isEqualTo(Map.of("Truncated", 1L));
        assertThat(history.badRecords())
                .extracting(TableHistory.BadRecords::count)
                .containsExactly(9L);
        assertThat(Json.read(Json.text(history), TableHistory.class, "history.json"))
                .isEqualTo(history);
    }

    @Test
    void changeMadeMeanwhileIsKept() {
        AtomicInteger times = new AtomicInteger();

        histories.updateHistory(FLIGHTS, known -> {
            if (times.getAndIncrement() == 0) {
                histories.updateHistory(FLIGHTS, other -> after(other, "r1", 0, ENDED));
            }
            return after(known, "r2", 0, ENDED.plusSeconds(1));
        });

        assertThat(histories.history(FLIGHTS).runs())
                .extracting(entry -> entry.run().value())
                .containsExactly("r1", "r2");
    }

    @Test
    void conflictsWithoutEndAreGivenUp() {
        AtomicInteger times = new AtomicInteger();

        assertThatThrownBy(() -> histories.updateCalendar(FLIGHTS, known -> {
                    state.put(
                            "tables/analytics/flights/calendar.json",
                            "{\"version\": %d}".formatted(times.incrementAndGet()));
                    return Calendar.NEW.rows().isEmpty()
                            ? new Calendar(
                                    -times.get(),
                                    known.scope(),
                                    known.unit(),
                                    known.rows(),
                                    known.open(),
                                    known.runs(),
                                    known.values())
                            : known;
                }))
                .hasMessageContaining("calendar.json was changed by others 20 times");
    }

    @Test
    void changeThatChangesNothingIsNotWritten() {
        histories.updateHistory(FLIGHTS, known -> known);

        assertThat(aws.log().count("PutObject")).isZero();
    }

    @Test
    void pagesAreHtml() {
        Map<String, String> types = new TreeMap<>();
        TableHistories html = new TableHistories(new S3ObjectStore(typesOf(types), "state"));

        html.writePage(FLIGHTS, "<!doctype html>");
        html.writeOverview("<!doctype html>");

        assertThat(types)
                .isEqualTo(Map.of(
                        "tables/analytics/flights/index.html", "text/html; charset=utf-8",
                        "tables/index.html", "text/html; charset=utf-8"));
    }

    private static S3Client typesOf(Map<String, String> types) {
        return new S3Client() {
            @Override
            public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
                types.put(request.key(), request.contentType());
                return PutObjectResponse.builder().build();
            }

            @Override
            public String serviceName() {
                return "s3";
            }

            @Override
            public void close() {}
        };
    }

    private static TableHistory after(TableHistory before, String run, int pass, Instant ended) {
        return after(before, run, pass, ended, List.of());
    }

    private static TableHistory after(
            TableHistory before, String run, int pass, Instant ended, List<PartitionValues> registered) {
        RunReport report = Json.read("""
                {"version": 1, "run": "%s", "pass": %d, "table": "analytics.flights", "location": "s3://lake/flights/",
                 "status": "PARTIAL", "registered": 23, "failed": 1, "outstanding": 1,
                 "failures": [{"partition": "dt=2013-02-08/hour=17", "values": ["2013-02-08", "17"], "prefix": "f/",
                               "error": "Truncated", "message": "cut", "attempts": 1}],
                 "badRecordsSample": [{"partition": "dt=2013-02-08/hour=12", "prefix": "f/", "count": 9}]}
                """.formatted(run, pass), RunReport.class, "report.json");
        return before.after(report, RunEntry.of(report, ended, 24, true), SUBJECT, registered);
    }

    @Test
    void partitionThatIsRegisteredAgainLacksNoneOfEarlierRuns() {
        List<PartitionValues> again = List.of(PartitionValues.of("2013-02-08", "12"));
        TableHistory before = after(TableHistory.NEW, "r1", 0, ENDED);

        assertThat(after(before, "r2", 0, ENDED.plusSeconds(1), again).badRecords())
                .extracting(one -> one.run().value())
                .containsExactly("r2");
        assertThat(after(before, "r2", 0, ENDED.plusSeconds(1)).badRecords()).hasSize(2);
    }

    @Test
    void runKnowsItsId() {
        assertThat(after(TableHistory.NEW, "r1", 0, ENDED).run(new RunId("r1"))).isPresent();
    }
}
