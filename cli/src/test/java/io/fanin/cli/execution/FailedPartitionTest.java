package io.fanin.cli.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The list of failed partitions. */
class FailedPartitionTest {

    @Test
    void onlyTheFirstFailuresAreListed() {
        List<String> lines = FailedPartition.lines(IntStream.range(0, 12)
                .mapToObj(n -> new FailedPartition(
                        "hour=" + n, "x/", "Truncated", "ended after " + n, 1, false, false, Optional.empty()))
                .toList());

        assertThat(lines).hasSize(22).endsWith("  and 2 more");
    }

    @Test
    void partitionsThatFailedForOneReasonAreListedWithItOnce() {
        FailedPartition other = new FailedPartition(
                "dt=2013-02-08/hour=17", "x/", "Truncated", "ended early", 1, false, false, Optional.empty());
        List<FailedPartition> all = new ArrayList<>(IntStream.range(0, 5)
                .mapToObj(hour ->
                        new FailedPartition("hour=" + hour, "x/", "SqlError", "x", 1, false, false, Optional.empty()))
                .toList());
        all.add(1, other);

        assertThat(FailedPartition.lines(all))
                .containsExactly(
                        "  hour=0",
                        "  hour=1",
                        "  hour=2",
                        "  and 2 more",
                        "    SqlError: x",
                        "    What to do: Start a new execution with a corrected query; if the data is wrong, correct it and redrive.",
                        "  dt=2013-02-08/hour=17",
                        "    Truncated: ended early",
                        "    What to do: Write the object again, then redrive.");
    }

    @Test
    void attemptsAreToldFromTheSecondOn() {
        assertThat(FailedPartition.lines(
                        List.of(new FailedPartition("a", "a/", "x", "y", 3, false, false, Optional.empty()))))
                .startsWith("  a (tried 3 times)");
        assertThat(FailedPartition.lines(
                        List.of(new FailedPartition("a", "a/", "x", "y", 5, true, false, Optional.empty()))))
                .startsWith("  a (tried 5 times, set aside)");
    }

    /** Readers still see its rows, in the earlier or in the failed state. */
    @Test
    void partitionThatStaysRegisteredIsToldSo() {
        assertThat(FailedPartition.lines(
                        List.of(new FailedPartition("a", "a/", "x", "y", 1, false, true, Optional.empty()))))
                .startsWith("  a (registered when it failed)");
        assertThat(FailedPartition.lines(
                        List.of(new FailedPartition("a", "a/", "x", "y", 5, true, true, Optional.empty()))))
                .startsWith("  a (tried 5 times, set aside, registered when it failed)");
    }
}
