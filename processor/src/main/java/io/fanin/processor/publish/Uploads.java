package io.fanin.processor.publish;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.s3.UploadedPart;
import io.fanin.core.store.ObjectStore.Version;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionVersion;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Uploads the files of one partition, one after the other. They are sent in parts while they are written, and none is
 * visible before all are published, when the uploads are completed; a single file shorter than a part is sent only
 * then.
 */
public final class Uploads implements AutoCloseable {

    /** The maximum number of files on the disk in addition to the one being written. */
    private static final int UNSENT = 2;

    /** The maximum wait for threads when the time is over; part of the time reserved for releasing resources. */
    private static final Duration AT_THE_END = Duration.ofSeconds(3);

    private final ObjectTarget target;
    private final PartitionFolder folder;
    private final Deadline deadline;
    private final ExecutorService uploader = Workers.THREADS.open(1);
    private final ExecutorService publisher;
    private final List<Upload> uploads = new ArrayList<>();
    private Optional<FileUpload> single = Optional.empty();

    Uploads(ObjectTarget target, PartitionFolder folder, Workers publishers, Deadline deadline) {
        this.target = target;
        this.folder = folder;
        this.publisher = publishers.open(1);
        this.deadline = deadline;
    }

    /** The version that is being made. */
    public PartitionVersion version() {
        return folder.version();
    }

    /** @param parts all parts, available once they are sent */
    private record Upload(FileUpload file, Future<List<UploadedPart>> parts) {}

    /**
     * Begins a file that will be written, and then passed to {@link #add}. The result receives the file's current
     * length, from any thread.
     */
    public LongConsumer begin(Path file) {
        single.ifPresent(FileUpload::complete);
        single = Optional.empty();
        FileUpload upload = new FileUpload(target, folder.key(uploads.size()), file);
        uploads.add(new Upload(upload, uploader.submit(upload)));
        return upload::grown;
    }

    /** Adds a complete file, which is deleted when it is no longer needed. */
    public void add(Path file) throws IOException {
        if (uploads.isEmpty() || !uploads.getLast().file().file().equals(file)) {
            begin(file);
        }
        FileUpload upload = uploads.getLast().file();
        if (uploads.size() == 1 && Files.size(file) < FileUpload.PART) {
            single = Optional.of(upload);
            return;
        }
        upload.complete();
        await(uploads.size() - UNSENT);
    }

    /** Waits until everything is sent and only publishing remains. */
    public void await() throws IOException {
        await(single.isPresent() ? 0 : uploads.size());
    }

    private void await(int first) throws IOException {
        for (int i = 0; i < first; i++) {
            sent(uploads.get(i));
        }
    }

    private List<UploadedPart> sent(Upload upload) throws IOException {
        return inTime(upload::parts, () -> upload.file().key() + " was not sent whole");
    }

    /**
     * Waits for work until the deadline; throws its failure unchanged.
     *
     * @param work starts it, if there is time left; work that checks the deadline itself reports its own progress
     */
    private <T> T inTime(Supplier<Future<T>> work, Supplier<String> progress) throws IOException {
        deadline.check(progress);
        Duration left = deadline.left();
        try {
            return Workers.await(work.get(), left).orElseThrow(() -> Deadline.over(progress));
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Completes all files, and does nothing else. */
    public Inventory publish() throws IOException {
        return publish(() -> {});
    }

    /**
     * Completes all files, which become visible when the partition's location is switched to the version's folder. If
     * the deadline passes first, no version is published.
     *
     * @param then runs after the last file, before the same deadline; if it fails, no version is published
     */
    public Inventory publish(Runnable then) throws IOException {
        await();
        return inTime(
                () -> publisher.submit(() -> {
                    Inventory published = published();
                    then.run();
                    return published;
                }),
                () -> "it was not published whole");
    }

    private Inventory published() throws IOException {
        Map<String, String> written = new LinkedHashMap<>();
        if (single.isPresent()) {
            FileUpload alone = single.get();
            written.put(alone.key(), target.put(alone.key(), alone.file(), Version.NONE));
        } else {
            for (Upload upload : uploads) {
                String key = upload.file().key();
                deadline.check(() -> "%d of %d files were published".formatted(written.size(), uploads.size()));
                written.put(key, upload.file().publish(sent(upload)));
            }
        }
        return folder.verified(written);
    }

    /**
     * Aborts the uploads that are not published. Waits for the request in progress, but only a few seconds if the time
     * is over: its thread then aborts its own upload if Lambda lets it continue, and a lifecycle rule removes the rest.
     */
    @Override
    public void close() {
        uploads.forEach(upload -> upload.file().giveUp());
        for (ExecutorService threads : List.of(uploader, publisher)) {
            threads.shutdown();
            Workers.awaitEnd(threads, deadline.left().isPositive() ? deadline.left() : AT_THE_END);
        }
        uploads.forEach(upload -> upload.file().abort());
    }
}
