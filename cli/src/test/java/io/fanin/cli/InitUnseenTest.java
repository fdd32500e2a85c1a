package io.fanin.cli;

import static io.fanin.cli.InitFixture.count;
import static io.fanin.cli.InitFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a proposal does not cover, and says so. */
class InitUnseenTest {

    private final InitFixture fixture = new InitFixture();

    @Test
    void namesOfRawDataThatTheLayoutLeavesOutAreTold() {
        fixture.raw("2013-02-08/a.json", "{\"carrier\": \"UA\"}\n");
        fixture.raw("2013-02-09/a.json", "{\"carrier\": \"UA\"}\n");
        fixture.raw("20130210/a.json", "{\"carrier\": \"UA\"}\n");

        assertThat(texts(fixture.initRaw()))
                .contains("runs leave out 1 name that does not fit the layout, such as 20130210/");
    }

    /** The newest partitions, which a run looks for, come last. */
    @Test
    void namesBeyondTheFirstPagesAreNotTakenForRegistered() {
        fixture.table("t", "n:int");
        IntStream.range(10_000, 13_100).forEach(n -> fixture.data("t", "n=" + n));
        IntStream.range(10_000, 13_000).forEach(n -> fixture.registered("t", "n=" + n, String.valueOf(n)));

        JsonNode proposal = fixture.init("t");

        assertThat(count(proposal, "found")).isEqualTo("3000+");
        assertThat(count(proposal, "unregistered")).isEqualTo("0+");
        assertThat(texts(proposal)).contains("only the first names of s3://lake/t/ were read, up to n=12999: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sep=;~id;name;value~1;a;2~2;b;3 | it has 1 line before its header or first record",
                "# Export~# of 2013-02-09~id;name;value~1;a;2~2;b;3 | it has 2 lines before its header or first record",
                "id,name~1,'a, b'~2,'c, d'~3,'e, f' | its fields stand in '"
            })
    void dialectsForWhichNoSpecIsProposedAreTold(String lines, String why) {
        fixture.raw("dt=2013-02-08/a.csv", lines.replace('~', '\n') + "\n");

        assertThat(fixture.cli.run("init", "s3://lake/raw/").err())
                .contains("dt=2013-02-08/a.csv cannot be read: " + why + ": write its spec by hand");
    }

    @Test
    void backslashBeforeQuotesIsStatedWhereDataIsConverted() {
        fixture.raw("dt=2013-02-08/a.csv", "id,name\n1,\"a \\\"b\\\" c\"\n2,\"d, \\\"e\\\"\"\n3,\"f\"\n");

        JsonNode proposal = fixture.initRaw();

        assertThat(proposal.at("/spec/source/csv").toString().replace('"', '\''))
                .isEqualTo("{'delimiter':',','quoted':true,'escape':'\\\\','header':true}");
    }
}
