package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.DEFINITION;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.Fault;
import io.fanin.model.run.RunId;
import io.fanin.tablecreator.versions.VersionCleanup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The version that readers have had until a later pass of a run switches a partition, however long before it was made;
 * and those of a partition that Glue refuses.
 */
class VersionsOfRedrivesTest {

    /** The second of the runs that make a version. */
    private static final RunId RUN = new RunId("run-2");

    private final RunFixture fixture = new RunFixture();
    private final MadeVersions versions = new MadeVersions(fixture);

    private String before;
    private String now;

    @Test
    void versionBeforeStaysForItsTimeAfterARedriveHasSwitched() {
        refuseOnce();
        fixture.clock.advance(VersionCleanup.KEPT.plusSeconds(1));

        fixture.hold(RUN, 0, OptionalInt.of(1));
        fixture.register(RUN, 1, json("[]"));

        assertThat(fixture.partition(hour(7)).at("/StorageDescriptor/Location").asText())
                .isEqualTo("s3://lake/" + now);
        assertThat(versions.files(before)).hasSize(2);
        fixture.clock.advance(VersionCleanup.KEPT.plusSeconds(1));
        make(8, List.of());
        assertThat(versions.files(before)).isEmpty();
    }

    /** It is emptied, and goes when it is due. */
    @Test
    void noteThatNobodyMayDeleteStopsNoRegistration() {
        refuseOnce();
        fixture.hold(RUN, 0, OptionalInt.of(1));
        fixture.aws.s3().faults().on("DeleteObjects").thenFail(403, "AccessDenied", "no");

        fixture.register(RUN, 1, json("[]"));

        assertThat(fixture.partition(hour(7)).at("/StorageDescriptor/Location").asText())
                .isEqualTo("s3://lake/" + now);
        fixture.aws.s3().faults().clear();
        fixture.clock.advance(VersionCleanup.KEPT.plusSeconds(1));
        make(8, List.of());
        assertThat(fixture.aws.s3().keys("state", "tables/analytics/flights/superseded/"))
                .isEmpty();
    }

    /** The redriven pass dies when it has switched, for good: the next run finds the note of the pass before. */
    @Test
    void versionBeforeStaysForItsTimeIfTheRedriveDiesAfterItsSwitch() {
        refuseOnce();
        fixture.clock.advance(VersionCleanup.KEPT.plusSeconds(1));
        fixture.hold(RUN, 0, OptionalInt.of(1));
        fixture.aws.log().reset();
        fixture.aws
                .s3()
                .faults()
                .on("PutObject")
                .where(call -> !fixture.aws.log().calls("BatchUpdatePartition").isEmpty())
                .thenFail(403, "AccessDenied", "the function dies");
        assertThatThrownBy(() -> fixture.register(RUN, 1, json("[]"))).hasMessageContaining("the function dies");
        assertThat(fixture.partition(hour(7)).at("/StorageDescriptor/Location").asText())
                .isEqualTo("s3://lake/" + now);
        fixture.aws.s3().faults().clear();
        fixture.ended.add(RUN);

        make(8, List.of());

        assertThat(versions.files(before)).hasSize(2);
        fixture.clock.advance(VersionCleanup.KEPT.plusSeconds(1));
        make(9, List.of());
        assertThat(versions.files(before)).isEmpty();
    }

    /** Each run makes the partition again, and finds all versions before. */
    @ParameterizedTest
    @CsvSource({
        "BatchCreatePartition, ResourceNumberLimitExceededException",
        "BatchUpdatePartition, AccessDeniedException",
    })
    void versionsOfARefusedPartitionDoNotPileUp(String request, String refusal) {
        fixture.aws.s3().createBucket("lake");
        Deque<String> made = new ArrayDeque<>();
        if (request.equals("BatchUpdatePartition")) {
            made.add(make(7, List.of()));
        }
        fixture.aws.faults().on(request).thenFailEntry(hour(7).values().values(), new Fault.Fail(400, refusal, "no"));

        for (int run = 0; run < 4; run++) {
            made.add(versions.makeBeside(
                    DEFINITION,
                    hour(7),
                    made.stream().filter(one -> !versions.files(one).isEmpty()).toList()));
            fixture.clock.advance(VersionCleanup.KEPT.dividedBy(2).plusSeconds(1));
        }

        assertThat(made.stream().filter(one -> versions.files(one).isEmpty()))
                .as("versions that were removed")
                .isNotEmpty();
        if (request.equals("BatchUpdatePartition")) {
            assertThat(versions.files(made.getFirst())).as("what readers have").hasSize(2);
        }
    }

    /** Until then readers had the version. */
    @Test
    void versionStaysForItsTimeAfterALaterRunHasSwitched() {
        refuseOnce();
        fixture.clock.advance(Duration.ofHours(20));
        String second = versions.makeBeside(DEFINITION, hour(7), List.of(before, now));
        fixture.clock.advance(Duration.ofHours(1));
        versions.makeBeside(DEFINITION, hour(7), List.of(before, now, second));

        fixture.clock.advance(Duration.ofHours(3).plusMinutes(1));
        make(8, List.of());
        assertThat(versions.files(before)).as("4 hours after the switch").isNotEmpty();

        fixture.clock.advance(Duration.ofHours(20));
        make(9, List.of());
        assertThat(versions.files(before)).as("24 hours after the switch").isEmpty();
    }

    /** Readers have one version of a partition, and Glue has refused the next one of a run, which is held. */
    private void refuseOnce() {
        fixture.aws.s3().createBucket("lake");
        before = make(7, List.of());
        fixture.aws
                .faults()
                .on("BatchUpdatePartition")
                .thenFailEntry(hour(7).values().values(), new Fault.Fail(400, "AccessDeniedException", "no"));
        now = make(7, List.of(before));
        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(0))).isInstanceOf(TablePartialException.class);
        fixture.aws.faults().clear();
    }

    private String make(int hour, List<String> superseded) {
        return versions.make(DEFINITION, Map.of(), List.of(hour(hour)), superseded)
                .getFirst();
    }
}
