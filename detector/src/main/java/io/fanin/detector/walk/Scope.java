package io.fanin.detector.walk;

import io.fanin.model.layout.Layout;
import io.fanin.model.layout.LevelBound;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.PeriodBounds;
import java.util.List;
import java.util.Optional;

/** The partitions of a table that a walk searches for. Paths are the first segments below the table's location. */
sealed interface Scope {

    /** Whether any of them may lie below a path. */
    boolean mayHold(List<String> path);

    boolean includes(PartitionValues values);

    /** The names below a path that need not be listed. */
    LevelBound bound(List<String> path);

    /** As {@link Layout#firstMonth}, if nothing before that month is searched for, and the bounds have no end. */
    Optional<List<String>> firstMonth(List<String> path);

    /** Whether a path determines a month, and nothing finer. */
    boolean isMonth(List<String> path);

    /** All partitions. */
    record Whole() implements Scope {
        @Override
        public boolean mayHold(List<String> path) {
            return true;
        }

        @Override
        public boolean includes(PartitionValues values) {
            return true;
        }

        @Override
        public LevelBound bound(List<String> path) {
            return LevelBound.NONE;
        }

        @Override
        public Optional<List<String>> firstMonth(List<String> path) {
            return Optional.empty();
        }

        @Override
        public boolean isMonth(List<String> path) {
            return false;
        }
    }

    /** The partitions that begin within the bounds. */
    record Within(Layout layout, PeriodBounds bounds) implements Scope {
        @Override
        public boolean mayHold(List<String> path) {
            return bounds.mayHold(layout.known(path));
        }

        @Override
        public boolean includes(PartitionValues values) {
            return bounds.include(values);
        }

        @Override
        public LevelBound bound(List<String> path) {
            return layout.bound(path, bounds);
        }

        @Override
        public Optional<List<String>> firstMonth(List<String> path) {
            return bounds.isOpenEnded() ? layout.firstMonth(path, bounds) : Optional.empty();
        }

        @Override
        public boolean isMonth(List<String> path) {
            return layout.isMonth(path, bounds);
        }
    }
}
