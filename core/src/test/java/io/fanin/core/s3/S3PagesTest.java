package io.fanin.core.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.Call;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Fault;
import io.fanin.model.table.S3Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3PagesTest {

    private static final String LIST = "ListObjectsV2";
    private static final S3Location EVENTS = S3Location.of("s3://lake/events/");

    private final FakeS3 s3 = new FakeS3().createBucket("lake");
    private final S3Pages pages = new S3Pages(s3.client());

    @Test
    void levelShowsFoldersAndObjectsDirectlyBelow() {
        s3.put("lake", "events/a/1", "").put("lake", "events/b/c/2", "").put("lake", "events/d", "");
        s3.put("lake", "events_v2/e/3", "");

        assertThat(folders(EVENTS)).containsExactly("events/a/", "events/b/");
        assertThat(StreamSupport.stream(pages.level(EVENTS).spliterator(), false)
                        .flatMap(page -> page.objects().stream())
                        .map(ObjectSummary::key))
                .containsExactly("events/d");
    }

    @Test
    void allPagesAreReadAndOnlyWhenTheyAreAskedFor() {
        IntStream.range(0, 2500).forEach(i -> s3.put("lake", "events/" + (10_000 + i), ""));

        assertThat(keys()).hasSize(2500).doesNotHaveDuplicates().isSorted();
        assertThat(s3.log().count(LIST)).isEqualTo(3);

        s3.log().reset();
        pages.deep(EVENTS).iterator().next();
        assertThat(s3.log().count(LIST)).isEqualTo(1);
    }

    /** The SDK takes no body for an empty page, and would leave out all that is listed. */
    @Test
    void pageWithoutABodyIsAskedForAgain() {
        s3.put("lake", "events/a", "")
                .faults()
                .on(LIST)
                .first(S3Pages.ATTEMPTS - 1)
                .thenAfter(new Fault.Empty());

        assertThat(keys()).containsExactly("events/a");
    }

    @Test
    void pageWithoutABodyIsNotTakenForAnEmptyOne() {
        s3.put("lake", "events/a", "").faults().on(LIST).thenAfter(new Fault.Empty());

        assertThatThrownBy(this::keys)
                .isInstanceOf(SdkClientException.class)
                .hasMessageContainingAll("s3://lake/events/", "ListObjectsV2 was answered without a body");
    }

    @Test
    void emptyPrefixHasOneEmptyPage() {
        assertThat(keys()).isEmpty();
        assertThat(s3.log().count(LIST)).isEqualTo(1);
    }

    /** S3 may answer no name and a token, such as where it has passed over many that were deleted. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void emptyPagesAreNotTheEnd(int empty) {
        s3.put("lake", "events/a/1", "").put("lake", "events/a/2", "").put("lake", "events/b/3", "");
        s3.pageSize(1).emptyPages(empty);

        assertThat(keys()).containsExactly("events/a/1", "events/a/2", "events/b/3");
        assertThat(folders(EVENTS)).containsExactly("events/a/", "events/b/");
        assertThat(pages.firstKeyAfter(EVENTS, "events/a/1")).hasValue("events/a/2");
        assertThat(pages.firstKeyAfter(EVENTS, "events/b/3")).isEmpty();
        assertThat(pages.holds(EVENTS, "a/2")).isTrue();
        assertThat(pages.holds(EVENTS, "a")).isFalse();
        assertThat(pages.holds(EVENTS, "c")).isFalse();
    }

    @Test
    void oneKeyCostsOneRequestHoweverManyFollow() {
        IntStream.range(0, 5).forEach(i -> s3.put("lake", "events/" + i, ""));

        assertThat(pages.firstKeyAfter(EVENTS, "events/1")).hasValue("events/2");
        assertThat(pages.holds(EVENTS, "3")).isTrue();
        assertThat(s3.log().count(LIST)).isEqualTo(2);
    }

    @Test
    void keysThatXmlCannotHoldAreRead() {
        List<String> hostile = List.of("events/\u0001\uFFFE/x", "events/%2F+ &<>\"/x", "events/é\u00A0😀/x");
        hostile.forEach(key -> s3.put("lake", key, ""));

        assertThat(keys()).containsExactlyInAnyOrderElementsOf(hostile);
        assertThat(folders(EVENTS))
                .containsExactlyInAnyOrder("events/\u0001\uFFFE/", "events/%2F+ &<>\"/", "events/é\u00A0😀/");
    }

    @Test
    void pageThatIsCutShortIsAskedForAgain() {
        IntStream.range(0, 1500).forEach(i -> s3.put("lake", "events/" + (10_000 + i), ""));
        s3.faults().on(LIST).where(S3PagesTest::isFollowing).first(2).thenTruncate();

        assertThat(keys()).hasSize(1500).doesNotHaveDuplicates();
        assertThat(s3.log().count(LIST)).isEqualTo(4);
    }

    /**
     * The SDK neither asks again nor throws one of its own exceptions where the first byte of an answer cannot be read.
     */
    @Test
    void pageWhoseBodyCannotBeReadIsAskedForAgain() {
        s3.put("lake", "events/a", "");

        assertThat(new S3Pages(losing(S3Pages.ATTEMPTS - 1)).deep(S3Location.of("s3://lake/events/")))
                .hasSize(1);
        assertThatThrownBy(() -> new S3Pages(losing(S3Pages.ATTEMPTS))
                        .deep(S3Location.of("s3://lake/events/"))
                        .iterator()
                        .next())
                .isInstanceOf(SdkClientException.class)
                .hasMessageContainingAll("s3://lake/events/", "run the execution again");
    }

    /** A client that loses the connection at the beginning of so many answers. */
    private S3Client losing(int answers) {
        S3Client whole = s3.client();
        AtomicInteger left = new AtomicInteger(answers);
        return new S3Client() {
            @Override
            public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
                if (left.getAndDecrement() > 0) {
                    throw new UncheckedIOException(new IOException("Connection reset"));
                }
                return whole.listObjectsV2(request);
            }

            @Override
            public String serviceName() {
                return whole.serviceName();
            }

            @Override
            public void close() {
                whole.close();
            }
        };
    }

    @Test
    void pageThatIsAlwaysCutShortFailsInsteadOfAnsweringLess() {
        s3.put("lake", "events/a", "");
        s3.faults().on(LIST).thenTruncate();

        assertThatThrownBy(this::keys).isInstanceOf(SdkClientException.class);
        assertThat(s3.log().count(LIST)).isEqualTo(S3Pages.ATTEMPTS);
    }

    @Test
    void burstOfSlowDownsIsWaitedOut() {
        s3.put("lake", "events/a", "");
        s3.faults().on(LIST).first(2).then(Fault.slowDown());

        assertThat(keys()).containsExactly("events/a");
    }

    @Test
    void lastingSlowDownFails() {
        s3.faults().on(LIST).then(Fault.slowDown());

        assertThatThrownBy(this::keys).isInstanceOf(S3Exception.class).hasMessageContaining("reduce your request rate");
    }

    @Test
    void missingBucketIsNamedWithWhatToDo() {
        assertThatThrownBy(() -> folders(S3Location.of("s3://gone/events/")))
                .isInstanceOf(S3AccessException.class)
                .hasMessage("s3://gone/events/ cannot be listed: the bucket does not exist: create it, or correct the"
                        + " location");
    }

    @Test
    void listingThatComesBackToAPageEnds() {
        List<String> asked = new ArrayList<>();
        S3Pages circling = answering(request -> {
            asked.add(String.valueOf(request.continuationToken()));
            return "A".equals(request.continuationToken()) ? "B" : "A";
        });

        assertThatThrownBy(() -> circling.deep(EVENTS).forEach(page -> {}))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContainingAll("s3://lake/events/", "would never end");
        assertThat(asked).containsExactly("null", "A", "B");
    }

    @Test
    void pageWithoutATokenIsAskedForAgain() {
        List<String> asked = new ArrayList<>();
        S3Pages careless = answering(request -> {
            asked.add(String.valueOf(request.continuationToken()));
            return null;
        });

        assertThatThrownBy(() -> careless.deep(EVENTS).forEach(page -> {}))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContainingAll("s3://lake/events/", "no token for the next one");
        assertThat(asked).hasSize(S3Pages.ATTEMPTS);
    }

    /** An endpoint without objects that says that more pages follow. */
    private static S3Pages answering(Function<ListObjectsV2Request, String> token) {
        return new S3Pages(new S3Client() {
            @Override
            public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
                return ListObjectsV2Response.builder()
                        .isTruncated(true)
                        .nextContinuationToken(token.apply(request))
                        .build();
            }

            @Override
            public String serviceName() {
                return SERVICE_NAME;
            }

            @Override
            public void close() {}
        });
    }

    @Test
    void deniedPrefixIsNamedWithWhatToDo() {
        s3.deny("lake", "events/");

        assertThatThrownBy(this::keys)
                .isInstanceOf(S3AccessException.class)
                .hasMessageContainingAll("s3://lake/events/ cannot be listed: access is denied", "DataBuckets");
    }

    /** From us-east-1 a request is sent to where the bucket lies, which does not take its signature. */
    @ParameterizedTest
    @CsvSource({
        "301, PermanentRedirect",
        "307, TemporaryRedirect",
        "400, AuthorizationHeaderMalformed",
        "400, IllegalLocationConstraintException"
    })
    void bucketInAnotherRegionIsToldInWhateverWayS3Answers(int status, String code) {
        s3.faults().on(LIST).thenFail(status, code, "because");

        assertThatThrownBy(this::keys)
                .isInstanceOf(S3AccessException.class)
                .hasMessageContainingAll("s3://lake/events/", "lies in another region than the stack");
    }

    @Test
    void bucketThatVanishesBetweenPagesFails() {
        IntStream.range(0, 1500).forEach(i -> s3.put("lake", "events/" + (10_000 + i), ""));
        s3.faults().on(LIST).where(S3PagesTest::isFollowing).thenFail(404, "NoSuchBucket", "gone");

        assertThatThrownBy(this::keys).isInstanceOf(S3AccessException.class).hasMessageContaining("does not exist");
    }

    private static boolean isFollowing(Call call) {
        return call.facts().containsKey("continuation-token");
    }

    private List<String> keys() {
        return StreamSupport.stream(pages.deep(EVENTS).spliterator(), false)
                .flatMap(page -> page.objects().stream())
                .map(ObjectSummary::key)
                .toList();
    }

    private List<String> folders(S3Location location) {
        return StreamSupport.stream(pages.level(location).spliterator(), false)
                .flatMap(page -> page.folders().stream())
                .toList();
    }
}
