package io.fanin.core.run.folder;

import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.ObjectStore.OpenObject;
import io.fanin.core.temporary.ProcessFiles;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A pass's manifest in the state bucket. */
record ManifestFile(ObjectStore store, String key) {

    /**
     * The manifest's summary and metadata.
     *
     * @param notes its metadata
     * @param written when it was written
     */
    record Content(ManifestSummary summary, Map<String, String> notes, Instant written) {}

    /** Writes the manifest unless it exists; returns whether it was written. */
    boolean writeIfAbsent(Iterator<Partition> partitions, ManifestSummary summary, Map<String, String> notes) {
        try {
            Path file = ProcessFiles.newFile();
            try {
                Manifests.write(file, partitions, summary);
                return store.putIfAbsent(key, file, notes);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(store.uriOf(key) + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Reads the manifest batch by batch; empty if it does not exist. */
    Optional<Content> find(Consumer<Batch> consumer) {
        return store.open(key).map(manifest -> read(manifest, consumer));
    }

    /**
     * Reads a manifest that has to exist.
     *
     * @throws RunFolderException if it is gone
     */
    Content read(Consumer<Batch> consumer) {
        return find(consumer).orElseThrow(() -> RunFolderException.missing(store.uriOf(key)));
    }

    private Content read(OpenObject manifest, Consumer<Batch> consumer) {
        try (manifest) {
            return new Content(Manifests.read(manifest.content(), consumer), manifest.notes(), manifest.written());
        } catch (IOException e) {
            throw new UncheckedIOException(store.uriOf(key) + " cannot be read: " + e.getMessage(), e);
        }
    }
}
