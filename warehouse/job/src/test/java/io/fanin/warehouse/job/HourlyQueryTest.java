package io.fanin.warehouse.job;

import static io.fanin.warehouse.job.JobFixture.BY_HAND;
import static io.fanin.warehouse.job.JobFixture.ENVIRONMENT;
import static io.fanin.warehouse.job.JobFixture.EVENT;
import static io.fanin.warehouse.job.JobFixture.FOLDER;
import static io.fanin.warehouse.job.JobFixture.MARKER;
import static io.fanin.warehouse.job.JobFixture.SQL;
import static io.fanin.warehouse.job.JobFixture.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HourlyQueryTest {

    private final JobFixture job = new JobFixture();
    private final FakeObjects s3 = job.s3;
    private final FakeAthena athena = job.athena;
    private final HourlyQuery query = job.query;

    @Test
    void resultBecomesTheHourThatIsOver() {
        assertThat(query.run(EVENT, SQL)).isEqualTo("s3://" + FOLDER);

        assertThat(s3.etags(FOLDER)).containsOnlyKeys(job.part(0, 0), job.part(0, 1), MARKER);
        assertThat(athena.queries()).singleElement().satisfies(started -> {
            assertThat(started.queryString())
                    .startsWith("UNLOAD (SELECT count(*) FROM clicks WHERE inserted_at = '2013/02/08/17'\n) TO"
                            + " 's3://results/jobs/aggregates/")
                    .endsWith("/' WITH (format = 'JSON')");
            assertThat(started.workGroup()).isEqualTo("group");
            assertThat(started.queryExecutionContext().database()).isEqualTo("analytics_dw");
        });
        assertThat(job.pauses).containsExactly(1L);
    }

    @Test
    void eventThatComesTwiceRunsTheQueryOnce() {
        query.run(EVENT, SQL);
        List<String> once = s3.names();

        query.run(EVENT, SQL);

        assertThat(athena.queries()).hasSize(1);
        assertThat(s3.names()).isEqualTo(once);
    }

    /** Athena knows the query longer than its result is kept, which would look like one without rows. */
    @Test
    void eventThatComesAgainAfterItsResultHasExpiredChangesNothing() {
        query.run(EVENT, SQL);
        Map<String, String> before = s3.etags(FOLDER);
        s3.names().stream().filter(name -> name.startsWith("results/")).toList().forEach(s3::without);
        Clock later = Clock.fixed(Instant.EPOCH.plus(Duration.ofDays(31)), ZoneOffset.UTC);

        assertThatIllegalStateException()
                .isThrownBy(() -> new HourlyQuery(athena, s3, ENVIRONMENT, pause -> {}, later).run(EVENT, SQL))
                .withMessageContaining("may have expired: run the hour again, with {\"hour\": \"2013/02/08/17\"}");
        assertThat(s3.etags(FOLDER)).isEqualTo(before);
    }

    @Test
    void listWithoutContentChangesNothing() {
        query.run(EVENT, SQL);
        Map<String, String> before = s3.etags(FOLDER);
        s3.answersWithoutContent("results/");

        assertThatIllegalStateException()
                .isThrownBy(() -> query.run(BY_HAND, SQL))
                .withMessageContaining("without saying whether it is whole");
        assertThat(s3.etags(FOLDER)).containsAllEntriesOf(Map.of(job.part(0, 0), before.get(job.part(0, 0))));
    }

    @Test
    void hourIsRunAgainByHand() {
        query.run(EVENT, SQL);
        query.run(BY_HAND, SQL);

        assertThat(athena.queries()).hasSize(2);
    }

    @Test
    void whatWasThereIsReplacedWhileTheMarkerIsAway() {
        s3.with(FOLDER + "part-00002.gz").with(MARKER).with("data/aggregates/2013/02/08/18/part-00000.gz");

        query.run(EVENT, SQL);

        assertThat(s3.changes())
                .containsExactly(
                        "- " + MARKER,
                        "+ " + job.part(0, 0),
                        "+ " + job.part(0, 1),
                        "- " + FOLDER + "part-00002.gz",
                        "+ " + MARKER);
    }

    @Test
    void queryMayEndInAComment() {
        query.run(EVENT, SQL + " -- all of them\n");

        assertThat(athena.queries())
                .singleElement()
                .satisfies(started -> assertThat(started.queryString()).contains("-- all of them\n) TO 's3://"));
    }

    @Test
    void faultOfAthenaIsTriedAgain() {
        athena.failing(true).failing(true);

        query.run(EVENT, SQL);

        assertThat(athena.queries()).hasSize(3);
        assertThat(athena.queries().stream().map(started -> started.queryString()))
                .doesNotHaveDuplicates();
    }

    /** Lambda sends the event again, and Athena still knows its query. */
    @Test
    void eventWhoseQueryHasFailedRunsItAgain() {
        athena.failing(false);
        assertThatExceptionOfType(QueryFailedException.class).isThrownBy(() -> query.run(EVENT, SQL));
        HourlyQuery later =
                new HourlyQuery(athena, s3, ENVIRONMENT, pause -> {}, Clock.offset(STARTED, Duration.ofDays(20)));

        later.run(EVENT, SQL);

        assertThat(athena.queries()).hasSize(2);
        assertThat(s3.names()).contains(MARKER);
    }

    @Test
    void queryThatFailsLeavesTheHourAsItWas() {
        athena.failing(false);
        s3.with(MARKER);

        assertThatExceptionOfType(QueryFailedException.class)
                .isThrownBy(() -> query.run(EVENT, SQL))
                .withMessageContaining("of the job of analytics_dw.aggregates is FAILED: SYNTAX_ERROR: line 1:8");
        assertThat(s3.changes()).isEmpty();
    }

    @Test
    void queryThatTakesNoHourIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query.run(EVENT, "SELECT 1"))
                .withMessageContaining("the query does not say ${hour}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2013/02/30/17", "2013-02-08T17", "2013/02/08/24"})
    void hourThatIsNoneIsRefused(String hour) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query.run(Map.of("hour", hour), SQL))
                .withMessageContaining("expected an event such as {\"time\": \"2013-02-08T18:30:00Z\"}");
    }

    @Test
    void eventWithoutATimeIsRefused() {
        Map<String, String> ofNull = new HashMap<>();
        ofNull.put("hour", null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query.run(ofNull, SQL))
                .withMessageContaining("found {hour=null}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query.run(Map.of("id", "one"), SQL))
                .withMessageEndingWith("found {id=one}");
    }

    @Test
    void functionOfNoTableIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new HourlyQuery(athena, s3, Map.of(), pause -> {}, STARTED))
                .withMessageContaining("the environment has no WAREHOUSE_DATABASE");
    }
}
