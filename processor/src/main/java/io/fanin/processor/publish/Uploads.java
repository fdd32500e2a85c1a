package io.fanin.processor.publish;

import io.fanin.core.parallel.Workers;
import io.fanin.core.run.Inventory;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.records.objects.Failures;
import io.fanin.records.scratch.ConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * The files of one partition on their way to S3, one after the other. They are uploaded in parts while they are written, and
 * nothing of them is visible before all are published, when the parts become objects; a file that is alone and shorter than
 * a part is uploaded only then.
 */
public final class Uploads implements AutoCloseable {

    /** Files that lie on the disk beside the one that is written. */
    private static final int UNSENT = 2;

    private final ObjectTarget target;
    private final PartitionFolder folder;
    private final ExecutorService uploader = Workers.THREADS.open(1);
    private final List<Upload> uploads = new ArrayList<>();
    private Optional<FileUpload> single = Optional.empty();

    private Uploads(ObjectTarget target, PartitionFolder folder) {
        this.target = target;
        this.folder = folder;
    }

    /**
     * No files yet.
     *
     * @param prefix of the partition in the table
     * @throws ConversionException {@code ForeignObjects} when somebody else's data lies there
     */
    public static Uploads into(ObjectTarget target, String prefix) {
        PartitionFolder folder = new PartitionFolder(target, prefix);
        folder.requireOurs();
        return new Uploads(target, folder);
    }

    /** @param parts the ETags of what is sent, once all is */
    private record Upload(FileUpload file, Future<List<String>> parts) {}

    /**
     * Begins with a file that is going to be written, and added then.
     *
     * @return is told the file's length while it is written; by any thread
     */
    public LongConsumer begin(Path file) {
        single.ifPresent(FileUpload::complete);
        single = Optional.empty();
        FileUpload upload = new FileUpload(target, folder.key(uploads.size()), file);
        uploads.add(new Upload(upload, uploader.submit(upload)));
        return upload::grown;
    }

    /** Takes a complete file, which is deleted when it is no longer needed. */
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

    /** Waits until there is nothing left to do but to publish. */
    public void await() throws IOException {
        await(single.isPresent() ? 0 : uploads.size());
    }

    private void await(int first) throws IOException {
        for (int i = 0; i < first; i++) {
            Failures.get(uploads.get(i).parts());
        }
    }

    /** Makes all files visible, and removes those of an earlier conversion. */
    public Inventory publish() throws IOException {
        Map<String, String> written = new LinkedHashMap<>();
        if (single.isPresent()) {
            FileUpload alone = single.get();
            written.put(alone.key(), target.put(alone.key(), alone.file(), folder.earlier(alone.key())));
        } else {
            for (Upload upload : uploads) {
                String key = upload.file().key();
                written.put(key, upload.file().publish(Failures.get(upload.parts()), folder.earlier(key)));
            }
        }
        return folder.settle(written);
    }

    /**
     * Gives up what is not published. The request that is under way is let come to its end: S3 may have begun an upload whose
     * id nobody would have heard of, and the file is still read.
     */
    @Override
    public void close() {
        uploads.forEach(upload -> upload.file().giveUp());
        uploader.close();
        uploads.forEach(upload -> upload.file().abort());
    }
}
