package io.fanin.detector.walk;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.ListingPage;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.S3Pages;
import io.fanin.model.layout.Layout;
import io.fanin.model.layout.Skip;
import io.fanin.model.partition.Partition;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One walk from a table's location down to its partitions. */
record PrefixDescent(
        S3Pages pages,
        Folder table,
        Layout layout,
        SkipLog skips,
        Scope scope,
        Consumer<Partition> consumer,
        Workers workers) {

    private static final String FOLDER_MARKER = "_" + DataObjects.FOLDER_MARKER;

    /** The number of levels from which on finding the months takes fewer requests than listing. */
    private static final int LEVELS_TO_MONTHS = 2;

    void run() {
        ParallelWork.run(workers, work -> enter(table, work));
    }

    /** Goes directly to the months below a folder if possible, otherwise through its names. */
    private void enter(Folder folder, ParallelWork work) {
        Optional<List<String>> first = scope.firstMonth(folder.path())
                .filter(month -> month.size() >= folder.path().size() + LEVELS_TO_MONTHS);
        if (first.isEmpty()) {
            list(folder, this::enter, work);
            return;
        }
        Optional<List<Folder>> months = new Months(pages, layout, scope).below(folder, first.get());
        if (months.isPresent()) {
            months.get().forEach(month -> work.add(more -> list(month, this::listBelow, more)));
        } else {
            listBelow(folder, work);
        }
    }

    private void listBelow(Folder folder, ParallelWork work) {
        list(folder, this::listBelow, work);
    }

    private void list(Folder folder, Step step, ParallelWork work) {
        for (ListingPage page : pages.level(folder.location(), scope.bound(folder.path()))) {
            page.objects().forEach(object -> skipObject(folder, object));
            for (String child : page.folders()) {
                visit(folder, child, step, work);
            }
            if (work.isCancelled()) {
                return;
            }
        }
    }

    private void visit(Folder folder, String prefix, Step step, ParallelWork work) {
        String name = folder.nameOf(prefix);
        List<String> path = folder.pathOf(name);
        Optional<Layout.Mismatch> mismatch = layout.mismatch(folder.path().size(), name);
        if (mismatch.isPresent()) {
            skip(prefix, mismatch.get());
        } else if (path.size() == layout.depth()) {
            take(prefix, path);
        } else if (scope.mayHold(path)) {
            work.add(more -> step.take(folder.below(path), more));
        }
    }

    private void take(String prefix, List<String> path) {
        switch (layout.parse(path)) {
            case Layout.Parsed.Values parsed -> {
                if (scope.includes(parsed.values())) {
                    consumer.accept(new Partition(parsed.values(), prefix));
                }
            }
            case Layout.Parsed.Unparsable unparsable -> skip(prefix, unparsable.mismatch());
        }
    }

    /** An object above the last level belongs to no partition; folder markers are not data that was written. */
    private void skipObject(Folder folder, ObjectSummary object) {
        String name = object.key().substring(folder.location().prefix().length());
        if (name.isEmpty() || name.endsWith(FOLDER_MARKER)) {
            return;
        }
        skip(object.key(), StrayObject.mismatch(name, layout, table.location()));
    }

    private void skip(String prefix, Layout.Mismatch mismatch) {
        skips.add(new Skip(prefix, mismatch.reason(), mismatch.detail()));
    }

    /** The step for a folder above the partitions. */
    private interface Step {
        void take(Folder folder, ParallelWork work);
    }
}
