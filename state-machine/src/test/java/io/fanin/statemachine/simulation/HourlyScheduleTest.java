package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.retry.Backoff;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.events.EventBus;
import io.fanin.tablecreator.notices.Notice;
import io.fanin.tablecreator.notices.NoticeEvents;
import io.fanin.tablecreator.notices.NoticeFormat;
import io.fanin.tablecreator.notices.NoticeListener;
import io.fanin.tablecreator.notices.Notices;
import io.fanin.tablecreator.notices.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The notices of two days with an hourly schedule, with the deployed definitions and functions. */
class HourlyScheduleTest {

    private static final String TABLE = "raw_x.flights";
    private static final String GOOD = "{\"carrier\": \"AA\"}";
    private static final int HOURS = 48;

    private Tables tables = tables(HourlyScheduleTest::topic);
    private NoticeOracle oracle = new NoticeOracle(tables.aws, tables.clock);
    private final Instant began = tables.clock.instant();
    private int runs;

    private static Tables tables(Function<Tables, NoticeListener> topic) {
        return new Tables(
                aws -> new Announcer(List.of()),
                told -> new Notices(
                        List.of(
                                topic.apply(told),
                                new NoticeEvents(new EventBus(
                                        () -> told.aws.events().client(), "default", new Backoff(pause -> {})))),
                        told.clock));
    }

    private static Topic topic(Tables told) {
        return new Topic(() -> told.aws.sns().client(), "arn:aws:sns:us-east-1:123456789012:people", NoticeFormat.TEXT);
    }

    /** A listener with a new name at each call, so that it never finds an earlier notice. */
    private record Forgotten(Topic topic, AtomicInteger names) implements NoticeListener {

        @Override
        public String name() {
            return "forgotten-" + names.incrementAndGet();
        }

        @Override
        public void send(Notice notice) {
            topic.send(notice);
        }
    }

    @Test
    void badHourIsTwoMessagesAndOneReminderADay() {
        aBadHourOfTwoDays();

        assertThat(oracle.violations(began, began.plus(Duration.ofHours(HOURS))))
                .isEmpty();
        assertThat(oracle.kinds()).containsExactly("new", "reminder", "healed");
        assertThat(tables.aws.events().events()).as("for a webhook").hasSize(3);
    }

    @Test
    void whereNothingIsRememberedTheOracleSeesTheStorm() {
        tables = tables(told -> new Forgotten(topic(told), new AtomicInteger()));
        oracle = new NoticeOracle(tables.aws, tables.clock);

        aBadHourOfTwoDays();

        assertThat(oracle.violations(began, began.plus(Duration.ofHours(HOURS))))
                .isNotEmpty();
        assertThat(oracle.kinds()).hasSizeGreaterThanOrEqualTo(HOURS);
    }

    /** No run has anything to do, but the partition is still outstanding. */
    @Test
    void partitionThatIsSetAsideIsRemindedOf() {
        tables.table(TABLE, Map.of("fanin.detection", "{\"mode\": \"list\", \"maxAttempts\": 2}"));
        tables.day(TABLE, "2026-11-19", "no json");

        runHourly(HOURS + 2);

        assertThat(oracle.kinds()).containsExactly("new", "reminder", "reminder");
    }

    @Test
    void runsThatFailOfOneCauseAreToldOnceADay() {
        tables.table(TABLE, Map.of());
        tables.day(TABLE, "2026-11-19", GOOD);
        String location = "s3://lake/" + TABLE + "/";
        locate("s3://elsewhere/gone/");

        runHourly(HOURS);
        locate(location);
        runHourly(2);

        assertThat(oracle.violations(began, began.plus(Duration.ofHours(HOURS))))
                .isEmpty();
        assertThat(oracle.subjects())
                .containsExactly(
                        "Run of table " + TABLE + " failed",
                        "Run of table " + TABLE + " still fails",
                        "Table " + TABLE + " is complete");
    }

    private void aBadHourOfTwoDays() {
        tables.table(TABLE, Map.of());
        tables.day(TABLE, "2026-11-18", GOOD);
        tables.day(TABLE, "2026-11-19", "no json");
        runHourly(HOURS);
        tables.day(TABLE, "2026-11-19", GOOD);
        runHourly(2);
    }

    private void locate(String location) {
        tables.aws
                .glue()
                .alterTable(
                        "raw_x",
                        "flights",
                        table -> table.withObject("/StorageDescriptor").put("Location", location));
    }

    private void runHourly(int hours) {
        for (int hour = 0; hour < hours; hour++) {
            JsonNode input = Tables.json("{\"id\": \"" + runs + "\", \"time\": \"" + tables.clock.instant()
                    + "\", \"database\": \"raw_x\", \"table\": \"flights\"}");
            tables.runTableAndTell("hourly-" + runs++, input);
            oracle.look();
            tables.clock.advance(Duration.ofHours(1));
        }
    }
}
