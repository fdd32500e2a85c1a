package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableChanges;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.Tally;
import io.fanin.model.run.TestReports;
import io.fanin.model.table.TableProgress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The outstanding failures in a run's report. */
class OutstandingReportTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void reportSaysEverythingThatIsOutstanding() {
        fixture.pass(RUN, 0, hours(3)).failing(1).lost(2, "Runtime.ExitError").register();

        String text = fixture.aws
                .s3()
                .text(RunFixture.STATE, "runs/nightly-1/report.json")
                .orElseThrow();

        assertThat(RunFixture.json(text)).isEqualTo(RunFixture.json("""
                        {"version":1,"run":"nightly-1","pass":0,"table":"analytics.flights",
                         "execution":"arn:aws:states:us-east-1:000000000000:execution:partition-fan-in:nightly-1",
                         "location":"s3://lake/flights/","status":"PARTIAL","registered":1,"failed":2,"outstanding":2,"setAside":0,
                         "completeThrough":"2013-02-08T00:00",
                         "failures":[
                          {"partition":"dt=2013-02-08/hour=1","values":["2013-02-08","1"],
                           "prefix":"flights/dt=2013-02-08/hour=1/","error":"Truncated",
                           "message":"object a.json.gz is cut short","since":"2013-02-10T00:00:00Z","attempts":1,"setAside":false},
                          {"partition":"dt=2013-02-08/hour=2","values":["2013-02-08","2"],
                           "prefix":"flights/dt=2013-02-08/hour=2/","error":"Runtime.ExitError",
                           "message":"the processor gave no answer (Runtime.ExitError). The processor's process ended, usually out of memory. Raise the stack's parameter ProcessorMemory, then redrive.",
                           "since":"2013-02-10T00:00:00Z","attempts":0,"setAside":false}],
                         "skipped":{"count":0,"sample":[]},
                         "tableCreated":"2013-02-10T00:00:00Z","healed":false}
                        """));
        assertThat(fixture.aws.s3().text(RunFixture.STATE, "runs/nightly-1/pass-0/report.json"))
                .hasValue(text);
    }

    @Test
    void reportOfACompleteTableHasNoFailures() {
        fixture.pass(RUN, 0, hours(2)).failing(1).register();

        fixture.pass(RUN, 1, hour(1)).register();

        assertThat(fixture.report(RUN))
                .isEqualTo(new RunReport(
                        new RunReport.Header(
                                1,
                                RUN,
                                1,
                                Optional.of(RunFixture.execution(RUN, OptionalInt.of(0))
                                        .id()),
                                Optional.empty(),
                                RunFixture.FLIGHTS,
                                "s3://lake/flights/",
                                Optional.empty()),
                        TableStatus.COMPLETE,
                        TestReports.counts(2, 0),
                        new TableProgress(Optional.of("2013-02-08T01:00"), Optional.empty()),
                        List.of(),
                        Tally.NONE,
                        new RunReport.Details(
                                OptionalLong.empty(),
                                Optional.of(fixture.clock.instant()),
                                true,
                                RunReport.LeftOut.NOTHING,
                                List.of(),
                                TableChanges.NONE,
                                Optional.empty())));
        assertThat(fixture.folder(RUN).report(0).orElseThrow().status()).isEqualTo(TableStatus.PARTIAL);
    }
}
