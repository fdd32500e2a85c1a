package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.Specs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Partition indexes in a spec. */
class PartitionIndexTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void tableThatIsCreatedHasThem() {
        Pass pass = fixture.pass(RUN, 0, hours(2));
        askFor(List.of(List.of("dt", "hour"), List.of("dt")));

        pass.register();

        assertThat(fixture.aws.glue().partitionIndexes("analytics", "flights"))
                .extracting(PartitionIndexTest::keys)
                .containsExactly(List.of("dt", "hour"), List.of("dt"));
        assertThat(fixture.aws.log().count("GetPartitionIndexes")).isZero();
    }

    @Test
    void existingTableIsNotAltered() {
        Pass pass = fixture.createTable().pass(RUN, 0, hours(2)).failing(1);
        askFor(List.of(List.of("dt")));

        TableCreatorAnswer answer = pass.register();
        Pass redriven = fixture.pass(RUN, 1, List.of(RunFixture.hour(1)));
        askFor(List.of(List.of("dt")));
        redriven.register();

        assertThat(answer.counts().registered()).isEqualTo(1);
        assertThat(fixture.aws.glue().partitionIndexes("analytics", "flights")).isEmpty();
        assertThat(fixture.aws.log().count("GetPartitionIndexes"))
                .as("once in a run")
                .isEqualTo(1);
    }

    @Test
    void indexesThatMayNotBeReadAreNoFailure() {
        fixture.aws.faults().on("GetPartitionIndexes").thenFail(400, "AccessDeniedException", "not authorized");
        Pass pass = fixture.createTable().pass(RUN, 0, hours(2));
        askFor(List.of(List.of("dt")));

        assertThat(pass.register().status()).isEqualTo(TableStatus.COMPLETE);
    }

    private static List<String> keys(JsonNode index) {
        return index.path("Keys").findValuesAsText("Name");
    }

    private void askFor(List<List<String>> indexes) {
        fixture.writeSpec(RUN, Specs.with(fixture.folder(RUN).spec(), Map.of("partitionIndexes", indexes)));
    }
}
