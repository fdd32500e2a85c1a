package io.fanin.detector.select;

import static io.fanin.detector.select.PlanFixture.FORMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.record.TableRecord;
import io.fanin.detector.inspect.WantedPartition;
import io.fanin.detector.select.SelectionRules.Coverage;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.run.detection.Candidate;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision on a partition before its inspection, case by case. */
class PartitionDecisionTest {

    @ParameterizedTest(name = "{0} prefixes, registered by {1}, recorded {2}, late data {3}: {4}")
    @CsvSource({
        // seen, registered by, recorded,      late data,  decision
        "1,      nobody,        nothing,       filled,     NEW 07",
        "1,      nobody,        nothing,       never,      NEW 07",
        "0,      older,         nothing,       filled,     leave",
        // a registered one
        "1,      older,         nothing,       never,      leave",
        "1,      older,         nothing,       filled,     leave",
        "1,      older,         nothing,       compared,   LATE 7 unless hash",
        "1,      older,         nothing,       from 07:00, LATE 7 unless hash",
        "1,      older,         nothing,       from 08:00, leave",
        "1,      older,         nothing,       all,        LATE 7 unless hash or elsewhere",
        "1,      empty,         nothing,       never,      leave",
        "1,      empty,         nothing,       filled,     LATE 7 unless empty",
        "1,      empty,         nothing,       compared,   LATE 7 unless empty",
        "1,      empty,         nothing,       from 08:00, LATE 7 unless empty",
        "1,      tool,          nothing,       filled,     leave",
        "1,      tool,          nothing,       compared,   leave",
        "1,      tool,          nothing,       from 07:00, leave",
        "1,      tool,          nothing,       all,        LATE 7 or elsewhere",
        // an outstanding one
        "1,      nobody,        failed,        filled,     RETRIED 07",
        "0,      nobody,        failed,        filled,     RETRIED 07",
        "1,      nobody,        failed,        never,      RETRIED 07",
        "1,      older,         failed late,   filled,     RETRIED 7",
        "0,      older,         failed late,   filled,     RETRIED 7",
        "1,      nobody,        failed late,   filled,     RETRIED 07",
        "1,      nobody,        failed thrice, filled,     set aside: failed 3 times",
        "0,      nobody,        failed thrice, filled,     set aside: failed 3 times",
        // registered since
        "1,      later,         failed,        filled,     leave",
        "0,      later,         failed,        filled,     leave",
        "1,      later,         failed,        compared,   LATE 7 unless hash",
        "1,      later,         failed late,   filled,     leave",
        "1,      tool,          failed thrice, filled,     leave",
        // a waived one
        "1,      nobody,        waived,        filled,     RETRIED 07 unless waived",
        "1,      nobody,        waived,        never,      leave",
        "0,      nobody,        waived,        filled,     leave",
        "1,      later,         waived,        filled,     leave",
        "1,      later,         waived,        compared,   LATE 7 unless hash",
        // one without data when it was last processed
        "1,      nobody,        empty,         filled,     NEW 07 unless empty",
        "1,      nobody,        empty,         never,      NEW 07",
        "1,      older,         empty,         compared,   LATE 7 unless hash",
        // several prefixes of the same values
        "2,      nobody,        nothing,       filled,     conflict; open",
        "2,      older,         nothing,       filled,     conflict",
        "2,      nobody,        failed,        filled,     conflict; open; hides a failure",
        "2,      later,         failed,        filled,     conflict",
        "2,      older,         failed late,   filled,     conflict; hides a failure",
        "2,      nobody,        waived,        filled,     conflict",
        "2,      later,         waived,        filled,     conflict",
    })
    void partitionIsDecidedOn(int seen, String registered, String recorded, String lateData, String expected) {
        PartitionDecision.Basis basis = new PartitionDecision.Basis(
                PlanFixture.rules(new Coverage.Part(), PlanFixture.lateData(lateData), 3),
                PlanFixture.MAPPING,
                new PartitionTime(PlanFixture.KEYS),
                false,
                Set.of());

        PartitionDecision decision = PartitionDecision.of(
                PlanFixture.observed(seen, registered), recorded(PlanFixture.record(recorded)), basis);

        assertThat(text(decision)).isEqualTo(expected);
    }

    private static RecordedPartition recorded(TableRecord record) {
        if (!record.outstanding().isEmpty()) {
            return new RecordedPartition.Failed(record.outstanding().getFirst());
        }
        if (!record.waived().isEmpty()) {
            return new RecordedPartition.GivenUp(record.waived().getFirst());
        }
        return record.empty().stream().map(FORMS::canonical).toList().isEmpty()
                ? new RecordedPartition.Unrecorded()
                : new RecordedPartition.Empty();
    }

    private static String text(PartitionDecision decision) {
        return switch (decision) {
            case PartitionDecision.Leave leave -> "leave";
            case PartitionDecision.Want(WantedPartition wanted) -> text(wanted);
            case PartitionDecision.SetAside aside -> "set aside: " + aside.why().replaceAll(",.*", "");
            case PartitionDecision.Conflict conflict ->
                "conflict" + (conflict.leavesOpen() ? "; open" : "")
                        + (conflict.hidesFailure() ? "; hides a failure" : "");
        };
    }

    private static String text(WantedPartition wanted) {
        Candidate candidate = wanted.candidate();
        String known = switch (wanted.known()) {
            case WantedPartition.Known.Nothing nothing -> "";
            case WantedPartition.Known.Content content -> " unless " + (wanted.wasEmpty() ? "empty" : content.hash());
        };
        return candidate.reason() + " "
                + candidate.partition().values().values().getLast() + known
                + (wanted.location() instanceof WantedPartition.Location.At ? " or elsewhere" : "");
    }
}
