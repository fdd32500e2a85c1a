package io.fanin.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fanin.fakes.Call;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The partitions that detections find while AWS fails, and the documents that a failed detection may leave. */
final class DetectionFaults {

    static final String LIST = "ListObjectsV2";
    static final String FULL = ", 'detection': {'mode': 'full'}";

    private DetectionFaults() {}

    /** Nine days of three hours. */
    static DetectorFixture days(DetectorFixture fixture) {
        IntStream.rangeClosed(1, 9)
                .forEach(day -> IntStream.rangeClosed(6, 8)
                        .forEach(hour -> fixture.data("dt=2026-11-0" + day + "/hour=" + hour)));
        return fixture;
    }

    /** Requests for what lies there in the table's location. */
    static Predicate<Call> under(String target) {
        return call -> call.target().startsWith("lake/flights/" + target);
    }

    /** Fails, and leaves nothing behind that says that it had found something. */
    static Throwable failure(DetectorFixture fixture, String spec) {
        fixture.quiet();

        Throwable failure = catchThrowable(() -> fixture.detect(spec));

        assertThat(failure).isNotNull();
        assertThat(fixture.writes()).allMatch(write -> write.endsWith(DetectorFixture.LEASE));
        assertThat(fixture.stored("runs/r1/pass-0/manifest.json")).isEmpty();
        assertThat(fixture.aws.log().calls()).extracting(Call::operation).doesNotContain("DeleteMessageBatch");
        return failure;
    }
}
