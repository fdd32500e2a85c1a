package io.fanin.model.layout;

import io.fanin.model.partition.PartialKeyValue;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.PeriodBounds;
import io.fanin.model.table.TableDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the values of the partition keys are written into the prefix below a table's location.
 *
 * <p>A layout has a fixed number of levels, each one path segment. Names come from S3 and are hostile until parsed:
 * neither method throws for any name.
 */
public sealed interface Layout permits SegmentLayout {

    /** The form of a partition's path, without its last slash, for messages. */
    String shape();

    /** The number of path segments between the table's location and a partition. */
    int depth();

    /**
     * Whether a name is possible at a level, judged by itself, so that a walk need not descend into it.
     *
     * @param level from 0
     * @param segment one path segment without its slash
     * @return the reason why it is not; empty if it is possible
     */
    Optional<Mismatch> mismatch(int level, String segment);

    /**
     * The part of each key that the first segments of a path determine, in the order of the keys; empty for keys
     * without a part in them.
     */
    List<Optional<PartialKeyValue>> known(List<String> segments);

    /**
     * The names that need not be listed below a part of a path when only partitions within the bounds are searched for.
     *
     * @param above shorter than {@link #depth()}
     */
    LevelBound bound(List<String> above, PeriodBounds bounds);

    /**
     * The folder of the month in which the bounds begin, if the layout has folders of months that contain partitions.
     * Everything within the bounds below {@code above} lies in that folder or sorts after it in the order of S3's keys.
     *
     * @param above the first segments of a path
     * @return the folder's path below the table's location, {@code above} included
     */
    Optional<List<String>> firstMonth(List<String> above, PeriodBounds bounds);

    /** Whether the first segments of a path determine a month, and nothing finer. */
    boolean isMonth(List<String> segments, PeriodBounds bounds);

    /** The values of a whole path; {@code segments} has {@link #depth()} elements. */
    Parsed parse(List<String> segments);

    /**
     * The values of a path below the table's location.
     *
     * @param path ending in {@code /}
     * @return empty if it is no partition's
     */
    default Optional<PartitionValues> valuesOf(String path) {
        List<String> levels =
                Arrays.asList(path.substring(0, Math.max(0, path.length() - 1)).split("/", -1));
        return levels.size() == depth()
                        && IntStream.range(0, levels.size())
                                .allMatch(level ->
                                        mismatch(level, levels.get(level)).isEmpty())
                        && parse(levels) instanceof Parsed.Values(PartitionValues values)
                ? Optional.of(values)
                : Optional.empty();
    }

    /**
     * The path of these values below the table's location, ending in {@code /}.
     *
     * @throws IllegalArgumentException if the layout cannot write them such that they are read back the same
     */
    String path(PartitionValues values);

    /** The reason why a segment or path does not fit the layout. */
    record Mismatch(SkipReason reason, String detail) {}

    /** The result of parsing a path. */
    sealed interface Parsed {
        record Values(PartitionValues values) implements Parsed {}

        record Unparsable(Mismatch mismatch) implements Parsed {}
    }

    /**
     * The layout in a table's definition.
     *
     * @throws IllegalArgumentException if the template is malformed, or does not name each key exactly once
     */
    static Layout of(TableDefinition table) {
        return of(table.layout(), table.keys());
    }

    /**
     * The layout {@code hive}, or a template such as {@code ${year}/${month}}.
     *
     * @throws IllegalArgumentException if the template is malformed, or does not name each key exactly once
     */
    static Layout of(String layout, List<PartitionKey> keys) {
        return layout.equals(TableDefinition.HIVE_LAYOUT) ? HiveLayout.of(keys) : TemplateLayout.of(layout, keys);
    }
}
