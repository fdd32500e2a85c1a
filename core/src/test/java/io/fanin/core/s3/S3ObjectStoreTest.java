package io.fanin.core.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.ObjectStore.OpenObject;
import io.fanin.core.store.ObjectStore.StoredObject;
import io.fanin.core.store.ObjectStore.Version;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ObjectStoreTest {

    private static final String PUT = "PutObject";

    private final FakeS3 s3 = new FakeS3().createBucket("state");
    private final List<Duration> waits = new ArrayList<>();
    private final ObjectStore store = new S3ObjectStore(s3.client(), "state", waits::add);
    private final ObjectStore gone = new S3ObjectStore(s3.client(), "gone", waits::add);

    @Test
    void whatIsPutIsRead() throws IOException {
        store.put("a/b.json", "{\"é\":\"日本\"}");

        assertThat(store.get("a/b.json")).map(StoredObject::body).hasValue("{\"é\":\"日本\"}");
        try (OpenObject object = store.open("a/b.json").orElseThrow()) {
            assertThat(object.content().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{\"é\":\"日本\"}");
        }
        assertThat(store.uriOf("a/b.json")).isEqualTo("s3://state/a/b.json");
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(store.get("none")).isEmpty();
        assertThat(store.open("none")).isEmpty();
        assertThat(store.notes("none")).isEmpty();
    }

    @Test
    void onlyTheFirstPutIfAbsentWrites(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("second"), "second");

        assertThat(store.putIfAbsent("a", "first")).isTrue();
        assertThat(store.putIfAbsent("a", "second")).isFalse();
        assertThat(store.putIfAbsent("a", file, Map.of("n", "2"))).isFalse();
        assertThat(store.putIfAbsent("b", file, Map.of())).isTrue();

        assertThat(s3.text("state", "a")).hasValue("first");
        assertThat(s3.text("state", "b")).hasValue("second");
    }

    @Test
    void whatIsNotedBesideAnObjectIsReadWithItAndAlone(@TempDir Path folder) throws IOException {
        Map<String, String> notes = Map.of("detection", "0123456789abcdef");
        store.putIfAbsent("a", Files.writeString(folder.resolve("a"), "content"), notes);
        store.put("b", "content");

        try (OpenObject object = store.open("a").orElseThrow()) {
            assertThat(object.notes()).isEqualTo(notes);
        }
        assertThat(store.notes("a")).hasValue(notes);
        assertThat(store.notes("b")).hasValue(Map.of());
    }

    @Test
    void notesOfTheOneWhoIsRefusedAreNotWritten(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "content");
        store.putIfAbsent("a", file, Map.of("n", "1"));

        store.putIfAbsent("a", file, Map.of("n", "2"));

        assertThat(store.notes("a")).hasValue(Map.of("n", "1"));
    }

    @Test
    void onlyWhatWasReadIsWrittenOver() {
        store.put("a", "first");
        StoredObject first = store.get("a").orElseThrow();

        StoredObject second =
                store.putIfUnchanged("a", "second", first.version()).orElseThrow();

        assertThat(store.putIfUnchanged("a", "lost", first.version())).isEmpty();
        assertThat(store.get("a")).hasValue(second);
        assertThat(store.putIfUnchanged("a", "third", second.version())).isPresent();
        assertThat(s3.text("state", "a")).hasValue("third");
    }

    @Test
    void whatWasNotThereIsWrittenOnlyWhereNothingIs() {
        assertThat(store.putIfUnchanged("a", "first", Version.NONE)).isPresent();
        assertThat(store.putIfUnchanged("a", "second", Version.NONE)).isEmpty();
        assertThat(s3.text("state", "a")).hasValue("first");
    }

    @Test
    void whatWasDeletedIsNotWrittenOver() {
        store.put("a", "first");
        StoredObject first = store.get("a").orElseThrow();
        s3.delete("state", "a");

        assertThat(store.putIfUnchanged("a", "second", first.version())).isEmpty();
        assertThat(s3.keys("state")).isEmpty();
    }

    @Test
    void missingBucketIsNoMissingObject() {
        assertThatThrownBy(() -> gone.get("a")).isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> gone.open("a")).isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> gone.put("a", "x")).isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> gone.putIfAbsent("a", "x")).isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> gone.putIfUnchanged("a", "x", Version.NONE)).isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void deniedAccessIsThrown() {
        s3.deny("state", "");

        assertThatThrownBy(() -> store.get("a")).isInstanceOf(S3Exception.class).hasMessageContaining("Access Denied");
        assertThatThrownBy(() -> store.putIfAbsent("a", "x")).isInstanceOf(S3Exception.class);
    }

    @Test
    void failuresOfTheServiceAreTriedAgain() {
        s3.faults().on(PUT).first(2).then(Fault.slowDown());
        s3.faults().on("GetObject").first(1).thenTruncate();

        store.put("a", "first");

        assertThat(store.get("a")).map(StoredObject::body).hasValue("first");
        assertThat(s3.log().count(PUT)).isEqualTo(3);
    }

    static List<Fault> answersThatAreNotWhole() {
        return List.of(new Fault.Empty(), new Fault.Truncate());
    }

    /** An answer without a body was taken for an empty document, which ended the run. */
    @ParameterizedTest
    @MethodSource("answersThatAreNotWhole")
    void objectWhoseBodyIsMissingIsAskedForAgain(Fault fault) throws IOException {
        store.put("a", "whole");
        s3.faults().on("GetObject").nth(1).thenAfter(fault);
        s3.faults().on("GetObject").nth(2).thenAfter(fault);

        assertThat(store.get("a")).map(StoredObject::body).hasValue("whole");
        try (OpenObject object = store.open("a").orElseThrow()) {
            assertThat(object.content().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("whole");
        }
        assertThat(s3.log().count("GetObject")).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("answersThatAreNotWhole")
    void objectWhoseBodyIsMissingEachTimeIsAFailure(Fault fault) {
        store.put("a", "whole");
        s3.faults().on("GetObject").thenAfter(fault);

        assertThatThrownBy(() -> store.get("a")).isInstanceOf(SdkClientException.class);
        assertThatThrownBy(() -> store.open("a")).isInstanceOf(SdkClientException.class);
    }

    @Test
    void emptyObjectIsEmpty() throws IOException {
        store.put("a", "");

        assertThat(store.get("a")).map(StoredObject::body).hasValue("");
        try (OpenObject object = store.open("a").orElseThrow()) {
            assertThat(object.content().readAllBytes()).isEmpty();
        }
    }

    /** A deletion that was answered without a body was taken for done. */
    @ParameterizedTest
    @MethodSource("answersThatAreNotWhole")
    void deletionWhoseAnswerIsNotWholeIsAskedForAgain(Fault fault) {
        store.put("a", "x");
        s3.faults().on("DeleteObjects").first(1).thenAfter(fault);

        assertThat(store.delete(List.of("a"))).isEmpty();
        assertThat(s3.log().count("DeleteObjects")).isEqualTo(2);
    }

    /**
     * Nothing was written, and whether anything will be depends on the other put: only S3 knows, so it is asked again.
     */
    @Test
    void conflictWithAConcurrentPutIsRetriedUntilItIsDecided() {
        s3.faults().on(PUT).first(2).thenFail(409, "ConditionalRequestConflict", "under way");

        assertThat(store.putIfAbsent("a", "first")).isTrue();

        assertThat(s3.log().count(PUT)).isEqualTo(3);
        assertThat(waits).hasSize(2);
    }

    @Test
    void conflictThatTheOtherPutWinsIsARefusal() {
        s3.faults()
                .on(PUT)
                .first(1)
                .thenRun(() -> s3.put("state", "a", "theirs"))
                .on(PUT)
                .first(1)
                .thenFail(409, "ConditionalRequestConflict", "under way");

        assertThat(store.putIfAbsent("a", "ours")).isFalse();
        assertThat(s3.text("state", "a")).hasValue("theirs");
    }

    @Test
    void conflictThatNeverEndsIsThrown() {
        s3.faults().on(PUT).thenFail(409, "ConditionalRequestConflict", "under way");

        assertThatThrownBy(() -> store.putIfAbsent("a", "ours"))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("under way");
        assertThat(s3.log().count(PUT)).isEqualTo(5);
    }

    @Test
    void keysBehindATextComePageByPage() {
        for (int i = 0; i < 2500; i++) {
            store.put("inbox/%04d".formatted(i), "");
        }
        store.put("other", "");
        s3.log().reset();

        Iterator<List<String>> pages = store.keys("inbox/", "inbox/0499");

        assertThat(pages.next()).hasSize(1000).startsWith("inbox/0500").endsWith("inbox/1499");
        assertThat(s3.log().count("ListObjectsV2")).isEqualTo(1);
        assertThat(pages.next()).hasSize(1000);
        assertThat(pages.hasNext()).isFalse();
    }

    @Test
    void deletionNamesWhatIsStillThere() {
        List<String> keys = IntStream.range(0, 1001).mapToObj(i -> "k" + i).toList();
        keys.forEach(key -> store.put(key, ""));
        s3.log().reset();
        s3.faults().on("DeleteObjects").thenFailEntry(List.of("k7"), Fault.accessDenied());

        assertThat(store.delete(keys)).containsExactly(Map.entry("k7", "AccessDenied: Access Denied"));

        assertThat(s3.log().count("DeleteObjects")).isEqualTo(2);
        assertThat(s3.keys("state")).containsExactly("k7");
        assertThat(store.delete(List.of("never there"))).isEmpty();
    }
}
