package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.notices.Notice;
import io.fanin.tablecreator.notices.NoticeListener;
import io.fanin.tablecreator.notices.Notices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run of all tables that is redriven after newer ones have ended: its findings may be outdated. */
class OlderRunOfAllTablesTest {

    private static final String GOOD = "{\"carrier\": \"AA\"}";
    private static final String BAD = "no json";
    private static final String DAY = "2026-11-19";
    private static final String ELSEWHERE = "s3://elsewhere/gone/";

    private final List<Notice> told = new ArrayList<>();
    private final Tables tables =
            new Tables(aws -> new Announcer(List.of()), all -> new Notices(List.of(new Listener()), all.clock));

    private final class Listener implements NoticeListener {

        @Override
        public String name() {
            return "people";
        }

        @Override
        public void send(Notice notice) {
            told.add(notice);
        }
    }

    private void table(String name, String content) {
        tables.table(name, Map.of());
        tables.day(name, DAY, content);
    }

    private void locate(String location) {
        tables.aws
                .glue()
                .alterTable(
                        "raw_x",
                        "other",
                        table -> table.withObject("/StorageDescriptor").put("Location", location));
    }

    private void failing(String name) {
        assertThatThrownBy(() -> tables.run(name, "{}")).isInstanceOf(StateError.class);
        tables.clock.advance(Duration.ofHours(1));
    }

    private void complete(String name) {
        tables.run(name, "{}");
        tables.clock.advance(Duration.ofHours(1));
    }

    private String page() {
        return tables.aws.s3().text("state", "tables/index.html").orElseThrow();
    }

    @Test
    void tellsNothingThatIsNoLongerLeftOut() {
        table("raw_x.flights", BAD);
        tables.aws.s3().put("config", "specs/torn.json", "{");
        failing("first");
        tables.aws.s3().delete("config", "specs/torn.json");
        failing("second");
        tables.day("raw_x.flights", DAY, GOOD);
        complete("third");

        tables.redriveSumUp("first", Tables.json("[null]"));

        assertThat(told)
                .filteredOn(notice -> notice.title().contains("torn.json"))
                .extracting(Notice::kind)
                .containsExactly("new", "healed");
    }

    @Test
    void tableThatANewerRunHasFoundFineIsNotFailedOnThePage() {
        table("raw_x.flights", BAD);
        table("raw_x.other", GOOD);
        locate(ELSEWHERE);
        failing("first");
        locate("s3://lake/raw_x.other/");
        tables.day("raw_x.flights", DAY, GOOD);
        complete("second");

        assertThatThrownBy(() -> tables.redriveSumUp("first", Tables.json("[null, null]")))
                .hasMessageContaining("raw_x.other (failed");

        assertThat(page()).doesNotContain(">FAILED<");
        assertThat(Tables.json(tables.figures.getLast()).path("PartialTables").asInt(-1))
                .as(tables.figures.getLast())
                .isZero();
    }
}
