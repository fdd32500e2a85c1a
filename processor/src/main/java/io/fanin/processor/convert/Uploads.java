package io.fanin.processor.convert;

import io.fanin.core.parallel.Workers;
import io.fanin.core.run.Inventory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The files of one partition on their way to S3. Nothing of them is visible before all are published: a single file is
 * uploaded then, of several each is uploaded in parts as soon as it is there, and the parts become objects at the end.
 */
final class Uploads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    /** Bytes of a part: S3 wants 5 MiB or more, and takes 10,000 parts. */
    private static final long PART = 16L << 20;

    private final ObjectTarget target;
    private final TargetFolder folder;
    private final ExecutorService uploader = Workers.THREADS.open(1);
    private final Map<String, String> begun = new LinkedHashMap<>();
    private final List<Future<Upload>> uploads = new ArrayList<>();
    private Optional<Path> single = Optional.empty();

    Uploads(ObjectTarget target, TargetFolder folder) {
        this.target = target;
        this.folder = folder;
    }

    private record Upload(String key, String id, List<String> parts) {}

    int files() {
        return uploads.size() + (single.isPresent() ? 1 : 0);
    }

    /** Takes a file, which is deleted when it is no longer needed. */
    void add(Path file) throws IOException {
        if (files() == 0) {
            single = Optional.of(file);
            return;
        }
        if (single.isPresent()) {
            Path first = single.get();
            single = Optional.empty();
            uploadInParts(first);
        }
        awaitAllButOne();
        uploadInParts(file);
    }

    private void uploadInParts(Path file) {
        String key = folder.key(uploads.size());
        uploads.add(uploader.submit(() -> upload(key, file)));
    }

    private Upload upload(String key, Path file) throws IOException {
        String id = target.begin(key);
        synchronized (begun) {
            begun.put(key, id);
        }
        long size = Files.size(file);
        List<String> parts = new ArrayList<>();
        for (long offset = 0; offset < size; offset += PART) {
            parts.add(target.part(key, id, parts.size() + 1, file, offset, Math.min(PART, size - offset)));
        }
        Files.delete(file);
        return new Upload(key, id, parts);
    }

    /** Files that wait for their turn take room on the disk. */
    private void awaitAllButOne() throws IOException {
        for (int i = 0; i < uploads.size() - 1; i++) {
            Failures.get(uploads.get(i));
        }
    }

    /** Waits until there is nothing left to do but to publish. */
    void await() throws IOException {
        for (Future<Upload> upload : uploads) {
            Failures.get(upload);
        }
    }

    /** Makes all files visible, and removes those of an earlier conversion. */
    Inventory publish() throws IOException {
        Map<String, String> written = new LinkedHashMap<>();
        if (single.isPresent()) {
            written.put(folder.key(0), target.put(folder.key(0), single.get()));
        }
        for (Future<Upload> future : uploads) {
            Upload upload = Failures.get(future);
            written.put(upload.key(), target.complete(upload.key(), upload.id(), upload.parts()));
            begun.remove(upload.key());
        }
        return folder.settle(written);
    }

    /** Gives up what is not published. */
    @Override
    public void close() {
        uploader.shutdownNow();
        uploader.close();
        begun.forEach((key, id) -> {
            try {
                target.abort(key, id);
            } catch (SdkException | UncheckedIOException e) {
                LOG.warn("the upload of {} could not be given up, a lifecycle rule has to remove it", key, e);
            }
        });
    }
}
