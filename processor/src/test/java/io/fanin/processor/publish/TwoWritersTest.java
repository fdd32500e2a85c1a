package io.fanin.processor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.s3.ObjectChangedException;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.s3.ObjectWriter;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.core.s3.UploadedPart;
import io.fanin.core.store.ObjectStore.Version;
import io.fanin.fakes.FakeS3;
import io.fanin.model.table.TableName;
import io.fanin.processor.VersionedFiles;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two invocations make the same partition at the same time, in every order that a seeded generator produces. An
 * invocation that detects the other starts again, as the processor does. Each version that is registered then holds its
 * maker's files.
 */
class TwoWritersTest {

    private static final String LAKE = "lake";
    private static final String FOLDER = "flights/hour=1/";
    private static final int SEEDS = 150;

    @TempDir
    private Path temporary;

    @Test
    void eachVersionIsAsItsMakerHasWrittenIt() throws Exception {
        int told = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Outcome outcome = play(seed);

            assertThat(outcome.contents()).as("seed %d", seed).isEqualTo(outcome.written());
            told += outcome.failures() > 0 ? 1 : 0;
        }
        assertThat(told).as("histories in which somebody was told").isBetween(SEEDS / 20, SEEDS - SEEDS / 20);
    }

    /**
     * The outcome of both invocations.
     *
     * @param contents of the version that each of them has made
     * @param written the files that each of them has written last
     */
    private record Outcome(List<Set<String>> contents, List<Set<String>> written, int failures) {}

    /** The written files, and the folder of the version. */
    private record Published(Set<String> files, String folder) {}

    private Outcome play(int seed) throws Exception {
        Random random = new Random(seed);
        FakeS3 s3 = new FakeS3().createBucket(LAKE);
        for (int old = random.nextInt(6); old > 0; old--) {
            s3.put(
                    LAKE,
                    FOLDER + "part-%05d.parquet".formatted(old - 1),
                    "old " + old,
                    "fanin-table",
                    "analytics.flights");
        }
        Turns turns = new Turns(2, random);
        AtomicInteger failures = new AtomicInteger();
        List<Published> published = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Published>> writers = new ArrayList<>();
            for (String name : List.of("one", "two")) {
                int files = 1 + random.nextInt(4);
                ObjectTarget target =
                        new InTurns(new S3ObjectTarget(s3.client(), LAKE, TableName.of("analytics.flights")), turns);
                writers.add(threads.submit(() -> {
                    Optional<Published> own = Optional.empty();
                    try {
                        for (int attempt = 1; own.isEmpty(); attempt++) {
                            own = publish(name + " " + attempt, files, target);
                            failures.addAndGet(own.isEmpty() ? 1 : 0);
                        }
                    } finally {
                        turns.leave();
                    }
                    return own.get();
                }));
            }
            for (Future<Published> writer : writers) {
                published.add(writer.get());
            }
        }
        assertThat(s3.uploadsUnderWay()).isEmpty();
        return new Outcome(
                published.stream().map(one -> contents(s3, one.folder())).toList(),
                published.stream().map(Published::files).toList(),
                failures.get());
    }

    /** The written files; empty if another writer was detected. */
    private Optional<Published> publish(String name, int files, ObjectTarget target) throws IOException {
        Set<String> written = new TreeSet<>();
        try (Scratch scratch = Scratch.in(temporary);
                Uploads uploads = new VersionTarget(target, VersionedFiles.TOKEN).uploads(FOLDER, Deadline.NONE)) {
            for (int i = 0; i < files; i++) {
                String content = name + ": " + i;
                uploads.add(Files.writeString(scratch.folder().resolve("file-" + i), content));
                written.add("part-%05d.parquet: %s".formatted(i, content));
            }
            uploads.await();
            try {
                uploads.publish();
                return Optional.of(
                        new Published(written, FOLDER + uploads.version().folder() + "/"));
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("by somebody else at the same time");
                return Optional.empty();
            }
        }
    }

    private static Set<String> contents(FakeS3 s3, String folder) {
        Set<String> contents = new TreeSet<>();
        for (String key : s3.keys(LAKE, folder)) {
            contents.add(key.substring(folder.length()) + ": "
                    + new String(s3.get(LAKE, key).orElseThrow(), StandardCharsets.UTF_8));
        }
        return contents;
    }

    /** Lets one thread proceed at a time, once all that are left wait for their turn. */
    private static final class Turns {

        private final Random random;
        private final List<Thread> waiting = new ArrayList<>();
        private int left;
        private Optional<Thread> turn = Optional.empty();

        Turns(int writers, Random random) {
            this.left = writers;
            this.random = random;
        }

        synchronized void await() {
            waiting.add(Thread.currentThread());
            choose();
            try {
                while (turn.filter(Thread.currentThread()::equals).isEmpty()) {
                    wait();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            turn = Optional.empty();
        }

        synchronized void leave() {
            left--;
            choose();
        }

        private void choose() {
            if (!waiting.isEmpty() && waiting.size() == left) {
                waiting.sort((one, other) -> one.getName().compareTo(other.getName()));
                turn = Optional.of(waiting.remove(random.nextInt(waiting.size())));
                notifyAll();
            }
        }
    }

    /** Runs the operations that are visible to others one at a time. */
    private record InTurns(ObjectTarget target, Turns turns) implements ObjectTarget {

        @Override
        public Iterator<ObjectSummary> list(String prefix) {
            turns.await();
            return target.list(prefix);
        }

        @Override
        public ObjectWriter writer(String key) {
            turns.await();
            return target.writer(key);
        }

        @Override
        public String put(String key, Path file, Version replaced) throws ObjectChangedException {
            turns.await();
            return target.put(key, file, replaced);
        }

        @Override
        public String begin(String key) {
            return target.begin(key);
        }

        @Override
        public UploadedPart part(String key, String upload, int number, long length, Supplier<InputStream> content) {
            return target.part(key, upload, number, length, content);
        }

        @Override
        public String complete(String key, String upload, List<UploadedPart> parts, Version replaced)
                throws ObjectChangedException {
            turns.await();
            return target.complete(key, upload, parts, replaced);
        }

        @Override
        public void abort(String key, String upload) {
            target.abort(key, upload);
        }

        @Override
        public boolean delete(Map<String, String> etags) {
            turns.await();
            return target.delete(etags);
        }
    }
}
