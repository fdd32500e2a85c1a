package io.fanin.cli;

import static io.fanin.cli.EndedRun.COMPLETE;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.record.TableRecord;
import io.fanin.model.json.Json;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table whose parameters a crawler has removed is read as its record describes it, as in runs. */
class LostParametersTest {

    private static final String PARTITION = "dt=2013-02-08/hour=17";

    private final CliFixture cli = new CliFixture();

    @BeforeEach
    void tableWithoutItsParameters() {
        cli.createTable(TableRecord.NEW);
        cli.records().update(CliFixture.FLIGHTS, none -> Json.read("""
                                {"version": 1, "outstanding": [],
                                 "basis": {"location": "s3://lake/flights/", "layout": "${dt}/${hour}",
                                           "keys": ["dt date", "hour int"]}}
                                """, TableRecord.class, "state.json"));
        cli.setParameters(all -> Map.of());
        cli.aws.s3().put("lake", "flights/2013-02-08/17/1.json", "{}");
    }

    @Test
    void dataOfAPartitionIsFoundInItsFolder() {
        assertThat(cli.run("explain", "analytics.flights", PARTITION).lines())
                .contains("S3 has objects under s3://lake/flights/2013-02-08/17/");
    }

    @Test
    void partitionWithDataIsWaivedWithoutAWarning() {
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));

        assertThat(cli.run("waive", "analytics.flights", PARTITION, "--reason", "lost")
                        .err())
                .isEmpty();
    }
}
