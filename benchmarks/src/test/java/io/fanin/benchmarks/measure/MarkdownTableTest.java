package io.fanin.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {

    @Test
    void columnsLineUpAndABrokenBoundStandsOut() {
        String table = MarkdownTable.of(List.of(
                Row.atMost("24 new: S3 LIST", 7, 7),
                Row.atMost("24 new: Glue", 2, 3),
                Row.unbounded("time", "1.5 s"),
                Row.failed("full", "a | b")));

        assertThat(table).isEqualTo("""
                        | work            | bound | measured       | ok  |
                        | --------------- | ----- | -------------- | --- |
                        | 24 new: S3 LIST | ≤ 7   | 7              | yes |
                        | 24 new: Glue    | ≤ 2   | 3              | NO  |
                        | time            | none  | 1.5 s          | yes |
                        | full            | none  | failed: a \\| b | NO  |""");
    }
}
