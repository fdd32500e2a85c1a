package io.fanin.tablecreator.versions;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.s3.S3AccessException;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.ExecutionArn;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.PartitionVersion;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Sha256;
import io.fanin.tablecreator.versions.SupersededVersions.Note;
import io.fanin.tablecreator.versions.SupersededVersions.Superseded;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Removes superseded versions of partitions, {@link #KEPT} after they were superseded: until then, running queries read
 * them, and the catalog can be pointed at them again. The version to which the catalog points is never removed. The
 * version from which it was switched last is removed only by the note of the run that switched it; an earlier note
 * means that the catalog was pointed at that version again later. For a partition that was dropped from the catalog,
 * and may have been registered anew since, it is not known which version was the last, so each version is removed by
 * the last note that names it. As long as a table from which this one has taken its folder over is in the catalog,
 * nothing of what was noted is removed: it may be what that table's readers read. What lies outside of the table's
 * folder is not removed: either the table has left that folder, or the run still has the spec from before the table
 * came to it. A version that could not be removed does not fail the pass; a later pass tries again.
 */
public final class VersionCleanup {

    /** The time for which a superseded version is kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    /**
     * The time after which what is noted outside of the table's folder, and was due, is forgotten. So long an execution
     * with an earlier spec can be redriven.
     */
    public static final Duration REMEMBERED = ExecutionArn.REDRIVABLE_FOR;

    /**
     * The maximum number of partitions whose versions a pass removes, to bound its time: each version takes a listing.
     * A pass that supersedes many removes twice as many, so that a table that is made again in each run does not grow.
     */
    private static final int MAX = 500;

    /** The maximum however many a pass supersedes. */
    private static final int MAX_EVER = 5_000;

    /**
     * After so many objects that cannot be worked off a pass leaves the rest, which may be refused for the same reason.
     * The first ones may be stuck for good: so after half of this number a pass goes on with others, chosen by the
     * time.
     */
    private static final int MAX_FAILURES = 20;

    private static final Logger LOG = LoggerFactory.getLogger(VersionCleanup.class);

    private final SupersededVersions superseded;
    private final GlueCatalog catalog;
    private final Function<ResolvedSpec, ObjectTarget> targets;
    private final Clock clock;

    /**
     * A cleanup that deletes with these targets.
     *
     * @param targets the objects of a table
     */
    public VersionCleanup(
            ObjectStore state, GlueCatalog catalog, Function<ResolvedSpec, ObjectTarget> targets, Clock clock) {
        this.superseded = new SupersededVersions(state);
        this.catalog = catalog;
        this.targets = targets;
        this.clock = clock;
    }

    /**
     * The note of what a pass supersedes, as it was written.
     *
     * @param keys of all notes of the table, which include its own
     */
    private record OwnNote(String key, Note note, List<String> keys) {}

    /** The removal of versions that waits until a pass has registered its partitions. */
    public interface PendingCleanup {

        /**
         * Removes the versions that are due. The table's lease is held.
         *
         * @param unswitched the partitions of which Glue does not say that the pass has switched them
         * @param standing the registrations of those that are registered
         */
        void registered(Set<PartitionValues> unswitched, Collection<RegisteredPartition> standing);
    }

    /**
     * Notes the versions that a pass will supersede, before it does: what readers have until then is kept for the whole
     * time, wherever the pass ends. The table's lease is held.
     *
     * @param made the results that the pass registers
     */
    public PendingCleanup note(ResolvedSpec spec, RunFolder run, int pass, List<PartitionResult.Processed> made) {
        if (!spec.processor().makesVersions()) {
            return (unswitched, standing) -> {};
        }
        List<Superseded> versions = versions(spec.definition().location().bucket(), made);
        if (versions.isEmpty()) {
            return (unswitched, standing) ->
                    attempt(spec, () -> removeDue(spec, superseded.keys(spec.tableName()), MAX));
        }
        Note note = new Note(run.uri(), versions, spec.takesOver().stream().toList());
        String key = superseded.put(spec.tableName(), clock.instant().plus(KEPT), token(run, pass), note);
        OwnNote own = new OwnNote(key, note, superseded.keys(spec.tableName()));
        Set<S3Location> folders = folders(versions.stream());
        earlierOfRun(own, run, pass, spec.tableName()).forEach(other -> leaveOut(other, folders));
        return (unswitched, standing) -> attempt(spec, () -> {
            leaveOutWhereReadersAre(own, standing);
            keepEarlierNotes(own, unswitched);
            removeDue(spec, own.keys(), Math.clamp(2L * versions.size(), MAX, MAX_EVER));
        });
    }

    private void leaveOut(String key, Set<S3Location> folders) {
        try {
            superseded.leaveOut(key, folders);
        } catch (UnreadableDocumentException e) {
            LOG.warn("{} is damaged: nothing that it names is removed", key, e);
        }
    }

    private static List<Superseded> versions(String bucket, List<PartitionResult.Processed> made) {
        return made.stream()
                .flatMap(result -> result.version().stream()
                        .filter(version -> !version.superseded().isEmpty())
                        .map(version -> new Superseded(
                                result.partition().values(),
                                new S3Location(bucket, result.partition().prefix()),
                                version.superseded())))
                .toList();
    }

    private static Set<S3Location> folders(Stream<Superseded> versions) {
        return versions.flatMap(Superseded::folders).collect(Collectors.toSet());
    }

    private static void attempt(ResolvedSpec spec, Runnable removal) {
        try {
            removal.run();
        } catch (SdkException | S3AccessException | UncheckedIOException e) {
            LOG.warn("superseded versions of {} could not be removed, a later run tries again", spec.tableName(), e);
        }
    }

    /**
     * Leaves out versions that readers still read, since the pass has not replaced them: the run that does supersedes
     * them, and keeps them from then on.
     */
    private void leaveOutWhereReadersAre(OwnNote own, Collection<RegisteredPartition> standing) {
        Set<S3Location> live = standing.stream()
                .flatMap(one -> one.location().stream())
                .flatMap(uri -> S3Location.find(uri).stream())
                .collect(Collectors.toCollection(HashSet::new));
        live.retainAll(folders(own.note().partitions().stream()));
        if (!live.isEmpty()) {
            superseded.leaveOut(own.key(), live);
        }
    }

    /**
     * Leaves refused partitions to the earlier notes that name them: otherwise each run would postpone the removal of
     * their former versions for as long as Glue refuses. Another invocation of the pass may be leaving them to this
     * note: of the two, the later writer sees what the other has written.
     */
    private void keepEarlierNotes(OwnNote own, Set<PartitionValues> unswitched) {
        Set<S3Location> folders =
                folders(own.note().partitions().stream().filter(one -> unswitched.contains(one.values())));
        if (folders.isEmpty()) {
            return;
        }
        folders.retainAll(earlierThan(own));
        if (folders.isEmpty()) {
            return;
        }
        superseded.leaveOut(own.key(), folders);
        folders.removeAll(earlierThan(own));
        if (!folders.isEmpty()) {
            superseded.replace(own.key(), superseded.read(own.key()).with(own.note(), folders));
        }
    }

    /** The folders that earlier notes name now. */
    private Set<S3Location> earlierThan(OwnNote own) {
        return folders(
                own.keys().stream().filter(key -> key.compareTo(own.key()) < 0).flatMap(this::partitionsOf));
    }

    private Stream<Superseded> partitionsOf(String key) {
        try {
            return superseded.read(key).partitions().stream();
        } catch (UnreadableDocumentException e) {
            return Stream.empty();
        }
    }

    /**
     * The earlier notes of the same run, which did not switch its partitions then: it does so now, and the time of what
     * readers had until now begins. Of two invocations of a pass, each leaves the later note as it is.
     */
    private static Stream<String> earlierOfRun(OwnNote own, RunFolder run, int pass, TableName table) {
        List<String> tokens =
                IntStream.rangeClosed(0, pass).mapToObj(one -> token(run, one)).toList();
        return own.keys().stream()
                .takeWhile(key -> key.compareTo(own.key()) < 0)
                .filter(key -> tokens.stream().anyMatch(token -> SupersededVersions.isOf(table, key, token)));
    }

    private static String token(RunFolder run, int pass) {
        return Sha256.token(run.run() + "/" + pass);
    }

    /** Removes the versions of at most this number of partitions. */
    private void removeDue(ResolvedSpec spec, List<String> keys, int most) {
        Map<TableName, Boolean> known = new HashMap<>();
        Predicate<TableName> readTables = table -> known.computeIfAbsent(table, this::mayBeRead);
        if (spec.takesOver().filter(readTables).isPresent()) {
            return;
        }
        List<String> due = SupersededVersions.due(spec.tableName(), keys, clock.instant(), most);
        LastNotes last = new LastNotes(() -> superseded.lastNotesAfter(spec.tableName(), due.getFirst()));
        int left = most;
        int failures = 0;
        List<String> rest = new ArrayList<>(due);
        while (!rest.isEmpty()) {
            if (failures == MAX_FAILURES) {
                LOG.warn("{} objects could not be worked off, a later run goes on with the others", failures);
                return;
            }
            int next = failures < MAX_FAILURES / 2 ? 0 : Math.floorMod(clock.millis(), rest.size());
            String key = rest.remove(next);
            try {
                left -= removeSome(spec, key, last, readTables, left);
            } catch (SdkException | UncheckedIOException | S3AccessException | CatalogException e) {
                failures++;
                LOG.warn("the versions in {} could not be removed, a later run tries again", key, e);
            }
        }
    }

    /** Whether the catalog has a table, whose readers may read what is in the folder; also if nobody can say. */
    private boolean mayBeRead(TableName takenOver) {
        try {
            boolean isThere = catalog.table(takenOver).isPresent();
            if (isThere) {
                LOG.info("{} is still in the catalog: no version that may be its own is removed", takenOver);
            }
            return isThere;
        } catch (SdkException | CatalogException e) {
            LOG.warn("{} could not be looked up: no version that may be its own is removed", takenOver, e);
            return true;
        }
    }

    /**
     * Removes the versions of at most this number of an object's partitions.
     *
     * @param readTables whether readers have a table from which the folder was taken over
     * @return the number of partitions
     */
    private int removeSome(ResolvedSpec spec, String key, LastNotes last, Predicate<TableName> readTables, int most) {
        if (most == 0) {
            return 0;
        }
        Note note = superseded.read(key);
        if (note.partitions().isEmpty()) {
            superseded.replace(key, note);
            return 0;
        }
        if (note.takenOver().stream().anyMatch(readTables) || isForLaterRuns(spec, key, note)) {
            return 0;
        }
        int some = Math.min(most, note.partitions().size());
        Set<S3Location> leftToLater = remove(spec, key, last, note.first(some));
        superseded.replace(key, note.after(some));
        // Looked at after the write: another invocation may take them out of its note, which leaves them to this one.
        if (!leftToLater.isEmpty()) {
            leftToLater.removeAll(
                    superseded.lastNotesAfter(spec.tableName(), key).keySet());
        }
        if (!leftToLater.isEmpty()) {
            superseded.replace(key, note.after(some).with(note, leftToLater));
        }
        return some;
    }

    /** A run knows one of the folders that a table has had, and all of a note's versions lie in one. */
    private boolean isForLaterRuns(ResolvedSpec spec, String key, Note note) {
        return note.partitions().stream().noneMatch(partition -> isInFolder(spec, partition))
                && !superseded.wasDueBefore(
                        spec.tableName(), key, clock.instant().minus(REMEMBERED));
    }

    private static boolean isInFolder(ResolvedSpec spec, Superseded partition) {
        return spec.definition().location().holds(partition.folder());
    }

    /** Removes versions, and returns the folders of those that are left to later notes. */
    private Set<S3Location> remove(ResolvedSpec spec, String key, LastNotes last, Note due) {
        List<PartitionValues> values =
                due.partitions().stream().map(Superseded::values).toList();
        Map<PartitionValues, RegisteredPartition> registered = catalog.find(spec.definition(), values);
        Set<S3Location> kept = registered.values().stream()
                .flatMap(one -> whereReadersAre(one, due.run()))
                .collect(Collectors.toCollection(HashSet::new));
        ObjectTarget target = targets.apply(spec);
        Map<String, String> etags = new HashMap<>();
        Set<S3Location> leftToLater = new HashSet<>();
        for (Superseded partition : due.partitions()) {
            boolean mayBeLeft = !isSwitched(registered, partition.values());
            partition
                    .folders()
                    .filter(folder -> isInFolder(spec, partition) && !kept.contains(folder))
                    .forEach(folder -> {
                        if (mayBeLeft && last.isNamedAfter(key, folder)) {
                            leftToLater.add(folder);
                        } else {
                            files(target, folder).forEach(file -> etags.put(file.key(), file.etag()));
                        }
                    });
        }
        target.delete(etags);
        LOG.info("{}: {} files of superseded versions removed", spec.tableName(), etags.size());
        return leftToLater;
    }

    /**
     * The locations that readers of a partition may still use. When a run's own note is due, its partition's earlier
     * location is not among them.
     */
    private static Stream<S3Location> whereReadersAre(RegisteredPartition partition, String run) {
        Stream<String> before = partition.registeredBy().equals(run) ? Stream.empty() : partition.replaced().stream();
        return Stream.concat(partition.location().stream(), before).flatMap(uri -> S3Location.find(uri).stream());
    }

    /** Whether the last change of a partition's location is known: one that was registered anew names none before. */
    private static boolean isSwitched(Map<PartitionValues, RegisteredPartition> registered, PartitionValues values) {
        return registered.containsKey(values)
                && registered.get(values).replaced().isPresent();
    }

    /** The files directly in a folder. */
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
