package io.fanin.processor.publish;

import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.s3.UploadedPart;
import io.fanin.core.store.ObjectStore.Version;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.io.function.Uncheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Uploads one file to S3 in parts, the first of them while the file is still written. Writers should only append; this
 * is verified at the end, when each of these parts is compared with the complete file, and sent again if it differs.
 * One thread sends ({@link #call}); any thread may report the length of the file.
 */
public final class FileUpload implements Callable<List<UploadedPart>> {

    /** The size of a part in bytes: S3 requires at least 5 MiB and allows 10,000 parts. */
    public static final long PART = 16L << 20;

    /** The number of bytes that must follow a part while the file is written: a writer might change its last ones. */
    static final long MARGIN = 1L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FileUpload.class);

    private final ObjectTarget target;
    private final String key;
    private final Path file;
    private final AtomicReference<Optional<String>> id = new AtomicReference<>(Optional.empty());
    private long length;
    private boolean complete;
    private boolean givenUp;

    FileUpload(ObjectTarget target, String key, Path file) {
        this.target = target;
        this.key = key;
        this.file = file;
    }

    /** @param crc32c of the bytes before they were sent: differs from the complete file's if they have changed since */
    private record Sent(FilePart part, long crc32c, UploadedPart sent) {

        boolean isStill(FilePart other) throws IOException {
            return part.equals(other) && crc32c == other.crc32c();
        }
    }

    String key() {
        return key;
    }

    Path file() {
        return file;
    }

    /** Reports that the file has this length and is still being written. */
    synchronized void grown(long bytes) {
        length = Math.max(length, bytes);
        notifyAll();
    }

    /** Reports that the file is complete. */
    synchronized void complete() {
        complete = true;
        notifyAll();
    }

    /** Ends the upload without further requests. */
    synchronized void giveUp() {
        givenUp = true;
        notifyAll();
    }

    /**
     * Sends the whole file and deletes it; returns its parts, meaningless after {@link #giveUp}, when it is aborted.
     */
    @Override
    public List<UploadedPart> call() throws IOException {
        try {
            return send();
        } finally {
            if (isGivenUp()) {
                abort();
            }
        }
    }

    private List<UploadedPart> send() throws IOException {
        List<Sent> early = new ArrayList<>();
        for (FilePart next = part(0, PART); awaitWritten(next); next = part(next.offset() + PART, PART)) {
            long crc32c = next.crc32c();
            early.add(new Sent(next, crc32c, send(early.size() + 1, next)));
        }
        List<UploadedPart> parts = isGivenUp() ? List.of() : sendRest(early);
        Files.delete(file);
        return parts;
    }

    private FilePart part(long offset, long bytes) {
        return new FilePart(file, offset, bytes);
    }

    /** Waits until a part is written; false if the file is complete first. */
    private synchronized boolean awaitWritten(FilePart part) throws InterruptedIOException {
        long needed = part.offset() + part.length() + MARGIN;
        try {
            while (length < needed && !complete && !givenUp) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a file to be written");
        }
        return !complete && !givenUp;
    }

    private List<UploadedPart> sendRest(List<Sent> early) throws IOException {
        List<UploadedPart> parts = new ArrayList<>();
        long size = Files.size(file);
        for (long offset = 0; offset < size && !isGivenUp(); offset += PART) {
            parts.add(sent(parts.size(), part(offset, Math.min(PART, size - offset)), early));
        }
        return parts;
    }

    private UploadedPart sent(int index, FilePart part, List<Sent> early) throws IOException {
        if (index < early.size()) {
            if (early.get(index).isStill(part)) {
                return early.get(index).sent();
            }
            LOG.warn("part {} of {} has changed since it was sent, and is sent again", index + 1, key);
        }
        return send(index + 1, part);
    }

    private synchronized boolean isGivenUp() {
        return givenUp;
    }

    private UploadedPart send(int number, FilePart part) {
        String begun = id.get().orElseGet(() -> target.begin(key));
        id.set(Optional.of(begun));
        return target.part(key, begun, number, part.length(), () -> Uncheck.get(part::open));
    }

    /**
     * Completes the upload after all parts are sent.
     *
     * @param parts the result of {@link #call}
     * @return the object's ETag
     */
    String publish(List<UploadedPart> parts) throws IOException {
        String etag = target.complete(key, id.get().orElseThrow(), parts, Version.NONE);
        id.set(Optional.empty());
        return etag;
    }

    /**
     * Aborts an upload that is not published, once; a request that is still in progress may leave parts to a lifecycle
     * rule.
     */
    void abort() {
        id.getAndSet(Optional.empty()).ifPresent(begun -> {
            try {
                target.abort(key, begun);
            } catch (SdkException | UncheckedIOException e) {
                LOG.warn("the upload of {} could not be aborted; a lifecycle rule has to remove it", key, e);
            }
        });
    }
}
