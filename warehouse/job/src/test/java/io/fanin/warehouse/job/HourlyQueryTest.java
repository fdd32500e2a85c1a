package io.fanin.warehouse.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HourlyQueryTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "WAREHOUSE_DATABASE", "analytics_dw",
            "WAREHOUSE_TABLE", "aggregates",
            "WAREHOUSE_FORMAT", "json",
            "WAREHOUSE_DATA_BUCKET", "data",
            "WAREHOUSE_RESULTS_BUCKET", "results",
            "WAREHOUSE_WORK_GROUP", "group");

    private static final Map<String, String> EVENT = Map.of("id", "one", "time", "2013-02-08T18:30:00Z");
    private static final Map<String, String> BY_HAND = Map.of("hour", "2013/02/08/17");
    private static final String SQL = "SELECT count(*) FROM clicks WHERE inserted_at = '${hour}'";
    private static final String FOLDER = "data/aggregates/2013/02/08/17/";
    /** Before all queries. */
    private static final Clock STARTED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private static final Pattern TARGET = Pattern.compile("TO 's3://(results/[^']+)'");

    private final FakeObjects s3 = new FakeObjects();
    private final FakeAthena athena = new FakeAthena(this::unload);
    private final List<Long> pauses = new ArrayList<>();
    private final HourlyQuery query =
            new HourlyQuery(athena, s3, ENVIRONMENT, pause -> pauses.add(pause.toSeconds()), STARTED);

    private void unload(String sql) {
        Matcher target = TARGET.matcher(sql);
        assertThat(target.find()).isTrue();
        s3.with(target.group(1) + "20130208_abc_1.gz").with(target.group(1) + "20130208_abc_2.gz");
    }

    @Test
    void resultBecomesTheHourThatIsOver() {
        assertThat(query.run(EVENT, SQL)).isEqualTo("s3://" + FOLDER);

        assertThat(s3.names()).contains(FOLDER + "part-00000.gz", FOLDER + "part-00001.gz", FOLDER + "_SUCCESS");
        assertThat(athena.queries()).singleElement().satisfies(started -> {
            assertThat(started.queryString())
                    .startsWith("UNLOAD (SELECT count(*) FROM clicks WHERE inserted_at = '2013/02/08/17'\n) TO"
                            + " 's3://results/jobs/aggregates/")
                    .endsWith("/' WITH (format = 'JSON')");
            assertThat(started.workGroup()).isEqualTo("group");
            assertThat(started.queryExecutionContext().database()).isEqualTo("analytics_dw");
        });
        assertThat(pauses).containsExactly(1L);
    }

    @Test
    void eventThatComesTwiceRunsTheQueryOnce() {
        query.run(EVENT, SQL);
        List<String> once = s3.names();

        query.run(EVENT, SQL);

        assertThat(athena.queries()).hasSize(1);
        assertThat(s3.names()).isEqualTo(once);
    }

    @Test
    void hourIsRunAgainByHand() {
        query.run(EVENT, SQL);
        query.run(BY_HAND, SQL);

        assertThat(athena.queries()).hasSize(2);
    }

    @Test
    void whatWasThereIsReplacedWhileTheMarkerIsAway() {
        s3.with(FOLDER + "part-00002.gz").with(FOLDER + "_SUCCESS").with("data/aggregates/2013/02/08/18/part-00000.gz");

        query.run(EVENT, SQL);

        assertThat(s3.changes())
                .containsExactly(
                        "- " + FOLDER + "_SUCCESS",
                        "+ " + FOLDER + "part-00000.gz",
                        "+ " + FOLDER + "part-00001.gz",
                        "- " + FOLDER + "part-00002.gz",
                        "+ " + FOLDER + "_SUCCESS");
    }

    /** An hour that is repeated by hand while its schedule runs it: each query divides its rows among other objects. */
    @ParameterizedTest
    @ValueSource(strings = {"part-00000.gz", "part-00002.gz"})
    void hourThatTwoInvocationsWriteAtOnceIsNotMarked(String written) {
        s3.meanwhile("- " + FOLDER + "part-00007.gz", () -> s3.with(FOLDER + written))
                .with(FOLDER + "part-00007.gz");

        assertThatIllegalStateException()
                .isThrownBy(() -> query.run(EVENT, SQL))
                .withMessage("another invocation has written into s3://" + FOLDER
                        + " at the same time: run the hour again, with {\"hour\": \"2013/02/08/17\"}");

        assertThat(s3.names()).doesNotContain(FOLDER + "_SUCCESS");
    }

    private void dies() {
        throw new IllegalArgumentException("the function dies");
    }

    /** Lambda sends the event again after the hour was repeated by hand, with data that has come since. */
    @Test
    void resultOfALaterQueryIsNotReplaced() {
        s3.meanwhile("+ " + FOLDER + "part-00000.gz", this::dies);
        assertThatIllegalArgumentException().isThrownBy(() -> query.run(EVENT, SQL));
        query.run(BY_HAND, SQL);
        Map<String, String> later = s3.etags(FOLDER);

        assertThat(query.run(EVENT, SQL)).isEqualTo("s3://" + FOLDER);

        assertThat(s3.etags(FOLDER)).isEqualTo(later).containsKey(FOLDER + "_SUCCESS");
        query.run(BY_HAND, SQL);
        assertThat(s3.etags(FOLDER)).isNotEqualTo(later);
    }

    @Test
    void resultOfALaterQueryThatIsBeingWrittenIsNotReplaced() {
        query.run(EVENT, SQL);
        s3.meanwhile("+ " + FOLDER + "part-00000.gz", this::dies);
        assertThatIllegalArgumentException().isThrownBy(() -> query.run(BY_HAND, SQL));
        Map<String, String> later = s3.etags(FOLDER);

        assertThatIllegalStateException()
                .isThrownBy(() -> query.run(EVENT, SQL))
                .withMessageContaining("run the hour again");

        assertThat(s3.etags(FOLDER)).isEqualTo(later).doesNotContainKey(FOLDER + "_SUCCESS");
    }

    /** The scheduled invocation is slow to see what it has written. */
    @Test
    void hourThatAnotherInvocationHasReplacedMeanwhileStaysMarked() {
        s3.meanwhile("+ " + FOLDER + "part-00001.gz", () -> query.run(BY_HAND, SQL));

        assertThatIllegalStateException().isThrownBy(() -> query.run(EVENT, SQL));

        Map<String, String> later = s3.etags(FOLDER);
        assertThat(later).hasSize(3).containsKey(FOLDER + "_SUCCESS");
        query.run(EVENT, SQL);
        assertThat(s3.etags(FOLDER)).isEqualTo(later);
    }

    @Test
    void hourThatIsWrittenOverAnothersResultIsNotMarked() {
        s3.meanwhile("- " + FOLDER + "_SUCCESS", () -> query.run(BY_HAND, SQL));

        assertThatIllegalStateException().isThrownBy(() -> query.run(EVENT, SQL));

        assertThat(s3.names()).doesNotContain(FOLDER + "_SUCCESS");
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

    /** Lambda sends the event again, and Athena knows its query. */
    @Test
    void eventWhoseQueryHasFailedRunsItAgain() {
        athena.failing(false);
        assertThatExceptionOfType(QueryFailedException.class).isThrownBy(() -> query.run(EVENT, SQL));
        HourlyQuery later = new HourlyQuery(
                athena, s3, ENVIRONMENT, pause -> {}, Clock.offset(Clock.systemUTC(), Duration.ofDays(1)));

        later.run(EVENT, SQL);

        assertThat(athena.queries()).hasSize(2);
        assertThat(s3.names()).contains(FOLDER + "_SUCCESS");
    }

    @Test
    void queryThatFailsLeavesTheHourAsItWas() {
        athena.failing(false);
        s3.with(FOLDER + "_SUCCESS");

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
