package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The input by which a table can be run again, kept with each of its runs. */
class GivenInputTest {

    private static final String GIVEN = NAMES + ", 'onNewColumns': 'append', 'detection': {'mode': 'full'}";

    private final DetectorFixture fixture = new DetectorFixture().oneOfTwoFailed();

    @Test
    void inputIsKeptAsItWasGivenButForWhatIsOfOneExecution() {
        fixture.aws
                .s3()
                .put("lake", "specs/flights.json", json("{" + NAMES + "}").toString());

        fixture.detect("'spec': 's3://lake/specs/flights.json', 'detection': {'mode': 'full'}, 'dryRun': false,"
                + " 'id': 'a', 'time': '2026-11-20T10:00:00Z'");

        assertThat(input("r1"))
                .hasValue(object("'spec': 's3://lake/specs/flights.json', 'detection': {'mode': 'full'}"));
    }

    /** A change of waivers adds no columns: its own spec is not the table's. */
    @Test
    void runThatOnlyChangesWaiversHasTheInputOfTheRunBefore() {
        fixture.detect("earlier", json("{" + GIVEN + "}"));

        fixture.detect(WaivingTest.waive("'dt=2026-11-18/hour=7'"));

        assertThat(fixture.run().changesWaivers()).isTrue();
        assertThat(input("r1")).hasValue(object(GIVEN));
    }

    @Test
    void waiverBesideASpecHasThatSpec() {
        fixture.detect("earlier", json("{" + GIVEN + "}"));

        fixture.detect(WaivingTest.waive("'dt=2026-11-18/hour=7'") + ", 'onEmpty': 'skip'");

        assertThat(input("r1")).hasValue(object(NAMES + ", 'onEmpty': 'skip'"));
    }

    @Test
    void runThatTakesUpWhatAnotherLeftHasItsInput() {
        fixture.detect("r0", json("{" + COMPLETE + "}"));

        fixture.detect("'redriveOf': 'r0'");

        assertThat(input("r1")).hasValue(object(COMPLETE));
    }

    private Optional<ObjectNode> input(String run) {
        return fixture.run(run).start().orElseThrow().input();
    }

    private static ObjectNode object(String fields) {
        return (ObjectNode) json("{" + fields + "}");
    }
}
