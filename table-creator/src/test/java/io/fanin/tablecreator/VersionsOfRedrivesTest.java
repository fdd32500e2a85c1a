package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.DEFINITION;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.Fault;
import io.fanin.model.run.RunId;
import io.fanin.tablecreator.versions.VersionCleanup;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * The version that readers have had until a later pass of a run switches a partition, however long before it was made.
 */
class VersionsOfRedrivesTest {

    private final RunFixture fixture = new RunFixture();
    private final MadeVersions versions = new MadeVersions(fixture);

    @Test
    void versionBeforeStaysForItsTimeAfterARedriveHasSwitched() {
        fixture.aws.s3().createBucket("lake");
        String before = make(7, List.of());
        fixture.aws
                .faults()
                .on("BatchUpdatePartition")
                .thenFailEntry(hour(7).values().values(), new Fault.Fail(400, "AccessDeniedException", "no"));
        String now = make(7, List.of(before));
        RunId run = new RunId("run-2");
        assertThatThrownBy(() -> fixture.hold(run, 0, OptionalInt.of(0))).isInstanceOf(TablePartialException.class);
        fixture.aws.faults().clear();
        fixture.clock.advance(VersionCleanup.KEPT.plusSeconds(1));

        fixture.hold(run, 0, OptionalInt.of(1));
        fixture.register(run, 1, json("[]"));

        assertThat(fixture.partition(hour(7)).at("/StorageDescriptor/Location").asText())
                .isEqualTo("s3://lake/" + now);
        assertThat(versions.files(before)).hasSize(2);
        fixture.clock.advance(VersionCleanup.KEPT.plusSeconds(1));
        make(8, List.of());
        assertThat(versions.files(before)).isEmpty();
    }

    private String make(int hour, List<String> superseded) {
        return versions.make(DEFINITION, Map.of(), List.of(hour(hour)), superseded)
                .getFirst();
    }
}
