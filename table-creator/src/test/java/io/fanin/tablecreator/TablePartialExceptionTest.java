package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.failure.StandingRegistration;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.RunReport.Outstanding;
import io.fanin.model.run.TestReports;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The message of the exception, which operators see in the Step Functions console. */
class TablePartialExceptionTest {

    /** Step Functions: the longest cause of a failed execution. */
    private static final int MAX_CAUSE = 32_768;

    /** An upper bound of the text that Lambda adds to the message. */
    private static final int STACK_TRACE = 8_192;

    /** Characters that one takes in JSON at most. */
    private static final int ESCAPED = 6;

    private final RunFixture fixture = new RunFixture();

    @Test
    void namesTheTableTheCountsTheFailuresAndWhatToDo() {
        fixture.pass(RUN, 0, hours(24)).failing(17).lost(3, "Sandbox.Timedout").register();

        assertThat(new TablePartialException(fixture.report(RUN)))
                .hasMessage("Table analytics.flights is partial: 22 partitions registered, 2 outstanding:"
                        + " dt=2013-02-08/hour=3 (Sandbox.Timedout: the processor gave no answer (Sandbox.Timedout)."
                        + " The processor ran out of time. Make partitions smaller, or raise the stack's parameter"
                        + " ProcessorMemory, with which the CPU grows; then redrive.);"
                        + " dt=2013-02-08/hour=17 (Truncated: object a.json.gz is cut short)."
                        + " Fix what is wrong with them, then redrive this execution: only the outstanding partitions"
                        + " are processed again.");
    }

    /**
     * Such a run is not held; but the message of a held one does not advise to correct or redrive partitions that did
     * not fail.
     */
    @Test
    void namesMissingPeriodsOfATableWithOnlyGaps() {
        assertThat(new TablePartialException(report(List.of(), OptionalLong.of(3))))
                .hasMessage("Table analytics.flights is partial: 0 partitions registered, 0 outstanding, 3 periods"
                        + " missing. Nothing failed that a redrive could process again: a later run registers the missing"
                        + " periods once they are written.");
    }

    @Test
    void leadsWithTheSpecWhereAllPartitionsFailAlike() {
        Outstanding failure = new Outstanding(
                "dt=2013-02-08",
                List.of("2013-02-08"),
                "flights/",
                new Outstanding.Cause("BadRecord", "no int"),
                1,
                StandingRegistration.NONE,
                false,
                Optional.empty());

        assertThat(new TablePartialException(report(List.of(failure, failure), OptionalLong.empty())))
                .message()
                .endsWith(FailureAdvice.PROBABLY_SPEC);
    }

    @Test
    void namesMissingPeriodsBesideFailures() {
        Outstanding failure = TestReports.cut("hour=1", new Partition(PartitionValues.of("1"), "flights/"));

        assertThat(new TablePartialException(report(List.of(failure), OptionalLong.of(3))).getMessage())
                .contains("1 outstanding, 3 periods missing: hour=1 (Truncated: cut). Fix what is wrong with them, then"
                        + " redrive this execution");
    }

    @Test
    void namesTheFirstFewOfMany() {
        fixture.pass(RUN, 0, hours(9)).failing(0, 1, 2, 3, 4, 5, 6).register();

        assertThat(new TablePartialException(fixture.report(RUN)).getMessage())
                .contains("7 outstanding", "hour=4 ", "; and 2 more.")
                .doesNotContain("hour=5 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u0000", "\u001b[2J", "\r\n", "\u202e", "\u2028", "\ud83d", "\ud83d\ude00", "\"\\", "\u00e9"})
    void staysShortAndOnOneLineWhateverFailed(String hostile) {
        Outstanding failure = new Outstanding(
                "dt=" + hostile.repeat(1_000),
                List.of(hostile.repeat(1_000)),
                "flights/",
                new Outstanding.Cause("Error" + hostile.repeat(1_000), hostile.repeat(100_000)),
                1,
                StandingRegistration.NONE,
                true,
                Optional.empty());

        TablePartialException exception =
                new TablePartialException(report(Collections.nCopies(1_000, failure), OptionalLong.empty()));

        assertThat(exception.getMessage())
                .startsWith(
                        "Table analytics.flights is partial: 0 partitions registered, 1000 outstanding, 1000 of them set aside: dt=")
                .endsWith("are processed again.")
                .doesNotContainPattern("[\\p{Cntrl}\u2028\u2029\u202e]")
                .matches(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text), "is sound Unicode");
        assertThat(exception.getMessage()).hasSizeLessThan((MAX_CAUSE - STACK_TRACE) / ESCAPED);
    }

    /** Step Functions names the error by the class; the state machine and people go by that name. */
    @Test
    void isATopLevelClassOfAPublishedName() {
        assertThat(TablePartialException.class.getName()).isEqualTo("io.fanin.tablecreator.TablePartialException");
        assertThat(Modifier.isPublic(TablePartialException.class.getModifiers()))
                .isTrue();
    }

    private static RunReport report(List<Outstanding> failures, OptionalLong missing) {
        return TestReports.of(RUN, 0, TestReports.counts(0, failures.size(), missing), failures);
    }
}
