package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.record.TableRecord;
import io.fanin.core.retry.Sleeper;
import io.fanin.model.json.Json;
import io.fanin.model.run.detection.UnfitNames;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names that do not fit the layout in a table's status. */
class StatusOfUnfitNamesTest {

    private static final TableRecord NOTHING_FITS =
            TableRecord.NEW.withUnfit(new UnfitNames(2, "flights/26/", "'26' is no year", true));

    private final StatusFixture fixture = new StatusFixture();
    private final CliFixture cli = fixture.cli;

    @Test
    void namesThatDoNotFitAreShown() {
        cli.createTable(StatusFixture.COMPLETE.withUnfit(new UnfitNames(2, "flights/26/", "'26' is no year", false)));

        assertThat(fixture.status().lines())
                .contains("Nothing is outstanding.")
                .anyMatch(line -> line.startsWith("Not in the table: 2 names do not fit the layout, such as flights/26/"
                        + " ('26' is no year): rename what does not fit, or correct the spec's layout and"
                        + " partitionKeys. The first of them: fanin plan SPEC, with \"detection\": {\"mode\": \"full\"}"
                        + " in the spec"));
        assertThat(cli.run("status").lines()).anyMatch(line -> line.contains("COMPLETE (names do not fit)"));
        String json = cli.run("status", "analytics.flights", "--output", "json").out();
        assertThat(Json.read(json, JsonNode.class, "the answer")
                        .at("/unfit/names")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    void tableOfWhichNothingFitsHasSomethingOutstanding() {
        cli.records().update(CliFixture.FLIGHTS, before -> NOTHING_FITS);
        new GlueCatalog(cli.aws.glue().client(), Sleeper.SYSTEM)
                .createTableIfAbsent(cli.spec().definition(), Map.of());

        Done done = fixture.status();

        assertThat(done.lines())
                .startsWith("No run has changed analytics.flights yet: it has no parameter fanin.status.")
                .doesNotContain("Nothing is outstanding.")
                .anyMatch(line -> line.startsWith(
                        "Runs fail with NothingFitsException: none of the 2 names that were listed fits"));
        assertThat(done.code()).isEqualTo(2);
        assertThat(cli.run("status").lines()).anyMatch(line -> line.contains("NEVER_RUN (nothing fits)"));
        assertThat(cli.run("status").code()).isEqualTo(2);
    }

    @Test
    void tableThatNoRunCreatesSaysWhy() {
        cli.records().update(CliFixture.FLIGHTS, before -> NOTHING_FITS);

        Done done = fixture.status();

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains(
                        "there is no table analytics.flights in the catalog; none of the 2 names that were listed fits")
                .contains("rename what does not fit");
    }
}
