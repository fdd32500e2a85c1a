package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.alltables.AllTablesFolder;
import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.Selection;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.execution.ExecutionEnd;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.tablecreator.summary.TablesFailedException;
import io.fanin.tablecreator.summary.TablesPartialException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run of all tables of which one is left partial by the pass of its execution. */
class PartialTableOfAllTest {

    private static final RunId ALL = new RunId("all-1");

    private static final TableItem ITEM = TableItem.of(
            0,
            RunFixture.FLIGHTS,
            "arn:aws:states:us-east-1:000000000000:stateMachine:partition-fan-in",
            ALL.value(),
            Json.documents().createObjectNode());

    private final RunFixture fixture = new RunFixture();

    @Test
    void runCountsAsHeldOnceListenersHaveBeenToldOfItsTables() {
        pass();
        // The reminder that is due then is sent when the end of the table's execution is told.
        fixture.clock.advance(Duration.ofDays(3));

        assertThat(held()).isOne();
    }

    /** Its answer was lost, or it has not come to its end. */
    @Test
    void runThatIsSummarizedAgainCountsOnce() {
        pass();

        assertThat(held()).isOne();
        assertThat(held()).isOne();
    }

    /** Nobody would hear of it: the alarm subtracts the runs that count as held, and no other execution has failed. */
    @Test
    void runOfWhoseTableAListenerHasNotBeenToldDoesNotCount() {
        fixture.aws.faults().on("Publish").first(99).thenFail(403, "AuthorizationError", "not allowed");
        pass();

        assertThat(held()).isZero();
    }

    /** Such as a redrive that was stopped: the report is that of the pass before. */
    @ParameterizedTest
    @CsvSource({
        "FAILED, io.fanin.tablecreator.TablePartialException, PARTIAL",
        "FAILED, io.fanin.tablecreator.TableBusyException, PARTIAL",
        "FAILED, io.fanin.core.catalog.CatalogException, FAILED",
        "ABORTED, , FAILED",
        "TIMED_OUT, , FAILED"
    })
    void tableHasFailedIfItsExecutionEndedOtherwiseThanHeld(String status, String error, TableOutcome outcome) {
        pass();

        TableResult result = summary(status, error).results().getFirst();

        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.outstanding()).hasValue(2);
        assertThat(result.error()).hasValue(error == null ? status : error);
    }

    private void pass() {
        fixture.pass(new RunId(ITEM.name()), 0, hours(2)).failing(0, 1).registerAndTell();
        fixture.lines.clear();
    }

    private long held() {
        summary("FAILED", Ends.HELD);
        return fixture.lines.stream()
                .map(RunFixture::json)
                .filter(line -> line.path("HeldRuns").asInt() == 1
                        && line.path("Run").asText().equals(ALL.value()))
                .count();
    }

    /** @param status of the table's execution */
    private AllTablesReport summary(String status, String error) {
        fixture.ends.put(
                ITEM.execution(),
                new ExecutionEnd(
                        status, Optional.empty(), Optional.empty(), Optional.ofNullable(error), Optional.empty()));
        AllTablesFolder folder = new AllTablesFolder(fixture.state, ALL);
        folder.begin(() -> new Selection(Selection.VERSION, List.of(ITEM), List.of(), List.of(), true));

        assertThatThrownBy(() -> fixture.summarizer(fixture.people())
                        .summary(
                                ALL,
                                Json.documents().createArrayNode(),
                                RunFixture.execution(ALL, OptionalInt.of(0), Optional.of(fixture.clock.instant()))))
                .isInstanceOfAny(TablesPartialException.class, TablesFailedException.class);
        return folder.report().orElseThrow();
    }
}
