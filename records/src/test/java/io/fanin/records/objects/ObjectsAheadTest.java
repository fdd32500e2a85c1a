package io.fanin.records.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BlockInputStream;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectsAheadTest {

    private static final String PREFIX = "flights/hour=1/";

    private final Map<String, Long> opened = new ConcurrentHashMap<>();
    private final List<ObjectSummary> listed = new ArrayList<>();
    private final List<RuntimeException> afterwards = new ArrayList<>();
    private final CountDownLatch together = new CountDownLatch(8);
    private boolean isSlow;
    private ObjectsAhead ahead = new ObjectsAhead(new Source(), Workers.CALLER);

    @AfterEach
    void close() {
        ahead.close();
    }

    /** Its objects have their own keys as content. */
    private final class Source implements ObjectSource {

        @Override
        public Iterator<ObjectSummary> list(String prefix) {
            return Stream.concat(listed.stream(), afterwards.stream().map(failure -> {
                        throw failure;
                    }))
                    .map(ObjectSummary.class::cast)
                    .iterator();
        }

        @Override
        public InputStream open(ObjectSummary object) {
            opened.merge(object.key(), 1L, Long::sum);
            if (object.key().endsWith("gone")) {
                throw ObjectDefectException.ofObject(object.key(), FailureCode.VANISHED, " is gone");
            }
            if (object.key().endsWith("cut")) {
                return new BlockInputStream() {
                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        throw new IOException("cut");
                    }
                };
            }
            if (isSlow) {
                awaitOthers();
            }
            return new ByteArrayInputStream(object.key().getBytes(UTF_8));
        }

        private void awaitOthers() {
            together.countDown();
            try {
                assertThat(together.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] range(ObjectSummary object, long from, long toInclusive) {
            return new byte[0];
        }
    }

    private ObjectSummary object(String name, long size) {
        ObjectSummary object = new ObjectSummary(PREFIX + name, size, "etag", Instant.EPOCH, false);
        listed.add(object);
        return object;
    }

    private static String read(InputStream body) throws IOException {
        try (body) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }

    @Test
    void smallObjectsAreFetchedAtTheSameTime() throws IOException {
        isSlow = true;
        ahead = new ObjectsAhead(new Source(), Workers.THREADS);
        IntStream.range(0, 8).forEach(i -> object("part-" + i, 10));

        List<String> read = new ArrayList<>();
        for (Iterator<ObjectSummary> objects = ahead.list(PREFIX); objects.hasNext(); ) {
            read.add(read(ahead.open(objects.next())));
        }

        assertThat(read)
                .containsExactlyElementsOf(
                        listed.stream().map(ObjectSummary::key).toList());
        assertThat(opened)
                .hasSize(8)
                .allSatisfy((key, times) -> assertThat(times).isOne());
    }

    @Test
    void memoryIsBounded() {
        IntStream.range(0, 200).forEach(i -> object("part-" + i, 10));
        ahead.list(PREFIX).next();
        assertThat(opened).hasSize(ObjectsAhead.AHEAD);

        opened.clear();
        listed.clear();
        IntStream.range(0, 200).forEach(i -> object("part-" + i, ObjectsAhead.SMALL));
        ahead.list(PREFIX).next();
        assertThat(opened).hasSize((int) (ObjectsAhead.BYTES / ObjectsAhead.SMALL));
    }

    @Test
    void othersAreOpenedWhenTheyAreRead() throws IOException {
        ObjectSummary large = object("large", ObjectsAhead.SMALL + 1);
        object("_SUCCESS", 10);
        object("empty", 0);

        ahead.list(PREFIX).next();

        assertThat(opened).isEmpty();
        assertThat(read(ahead.open(large))).isEqualTo(large.key());
    }

    @Test
    void defectIsThatOfItsObject() throws IOException {
        ObjectSummary sound = object("sound", 10);
        ObjectSummary gone = object("gone", 10);
        ObjectSummary cut = object("cut", 10);

        assertThat(ahead.list(PREFIX).next()).isEqualTo(sound);

        assertThat(read(ahead.open(sound))).isEqualTo(sound.key());
        assertThatThrownBy(() -> ahead.open(gone)).isInstanceOf(ObjectDefectException.class);
        InputStream body = ahead.open(cut);
        assertThatThrownBy(body::read).isInstanceOf(IOException.class).hasMessage("cut");
    }

    @Test
    void objectsBeforeAFailureOfTheListingComeFirst() {
        object("part-0", 10);
        object("part-1", 10);
        afterwards.add(new IllegalStateException("archived"));
        Iterator<ObjectSummary> objects = ahead.list(PREFIX);

        assertThat(List.of(objects.next(), objects.next())).isEqualTo(listed);
        assertThat(objects.hasNext()).isTrue();
        assertThatThrownBy(objects::next).hasMessage("archived");
    }

    @Test
    void nextListingForgetsTheOneBefore() throws IOException {
        ObjectSummary object = object("part-0", 10);
        ahead.list(PREFIX).next();
        listed.clear();

        ahead.list("flights/hour=2/");

        read(ahead.open(object));
        assertThat(opened).containsEntry(object.key(), 2L);
    }
}
