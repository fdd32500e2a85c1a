package io.fanin.core.tables;

import io.fanin.core.input.ExecutionInput;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.S3Pages;
import io.fanin.model.table.S3Location;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The folder of specs, at any depth: each object whose name ends in {@code .json} is one. Specs are cached, so that an
 * unchanged folder only takes the requests of its listing. Thread-safe.
 */
final class SpecFolder {

    private static final int PARALLEL = 16;

    /**
     * The most bytes of specs that are read: parsed they take five times as much, half of the smallest function's heap.
     */
    static final long MAX_BYTES = 32L << 20;

    private final S3Location folder;
    private final S3Pages pages;
    private final ExecutionInput.SpecSource source;
    private final Workers workers;

    /** The valid specs of the last reading, by ETag. Others are read again: the cause may not lie in the object. */
    private Map<ObjectVersion, SpecObject.Sound> known = Map.of();

    /** All specs of the last reading, valid or not. */
    private Set<ObjectVersion> listed = Set.of();

    private record ObjectVersion(String key, String etag, long size, Instant written) {}

    SpecFolder(S3Location folder, S3Pages pages, ExecutionInput.SpecSource source, Workers workers) {
        this.folder = folder;
        this.pages = pages;
        this.source = source;
        this.workers = workers;
    }

    /** Whether an object's URI is below it. */
    boolean has(String uri) {
        return uri.startsWith(folder.uri());
    }

    /**
     * All specs, in the order of their keys: one request for each 1,000, and one for each that is new or has changed.
     */
    synchronized List<SpecObject> read() {
        List<ObjectVersion> versions = list();
        List<SpecObject> objects = read(versions);
        Map<ObjectVersion, SpecObject.Sound> sound = new HashMap<>();
        for (int i = 0; i < versions.size(); i++) {
            if (objects.get(i) instanceof SpecObject.Sound spec) {
                sound.put(versions.get(i), spec);
            }
        }
        known = sound;
        listed = new HashSet<>(versions);
        return objects;
    }

    /** Whether specs have been added, replaced or removed since they were read: one request for each 1,000. */
    synchronized boolean hasChanged() {
        return !listed.equals(new HashSet<>(list()));
    }

    private List<ObjectVersion> list() {
        return StreamSupport.stream(pages.deep(folder).spliterator(), false)
                .flatMap(page -> page.objects().stream())
                .filter(object -> object.key().endsWith(".json"))
                .map(SpecFolder::version)
                .toList();
    }

    private List<SpecObject> read(List<ObjectVersion> versions) {
        Set<ObjectVersion> room = withinLimit(versions);
        return workers.each(
                PARALLEL, versions, version -> room.contains(version) ? read(version) : beyondLimit(version));
    }

    /** The specs that there is room for, those first that have been there longest: a new one takes no other's place. */
    private static Set<ObjectVersion> withinLimit(List<ObjectVersion> versions) {
        Set<ObjectVersion> within = new HashSet<>();
        long bytes = 0;
        for (ObjectVersion version : versions.stream()
                .sorted(Comparator.comparing(ObjectVersion::written).thenComparing(ObjectVersion::key))
                .toList()) {
            bytes += version.size() > ExecutionInput.MAX_BYTES ? 0 : version.size(); // a larger one is not kept
            if (bytes <= MAX_BYTES) {
                within.add(version);
            }
        }
        return within;
    }

    private SpecObject beyondLimit(ObjectVersion version) {
        return new SpecObject.Broken(
                folder.uriOf(version.key()),
                Optional.empty(),
                Optional.empty(),
                "$: is not read, since older specs below " + folder + " have " + (MAX_BYTES >> 20)
                        + " MiB together, all that is read: remove some, or make them smaller");
    }

    private SpecObject read(ObjectVersion version) {
        SpecObject.Sound before = known.get(version);
        return before == null ? SpecObject.read(folder.uriOf(version.key()), source) : before;
    }

    private static ObjectVersion version(ObjectSummary object) {
        return new ObjectVersion(object.key(), object.etag(), object.size(), object.lastModified());
    }
}
