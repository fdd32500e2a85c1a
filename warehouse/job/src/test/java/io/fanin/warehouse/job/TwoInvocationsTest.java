package io.fanin.warehouse.job;

import static io.fanin.warehouse.job.JobFixture.BY_HAND;
import static io.fanin.warehouse.job.JobFixture.EVENT;
import static io.fanin.warehouse.job.JobFixture.FOLDER;
import static io.fanin.warehouse.job.JobFixture.MARKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An hour that is repeated by hand while its schedule runs it. Each query divides its rows differently among its
 * objects, so a mixture of both would be wrong.
 */
class TwoInvocationsTest {

    /** The maximum number of requests of an invocation. */
    private static final int REQUESTS = 14;

    /** A later query for the same hour, which Lambda repeats like the scheduled one. */
    private static final Map<String, String> LATER = Map.of("id", "two", "hour", "2013/02/08/17");

    private final JobFixture job = new JobFixture();
    private final FakeObjects s3 = job.s3;

    @BeforeEach
    void writeHour() {
        s3.with(FOLDER + "part-00007.gz").with(MARKER);
    }

    /** Simulates that Lambda ends an invocation. */
    private static final class EndedException extends RuntimeException {}

    private void end() {
        throw new EndedException();
    }

    private boolean succeeds(Map<String, String> event) {
        try {
            job.run(event);
            return true;
        } catch (EndedException | IllegalStateException e) {
            return false;
        }
    }

    /** Whether an event succeeds in the end; Lambda repeats it twice at most. */
    private boolean isDoneAtLast(Map<String, String> event) {
        return IntStream.range(0, 3).anyMatch(time -> succeeds(event));
    }

    private void assertMarked(int query) {
        assertThat(s3.etags(FOLDER)).containsOnlyKeys(job.part(query, 0), job.part(query, 1), MARKER);
    }

    static Stream<Arguments> twoMoments() {
        return IntStream.rangeClosed(1, REQUESTS)
                .boxed()
                .flatMap(first -> IntStream.rangeClosed(1, REQUESTS).mapToObj(second -> Arguments.of(first, second)));
    }

    @ParameterizedTest(name = "a later query before request {0}, and the end {1} requests later")
    @MethodSource("twoMoments")
    void laterResultIsNeitherReplacedNorMixed(int later, int end) {
        s3.before(later, () -> {
            assertThat(succeeds(LATER)).isTrue();
            s3.before(later + end, this::end);
        });

        assertThat(isDoneAtLast(EVENT)).isTrue();
        assertMarked(job.athena.queries().size() - 1);
    }

    @ParameterizedTest(name = "a later query before request {0}, which ends {1} requests later")
    @MethodSource("twoMoments")
    void laterQueryThatIsCutOffIsRepeated(int later, int end) {
        s3.before(later, () -> succeeds(LATER)).before(later + end, this::end);
        isDoneAtLast(EVENT);
        if (s3.names().contains(MARKER)) {
            assertThat(job.content()).hasSize(2);
        }

        assertThat(isDoneAtLast(LATER)).isTrue();
        assertMarked(1);
        assertThat(isDoneAtLast(EVENT)).as("the first one, once more").isTrue();
        assertMarked(1);
    }

    @ParameterizedTest(name = "the first query before request {0} of the later one, and the end {1} requests later")
    @MethodSource("twoMoments")
    void olderResultIsReplacedWheneverItIsWritten(int older, int end) {
        s3.before(1, this::end);
        assertThat(succeeds(EVENT)).as("its query is the older one").isFalse();
        s3.before(1 + older, () -> {
            succeeds(EVENT);
            s3.before(1 + older + end, this::end);
        });

        assertThat(isDoneAtLast(LATER)).isTrue();
        assertMarked(1);
    }

    /** The scheduled invocation has listed the hour before the other one, and writes into it afterwards. */
    @Test
    void whatAnOlderQueryHasLeftBesideALaterResultIsRemoved() {
        s3.meanwhile("- " + MARKER, () -> {
            job.run(BY_HAND);
            s3.meanwhile("+ " + FOLDER, this::end);
        });
        assertThatExceptionOfType(EndedException.class).isThrownBy(() -> job.run(EVENT));
        assertThat(job.content()).as("the marker vouches for two").hasSize(3);

        job.run(EVENT);

        assertMarked(1);
    }

    @Test
    void hourThatAnotherWriterHasChangedIsNotMarked() {
        s3.meanwhile("- " + FOLDER + "part-00007.gz", () -> s3.with(FOLDER + "part-00002.gz"));

        assertThatIllegalStateException()
                .isThrownBy(() -> job.run(EVENT))
                .withMessage("another invocation has written into s3://" + FOLDER
                        + " at the same time: run the hour again, with {\"hour\": \"2013/02/08/17\"}");

        assertThat(s3.names()).doesNotContain(MARKER);
    }

    @Test
    void markerOfALaterResultThatWasChangedIsRemoved() {
        job.run(EVENT);
        job.run(BY_HAND);
        s3.with(job.part(1, 0));

        assertThatIllegalStateException().isThrownBy(() -> job.run(EVENT)).withMessageContaining("run the hour again");

        assertThat(s3.names()).doesNotContain(MARKER).contains(job.part(1, 0), job.part(1, 1));
    }

    /** Lambda sends the event again after the hour was repeated by hand with newer data. */
    @Test
    void resultOfALaterQueryIsNotReplaced() {
        s3.meanwhile("+ " + FOLDER, this::end);
        assertThatExceptionOfType(EndedException.class).isThrownBy(() -> job.run(EVENT));
        job.run(BY_HAND);

        job.run(EVENT);

        assertMarked(1);
        job.run(BY_HAND);
        assertMarked(2);
    }

    @Test
    void resultOfALaterQueryThatIsBeingWrittenIsNotReplaced() {
        job.run(EVENT);
        s3.meanwhile("+ " + FOLDER, this::end);
        assertThatExceptionOfType(EndedException.class).isThrownBy(() -> job.run(BY_HAND));
        Map<String, String> later = s3.etags(FOLDER);

        assertThatIllegalStateException().isThrownBy(() -> job.run(EVENT)).withMessageContaining("run the hour again");

        assertThat(s3.etags(FOLDER)).isEqualTo(later).doesNotContainKey(MARKER);
    }

    /** An event is delivered twice. */
    @Test
    void invocationsForTheSameEventAgree() {
        s3.meanwhile("+ " + FOLDER, () -> job.run(EVENT));

        job.run(EVENT);

        assertMarked(0);
    }
}
