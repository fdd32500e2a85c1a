package io.fanin.tablecreator.versions;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.PartitionVersion;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.s3.S3AccessException;
import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.table.S3Location;
import io.fanin.core.text.Sha256;
import io.fanin.tablecreator.versions.SupersededVersions.Note;
import io.fanin.tablecreator.versions.SupersededVersions.Superseded;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Removes versions of partitions that newer ones have superseded, {@link #KEPT} after that: until then queries that have begun
 * read them, and the catalog can be pointed at them again. The version at which the catalog has a partition is never removed, and
 * that one from which it was switched last only by the note of the run that did so: it was superseded before, and somebody had
 * pointed the catalog at it again. A pass does not fail because of a version that it could not remove; a later one tries again.
 */
public final class VersionCleanup {

    /** How long a version stays that another one has superseded. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** The most partitions whose versions one pass removes, so that its time is bounded: a listing for each version. */
    static final int MOST = 500;

    private static final Logger LOG = LoggerFactory.getLogger(VersionCleanup.class);

    private final SupersededVersions superseded;
    private final GlueCatalog catalog;
    private final Function<TableSpec, ObjectTarget> targets;
    private final Clock clock;

    /**
     * Removes versions.
     *
     * @param targets the objects of a table
     */
    public VersionCleanup(
            ObjectStore state, GlueCatalog catalog, Function<TableSpec, ObjectTarget> targets, Clock clock) {
        this.superseded = new SupersededVersions(state);
        this.catalog = catalog;
        this.targets = targets;
        this.clock = clock;
    }

    /**
     * Notes the versions that a pass has superseded, and removes those whose time has come. The table's lease is held.
     *
     * @param registered the results that the catalog has
     */
    public void passEnded(TableSpec spec, RunFolder run, int pass, Stream<PartitionResult.Processed> registered) {
        if (!(spec.processorOrDefault() instanceof ProcessorSpec.Convert
                || spec.processorOrDefault() instanceof ProcessorSpec.Sql)) {
            return;
        }
        String bucket = spec.definition().location().bucket();
        List<Superseded> found = registered
                .flatMap(result -> result.version().stream()
                        .filter(version -> !version.superseded().isEmpty())
                        .map(version -> new Superseded(
                                result.partition().values(),
                                new S3Location(bucket, result.partition().prefix()),
                                version.superseded())))
                .toList();
        if (!found.isEmpty()) {
            superseded.put(
                    spec.tableName(),
                    clock.instant().plus(KEPT),
                    Sha256.token(run.run() + "/" + pass),
                    new Note(run.uri(), found));
        }
        int left = MOST;
        for (String key : superseded.due(spec.tableName(), clock.instant(), MOST)) {
            try {
                left -= removeSome(spec, key, left);
            } catch (SdkException | UncheckedIOException | S3AccessException | CatalogException e) {
                LOG.warn("the versions in {} could not be removed, a later run tries again", key, e);
            }
        }
    }

    /** Removes the versions of at most so many of an object's partitions; returns of how many. */
    private int removeSome(TableSpec spec, String key, int most) {
        if (most == 0) {
            return 0;
        }
        Note note = superseded.read(key);
        int some = Math.min(most, note.partitions().size());
        remove(spec, note.run(), note.partitions().subList(0, some));
        superseded.replace(key, note.after(some));
        return some;
    }

    /** @param run that has superseded them */
    private void remove(TableSpec spec, String run, List<Superseded> partitions) {
        Map<PartitionValues, RegisteredPartition> registered = catalog.find(
                spec.definition(), partitions.stream().map(Superseded::values).toList());
        ObjectTarget target = targets.apply(spec);
        Map<String, String> etags = new HashMap<>();
        for (Superseded partition : partitions) {
            if (!spec.definition().location().holds(partition.folder())) {
                continue; // what lies elsewhere is no longer the table's
            }
            List<S3Location> kept = Optional.ofNullable(registered.get(partition.values())).stream()
                    .flatMap(one -> kept(one, run))
                    .toList();
            folders(partition)
                    .filter(folder -> !kept.contains(folder))
                    .flatMap(folder -> files(target, folder).stream())
                    .forEach(file -> etags.put(file.key(), file.etag()));
        }
        target.delete(etags);
        LOG.info("{}: {} files of superseded versions removed", spec.tableName(), etags.size());
    }

    /** Where readers of a partition are, or may still be: a run's own note is due when they are no longer where it was before. */
    private static Stream<S3Location> kept(RegisteredPartition partition, String run) {
        Stream<String> before = partition.registeredBy().equals(run) ? Stream.empty() : partition.replaced().stream();
        return Stream.concat(partition.location().stream(), before).flatMap(uri -> S3Location.find(uri).stream());
    }

    private static Stream<S3Location> folders(Superseded partition) {
        String prefix = partition.folder().prefix();
        return partition.versions().stream()
                .map(version -> new S3Location(
                        partition.folder().bucket(), version.isEmpty() ? prefix : prefix + version + "/"));
    }

    /** The files that lie directly in a folder. */
    private static List<ObjectSummary> files(ObjectTarget target, S3Location folder) {
        List<ObjectSummary> files = new ArrayList<>();
        for (Iterator<ObjectSummary> all = target.list(folder.prefix()); all.hasNext(); ) {
            ObjectSummary object = all.next();
            if (PartitionVersion.isFile(object.key().substring(folder.prefix().length()))) {
                files.add(object);
            }
        }
        return files;
    }
}
