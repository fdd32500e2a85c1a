package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.DEFINITION;
import static io.fanin.tablecreator.RunFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Superseded versions that nobody may delete, as where a file is locked. */
class StuckVersionsTest {

    private static final int DAYS = 20;

    private final RunFixture fixture = new RunFixture();
    private final MadeVersions versions = new MadeVersions(fixture);

    /** Each of the notes of a day names the file. */
    @Test
    void fileThatNobodyMayDeleteHoldsUpNoOtherVersions() {
        fixture.aws.s3().createBucket("lake");
        List<String> stuck = new ArrayList<>(List.of(versions.makeBeside(DEFINITION, hour(7), List.of())));
        for (int times = 0; times < 25; times++) {
            stuck.add(versions.makeBeside(DEFINITION, hour(7), List.copyOf(stuck)));
        }
        fixture.clock.advance(Duration.ofHours(1));
        String superseded = versions.makeBeside(DEFINITION, hour(9), List.of());
        versions.makeBeside(DEFINITION, hour(9), List.of(superseded));
        fixture.aws
                .s3()
                .faults()
                .on("DeleteObjects")
                .thenFailEntry(List.of(stuck.getFirst() + "part-00000.parquet"), Fault.accessDenied());
        fixture.clock.advance(Duration.ofHours(25));

        for (int day = 0; day < DAYS; day++) {
            versions.makeBeside(DEFINITION, hour(30 + day), List.of());
            fixture.clock.advance(Duration.ofDays(1).plusMillis(7));
        }

        assertThat(versions.files(superseded)).isEmpty();
    }
}
