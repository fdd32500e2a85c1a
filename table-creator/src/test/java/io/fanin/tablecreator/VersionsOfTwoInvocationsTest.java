package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.DEFINITION;
import static io.fanin.tablecreator.RunFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Fault;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two invocations of a pass, each of which leaves a version to a note from which the other one takes it: one of the
 * notes names it afterwards.
 */
class VersionsOfTwoInvocationsTest {

    private static final String NOTES = "tables/analytics/flights/superseded/";

    /** It is due. */
    private static final String EARLY = NOTES + "20120101T000000-0123456789abcdef.json";

    private static final String LATE = NOTES + "20990101T000000-0123456789abcdef.json";

    private final RunFixture fixture = new RunFixture();
    private final MadeVersions versions = new MadeVersions(fixture);
    private final FakeS3 s3 = fixture.aws.s3();

    @BeforeEach
    void lake() {
        s3.createBucket("lake");
    }

    @Test
    void versionThatALaterNoteNamedUntilThenStaysNoted() {
        String folder = hour(7).prefix() + "version-0123456789abcdef-1/";
        versions.put(folder);
        s3.put("state", EARLY, note("version-0123456789abcdef-1"));
        s3.put("state", LATE, note("version-0123456789abcdef-1"));
        s3.faults()
                .on("DeleteObjects")
                .where(call -> call.target().startsWith("state/"))
                .thenRun(() -> s3.put("state", LATE, note("version-0123456789abcdef-2")));

        make(8, List.of());

        assertThat(versions.files(folder)).as("the later note named it").hasSize(2);
        assertThat(noted()).contains("version-0123456789abcdef-1");
        s3.faults().clear();
        make(9, List.of());
        assertThat(versions.files(folder)).isEmpty();
        assertThat(noted()).doesNotContain("version-0123456789abcdef-1");
    }

    @Test
    void versionThatAnEarlierNoteNamedUntilThenStaysNoted() {
        make(7, List.of());
        String name = "version-0123456789abcdef-1";
        String folder = hour(7).prefix() + name + "/";
        versions.put(folder);
        s3.put("state", EARLY, note(name));
        fixture.aws
                .faults()
                .on("BatchUpdatePartition")
                .thenFailEntry(hour(7).values().values(), new Fault.Fail(400, "AccessDeniedException", "no"));
        s3.faults()
                .on("PutObject")
                .where(call -> call.target().startsWith("state/" + NOTES))
                .nth(2)
                .thenRun(() -> s3.delete("state", EARLY));

        make(7, List.of(folder));

        assertThat(noted()).contains(name);
        assertThat(versions.files(folder)).hasSize(2);
    }

    /** What all notes say. */
    private String noted() {
        return s3.keys("state", NOTES).stream()
                .map(key -> s3.text("state", key).orElseThrow())
                .collect(Collectors.joining());
    }

    private static String note(String version) {
        return "{\"run\":\"s3://state/runs/other/\",\"partitions\":[{\"values\":[\"%s\"],\"folder\":\"s3://lake/%s\",\"versions\":[\"%s\"]}]}"
                .formatted(String.join("\",\"", hour(7).values().values()), hour(7).prefix(), version);
    }

    private String make(int hour, List<String> superseded) {
        return versions.make(DEFINITION, Map.of(), List.of(hour(hour)), superseded)
                .getFirst();
    }
}
