package io.fanin.cli.init;

import io.fanin.cli.init.Amount.Precision;
import io.fanin.model.layout.KeyedLayout;
import io.fanin.model.layout.Layout;
import io.fanin.model.layout.Layout.Mismatch;
import io.fanin.model.layout.Layout.Parsed;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.S3Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The partitions in a sample of a table's folder, by its layout.
 *
 * @param found the partitions that exist
 * @param seen those of them that were listed by name
 * @param folders the folders above partitions, the table's own included: as many listings as a walk of the table takes
 * @param unfit names that do not fit the layout
 * @param unfitExamples the first of them, with the reasons
 */
record PartitionCounts(
        Amount found, List<PartitionValues> seen, Amount folders, Amount unfit, List<String> unfitExamples) {

    private static final int MAX_EXAMPLES = 3;

    Optional<String> unfitExample() {
        return unfitExamples.stream().findFirst();
    }

    /** A finding if names below this location do not fit the layout. */
    Optional<Finding> unfitFinding(S3Location location) {
        if (unfit.count() == 0) {
            return Optional.empty();
        }
        String examples = String.join(", ", unfitExamples);
        return Optional.of(
                found.count() == 0
                        ? Finding.decide(
                                "none of the names below " + location + " fits, such as " + examples
                                        + ", so that a run would fail: correct layout and partitionKeys, or rename the prefixes")
                        : Finding.guess("runs leave out " + unfit
                                + (unfit.count() == 1 ? " name that does" : " names that do")
                                + " not fit the layout, such as " + examples));
    }

    static PartitionCounts of(FolderSample sample, KeyedLayout layout) {
        return new Counting(sample, layout).counts();
    }

    private static final class Counting {
        private final FolderSample sample;
        private final Layout layout;
        private final EquivalentValues forms;
        private final List<PartitionValues> seen = new ArrayList<>();
        private final List<String> unfit = new ArrayList<>();

        Counting(FolderSample sample, KeyedLayout layout) {
            this.sample = sample;
            this.layout = layout.layout();
            this.forms = new EquivalentValues(layout.keys());
        }

        PartitionCounts counts() {
            Below below = below(sample.top());
            boolean isWhole = below.partitions().precision() == Precision.EXACT;
            return new PartitionCounts(
                    below.partitions(),
                    List.copyOf(seen),
                    below.folders(),
                    Amount.counted(unfit.size(), isWhole),
                    unfit.stream().limit(MAX_EXAMPLES).toList());
        }

        /** The partitions below a folder, and the folders that have to be listed to find them. */
        private record Below(Amount partitions, Amount folders) {}

        private Below below(SampledFolder folder) {
            folder.objects()
                    .forEach(object -> unfit.add(object.key()
                                    .substring(sample.root().prefix().length()) + " (an object above the partitions)"));
            List<String> fitting = folder.folders().stream()
                    .filter(name -> isFit(folder, name))
                    .toList();
            return folder.path().size() + 1 == layout.depth()
                    ? new Below(Amount.counted(partitions(folder, fitting), folder.isWhole()), Amount.exactly(1))
                    : belowFolders(folder, fitting);
        }

        private Below belowFolders(SampledFolder folder, List<String> names) {
            List<Below> listed = names.stream()
                    .flatMap(name -> sample.at(folder.pathOf(name)).stream())
                    .map(this::below)
                    .toList();
            return new Below(
                    sum(
                            folder,
                            names.size(),
                            listed.stream().map(Below::partitions).toList(),
                            0),
                    sum(
                            folder,
                            names.size(),
                            listed.stream().map(Below::folders).toList(),
                            1));
        }

        /** The sum over all children; those that were not listed are assumed to be similar to the listed ones. */
        private static Amount sum(SampledFolder folder, int children, List<Amount> listed, int own) {
            long sum = listed.stream().mapToLong(Amount::count).sum();
            if (listed.size() == children) {
                boolean isExact = folder.isWhole() && listed.stream().allMatch(Amount::isExact);
                boolean isAbout = listed.stream().anyMatch(one -> one.precision() == Precision.ABOUT);
                return isAbout ? new Amount(sum + own, Precision.ABOUT) : Amount.counted(sum + own, isExact);
            }
            return new Amount(
                    own + (listed.isEmpty() ? 0 : Math.round((double) sum / listed.size() * children)),
                    Precision.ABOUT);
        }

        private boolean isFit(SampledFolder folder, String name) {
            Optional<Mismatch> mismatch = layout.mismatch(folder.path().size(), name);
            mismatch.ifPresent(why -> unfit.add(String.join("/", folder.pathOf(name)) + "/ (" + why.detail() + ")"));
            return mismatch.isEmpty();
        }

        /** Two spellings of the same values are one partition, and in conflict. */
        private long partitions(SampledFolder folder, List<String> names) {
            int before = seen.size();
            for (String name : names) {
                switch (layout.parse(folder.pathOf(name))) {
                    case Parsed.Values(PartitionValues values) -> seen.add(values);
                    case Parsed.Unparsable(Mismatch why) ->
                        unfit.add(String.join("/", folder.pathOf(name)) + "/ (" + why.detail() + ")");
                }
            }
            return seen.subList(before, seen.size()).stream()
                    .map(forms::canonical)
                    .distinct()
                    .count();
        }
    }
}
