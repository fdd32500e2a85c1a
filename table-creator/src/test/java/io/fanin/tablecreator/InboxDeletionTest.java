package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.detection.DetectionSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxDeletionTest {

    private static final DetectionReport NOTHING_SEEN = DetectionReport.NONE;
    private static final String FIRST = "inbox/analytics/flights/1.json";
    private static final String SECOND = "inbox/analytics/flights/2.json";
    private static final String LATER = "inbox/analytics/flights/3.json";

    private final RunFixture fixture = new RunFixture();

    @BeforeEach
    void fillInbox() {
        List.of(FIRST, SECOND, LATER).forEach(key -> fixture.state.put(key, "{}"));
        fixture.createTable();
    }

    @Test
    void whatTheRunHasTakenOverIsDeleted() {
        Pass pass = pass(0, hours(2));
        take(FIRST, SECOND);

        pass.register();

        assertThat(inbox()).containsExactly(LATER);
    }

    /** The table's record remembers the partition now. */
    @Test
    void entriesOfAFailedPartitionAreDeletedToo() {
        Pass pass = pass(0, hours(3)).failing(1);
        take(FIRST);

        assertThat(pass.register().status()).isEqualTo(TableStatus.PARTIAL);

        assertThat(inbox()).containsExactly(SECOND, LATER);
        assertThat(fixture.record().outstanding())
                .extracting(failure -> failure.partition())
                .containsExactly(hour(1));
    }

    /** Before the report is written, the entry's content may not be recorded anywhere else. */
    @Test
    void theyAreDeletedAfterTheReportIsWritten() {
        Pass pass = pass(0, hours(3));
        take(FIRST);
        fixture.aws.log().reset();

        pass.register();

        assertThat(calls())
                .containsSubsequence("PutObject state/runs/nightly-1/pass-0/report.json", "DeleteObjects state/");
    }

    @Test
    void nothingIsDeletedWhenTheReportCannotBeWritten() {
        Pass pass = pass(0, hours(3));
        take(FIRST);
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith("pass-0/report.json"))
                .then(Fault.accessDenied());

        assertThatThrownBy(pass::register).hasMessageContaining("Access Denied");

        assertThat(inbox()).containsExactly(FIRST, SECOND, LATER);
    }

    @Test
    void anInvocationThatFindsTheReportDeletesWhatTheFirstHasNot() {
        Pass pass = pass(0, hours(3));
        take(FIRST);
        fixture.aws.faults().on("DeleteObjects").first(1).then(Fault.accessDenied());
        assertThat(pass.register().status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(inbox()).containsExactly(FIRST, SECOND, LATER);

        pass.register();

        assertThat(inbox()).containsExactly(SECOND, LATER);
    }

    /** Two invocations of a detector may have taken different entries; the manifest says whose the run answers for. */
    @Test
    void entriesOfAnInvocationThatWasNotTheFirstStay() {
        Pass pass = pass(0, hours(2));
        take(FIRST);
        fixture.folder(RUN).writeDetection(NOTHING_SEEN, new TakenEntries(List.of(SECOND)));

        pass.register();

        assertThat(inbox()).containsExactly(SECOND, LATER);
    }

    @Test
    void aRedriveDeletesNothing() {
        Pass first = pass(0, hours(3)).failing(1);
        take(FIRST);
        first.register();
        fixture.state.put(FIRST, "{}");

        pass(1, List.of(hour(1))).register();

        assertThat(inbox()).containsExactly(FIRST, SECOND, LATER);
    }

    @Test
    void otherWaysToDetectCostNoRequestMore() {
        Pass pass = fixture.pass(RUN, 0, hours(3));
        fixture.aws.log().reset();

        pass.register();

        assertThat(fixture.aws.log().calls()).extracting(Call::target).noneMatch(target -> target.contains("/taken-"));
        assertThat(fixture.aws.log().count("DeleteObjects")).isZero();
    }

    private Pass pass(int number, List<Partition> partitions) {
        Pass pass = fixture.pass(RUN, number, partitions);
        fixture.writeSpec(RUN, OnPartial.FAIL, new DetectionSpec.Events(Optional.empty(), Optional.empty()));
        return pass;
    }

    private void take(String... keys) {
        fixture.starts.begin(RUN, NOTHING_SEEN, new TakenEntries(List.of(keys)));
    }

    private List<String> inbox() {
        return fixture.aws.s3().keys("state", "inbox/");
    }

    private List<String> calls() {
        return fixture.aws.log().calls().stream()
                .map(call -> call.operation() + " " + call.target())
                .toList();
    }
}
