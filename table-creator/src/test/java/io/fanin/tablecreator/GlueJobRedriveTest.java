package io.fanin.tablecreator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.GateAnswer;
import io.fanin.core.owner.FolderOwners;
import io.fanin.core.owner.OwnedFolder;
import io.fanin.model.json.Json;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.TableName;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A redrive of partitions that a Glue job makes. */
class GlueJobRedriveTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void failedPartitionsAreCheckedAgainInLargerBatches() {
        Pass pass = fixture.pass(RunFixture.RUN, 0, RunFixture.hours(4));
        byJob();
        pass.failing(0, 1, 3).register();
        assertThatThrownBy(() -> fixture.hold(RunFixture.RUN, 0, OptionalInt.of(0)))
                .isExactlyInstanceOf(TablePartialException.class);

        GateAnswer answer = fixture.hold(RunFixture.RUN, 0, OptionalInt.of(1));

        assertThat(answer.next()).isEqualTo(NextStep.CHECK);
        assertThat(answer.partitions()).isEqualTo(3);
        assertThat(answer.batches()).isEqualTo(2);
    }

    @Test
    void redriveIntoAFolderThatIsAnothersNowIsRefused() {
        fixture.pass(RunFixture.RUN, 0, RunFixture.hours(2)).failing(1);
        byJob();
        fixture.register(RunFixture.RUN, 0, RunFixture.json("[]"));
        assertThatThrownBy(() -> fixture.hold(RunFixture.RUN, 0, OptionalInt.of(0)))
                .isExactlyInstanceOf(TablePartialException.class);
        takenOver();

        assertThatThrownBy(() -> fixture.hold(RunFixture.RUN, 0, OptionalInt.of(1)))
                .isInstanceOf(SpecException.class)
                .hasMessageContainingAll("s3://lake/flights/", "analytics.other", "nightly-9", "Start a new execution");
    }

    @Test
    void nothingIsRegisteredInAFolderThatIsAnothersNow() {
        fixture.pass(RunFixture.RUN, 0, RunFixture.hours(2));
        byJob();
        takenOver();

        assertThatThrownBy(() -> fixture.register(RunFixture.RUN, 0, RunFixture.json("[]")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("analytics.other");
        assertThat(fixture.created()).isEmpty();
    }

    private void takenOver() {
        new FolderOwners(fixture.state)
                .claim(
                        new OwnedFolder(
                                RunFixture.DEFINITION.location(),
                                TableName.of("analytics.other"),
                                new RunId("nightly-9")),
                        Set.of());
    }

    private void byJob() {
        ObjectNode spec =
                Json.documents().valueToTree(fixture.folder(RunFixture.RUN).spec());
        spec.putObject("processor").put("type", "glue-job").put("job", "delays").put("partitionsPerRun", 2);
        fixture.writeSpec(RunFixture.RUN, Json.documents().convertValue(spec, ResolvedSpec.class));
    }
}
