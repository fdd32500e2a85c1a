package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.record.TableRecord;
import org.junit.jupiter.api.Test;

/** Tables whose location may be a wrong one: each of their runs finds nothing, and ends well. */
class TablesWithoutRecordTest {

    private static final String DELAYS = CliFixture.SPEC.replace("flights", "delays");

    private final CliFixture cli = new AllTablesFixture().cli;

    TablesWithoutRecordTest() {
        cli.parameters.put("SpecsLocation", "s3://lake/specs/");
        cli.parameters.put("RawDatabases", "");
        cli.run("apply", CliFixture.SPEC, DELAYS);
        cli.createTable(TableRecord.NEW.withVanished(1));
    }

    @Test
    void listOfTablesNamesThem() {
        assertThat(cli.run("tables").lines())
                .contains(
                        "Note: no run has registered a partition of 1 table yet (analytics.delays): if there should be"
                                + " some, check location, source.location and layout of its spec.");
        assertThat(cli.run("tables", "--output", "json").json().path("withoutRecord"))
                .hasToString("[\"analytics.delays\"]");
    }

    @Test
    void statusOfOneSaysWhatItsNextRunWouldFind() {
        assertThat(cli.run("status", "analytics.delays").err())
                .contains("there is no table analytics.delays in the catalog yet: its spec is stored"
                        + " (s3://lake/specs/analytics/delays.json), and no run has registered a partition")
                .contains("what a run would find: fanin plan analytics.delays");
    }
}
