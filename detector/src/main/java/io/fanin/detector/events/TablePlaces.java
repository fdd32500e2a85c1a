package io.fanin.detector.events;

import io.fanin.core.inventory.DataObjects;
import io.fanin.detector.walk.StrayObject;
import io.fanin.model.layout.HiddenNames;
import io.fanin.model.layout.Layout;
import io.fanin.model.layout.Skip;
import io.fanin.model.partition.Partition;
import io.fanin.model.spec.OnEmpty;
import io.fanin.model.spec.detection.Readiness;
import io.fanin.model.table.S3Location;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Determines the places of objects in a table. An object deeper than the last key belongs to the partition above it;
 * each name that does not fit the layout is reported once, however many objects lie below it.
 */
public final class TablePlaces {

    private static final Place NOWHERE = new Place.Nowhere();
    private static final Place ELSEWHERE = new Place.Elsewhere();

    private final S3Location location;
    private final Layout layout;
    private final Readiness readiness;
    private final OnEmpty onEmpty;
    private final Consumer<Skip> skips;
    private final Map<List<String>, Place> places = new HashMap<>();
    private final Set<String> skipped = new HashSet<>();

    /**
     * The places of a table.
     *
     * @param readiness may name a marker, an object that makes a partition ready
     * @param onEmpty the treatment of partitions with only names that query engines ignore
     */
    public TablePlaces(S3Location location, Layout layout, Readiness readiness, OnEmpty onEmpty, Consumer<Skip> skips) {
        this.location = location;
        this.layout = layout;
        this.readiness = readiness;
        this.onEmpty = onEmpty;
        this.skips = skips;
    }

    public S3Location location() {
        return location;
    }

    /** The present place of a prefix that was a partition's at the time of an event. */
    public Place ofPrefix(String prefix) {
        if (!prefix.startsWith(location.prefix()) || !prefix.endsWith("/")) {
            return ELSEWHERE;
        }
        List<String> segments = segments(prefix);
        List<String> path = segments.subList(0, segments.size() - 1);
        return path.size() == layout.depth() ? places.computeIfAbsent(path, this::partition) : ELSEWHERE;
    }

    Place of(S3ObjectName object) {
        if (!object.bucket().equals(location.bucket()) || !object.key().startsWith(location.prefix())) {
            return ELSEWHERE;
        }
        List<String> segments = segments(object.key());
        int depth = layout.depth();
        if (segments.size() <= depth) {
            return aboveThePartitions(object.key(), segments);
        }
        String name = String.join("/", segments.subList(depth, segments.size()));
        return isDataOrMarker(name) ? places.computeIfAbsent(segments.subList(0, depth), this::partition) : NOWHERE;
    }

    private List<String> segments(String key) {
        return Arrays.asList(key.substring(location.prefix().length()).split("/", -1));
    }

    /** Whether an object of this name makes a partition new, changed or ready. */
    private boolean isDataOrMarker(String name) {
        return Optional.of(name).equals(readiness.marker())
                || !(isFolder(name) || HiddenNames.isAnyHidden(name))
                || (onEmpty == OnEmpty.REGISTER && isEndOfAJobWithoutData(name));
    }

    /** Such as Spark's {@code _SUCCESS}; objects in hidden folders belong to unfinished jobs. */
    private static boolean isEndOfAJobWithoutData(String name) {
        return HiddenNames.isHidden(name) && !isFolder(name) && name.indexOf('/') < 0;
    }

    private static boolean isFolder(String name) {
        return name.isEmpty() || DataObjects.isFolderMarker(name);
    }

    private Place partition(List<String> path) {
        if (skipsAnyOf(path)) {
            return NOWHERE;
        }
        return switch (layout.parse(path)) {
            case Layout.Parsed.Values parsed -> new Place.Inside(new Partition(parsed.values(), prefix(path)));
            case Layout.Parsed.Unparsable unparsable -> {
                skip(prefix(path), unparsable.mismatch());
                yield NOWHERE;
            }
        };
    }

    /** Whether a name does not fit its level: then nothing below it is read. */
    private boolean skipsAnyOf(List<String> path) {
        for (int level = 0; level < path.size(); level++) {
            Optional<Layout.Mismatch> mismatch = layout.mismatch(level, path.get(level));
            if (mismatch.isPresent()) {
                skip(prefix(path.subList(0, level + 1)), mismatch.get());
                return true;
            }
        }
        return false;
    }

    private Place aboveThePartitions(String key, List<String> segments) {
        String name = segments.getLast();
        if (!isFolder(name) && !skipsAnyOf(segments.subList(0, segments.size() - 1))) {
            skip(key, StrayObject.mismatch(name, layout, location));
        }
        return NOWHERE;
    }

    private void skip(String name, Layout.Mismatch mismatch) {
        if (skipped.add(name)) {
            skips.accept(new Skip(name, mismatch.reason(), mismatch.detail()));
        }
    }

    private String prefix(List<String> path) {
        return location.prefix() + String.join("/", path) + "/";
    }
}
