package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.record.RecordLostException;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.TableStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The record of a partial table is removed: no run that has not looked at the whole table since publishes another one.
 */
class RecordLostTest {

    private final RunFixture fixture = new RunFixture().createTable();

    @BeforeEach
    void recordOfThePartialTableIsRemoved() {
        fixture.pass(RUN, 0, hours(3)).looked("", "").failing(1, 2).register();
        fixture.aws.s3().delete(RunFixture.STATE, "tables/analytics/flights/state.json");
    }

    @Test
    void redriveOfARunThatBeganBeforeRegistersNothing() {
        Pass again = fixture.pass(RUN, 1, hour(1));

        assertThatThrownBy(again::register)
                .isInstanceOf(RecordLostException.class)
                .hasMessageContaining("table analytics.flights is partial")
                .hasMessageContaining("\"mode\": \"full\"");

        assertThat(fixture.registered()).hasSize(1);
        assertThat(fixture.record().lastRun()).isEmpty();
    }

    @Test
    void runThatHasLookedBeforeAnotherLeftTheTablePartialRegistersNothing() {
        Pass stale = fixture.pass(LATER_RUN, 0, hour(1), hour(2)).looked("", "");

        assertThatThrownBy(stale::register).isInstanceOf(RecordLostException.class);

        assertThat(fixture.registered()).hasSize(1);
    }

    @Test
    void runThatHasLookedAtTheWholeTableSinceRegisters() {
        sinceThen(hour(1), hour(2)).register();

        assertThat(fixture.report(LATER_RUN).status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.registered()).hasSize(3);
    }

    @Test
    void redriveRegistersAfterThat() {
        sinceThen(hour(1), hour(2)).failing(0).register();

        fixture.pass(RUN, 1, hour(1)).register();

        assertThat(fixture.report(RUN).status()).isEqualTo(TableStatus.COMPLETE);
    }

    /** A run that has looked at the whole table after the one before left it partial. */
    private Pass sinceThen(Partition... found) {
        return fixture.pass(LATER_RUN, 0, found).lookedAfter(RUN);
    }
}
