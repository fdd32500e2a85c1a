package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import org.junit.jupiter.api.Test;

/** The folder of specs in which specs are stored has others, too. */
class ApplyCommandTest {

    private static final String APPLIED = "specs/analytics/flights.json";

    private final CliFixture cli = new CliFixture();

    ApplyCommandTest() {
        cli.parameters.put("SpecsLocation", "s3://lake/specs/");
        cli.parameters.put("RawDatabases", "");
    }

    /** Object names in the folder are free; the other table would no longer be run. */
    @Test
    void specOfAnotherTableIsNotReplaced() {
        cli.aws.s3().put("lake", APPLIED, CliFixture.SPEC.replace("\"flights\"", "\"flights_hourly\""));

        Done applied = cli.run("apply", CliFixture.SPEC);

        assertThat(applied.code()).isEqualTo(2);
        assertThat(applied.err())
                .contains("s3://lake/" + APPLIED + ", where the spec of analytics.flights would be stored, is that of"
                        + " analytics.flights_hourly");
        assertThat(cli.run("tables").out()).contains("analytics.flights_hourly");
    }

    /** Scripts recognize a missing value by the missing field. */
    @Test
    void answerInJsonLeavesOutWhatHasNoValue() {
        cli.run("apply", CliFixture.SPEC);
        cli.aws.s3().put("lake", "specs/broken.json", "{");

        String tables = cli.run("tables", "--output", "json").out();

        assertThat(tables).contains("broken.json").doesNotContain("null");
    }
}
