package io.fanin.detector;

import io.fanin.core.layout.Layout;
import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import io.fanin.core.partition.Partition;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.table.S3Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Walks a table's location level by level with S3's delimiter, so that no object of a partition is ever listed. Names that
 * cannot be a partition are not descended into.
 */
final class PrefixWalk {

    private static final String FOLDER_MARKER = "_$folder$";

    private final S3Pages pages;
    private final S3Location location;
    private final Layout layout;
    private final SkipLog skips;

    PrefixWalk(S3Pages pages, S3Location location, Layout layout, SkipLog skips) {
        this.pages = pages;
        this.location = location;
        this.layout = layout;
        this.skips = skips;
    }

    /** Gives each partition to the consumer, in the order of S3. */
    void walk(Consumer<Partition> consumer) {
        walk(path -> true, consumer);
    }

    /**
     * The same, but for what lies below paths that do not pass.
     *
     * @param passes gets the segments below the table's location
     */
    void walk(Predicate<List<String>> passes, Consumer<Partition> consumer) {
        descend(location.prefix(), List.of(), passes, consumer);
    }

    private void descend(
            String prefix, List<String> above, Predicate<List<String>> passes, Consumer<Partition> consumer) {
        boolean last = above.size() + 1 == layout.depth();
        for (ListObjectsV2Response page : pages.level(new S3Location(location.bucket(), prefix))) {
            page.contents().forEach(object -> skipObject(prefix, object));
            for (CommonPrefix child : page.commonPrefixes()) {
                String segment =
                        child.prefix().substring(prefix.length(), child.prefix().length() - 1);
                Optional<Layout.Mismatch> mismatch = layout.mismatch(above.size(), segment);
                if (mismatch.isPresent()) {
                    skip(child.prefix(), mismatch.get());
                    continue;
                }
                List<String> path = append(above, segment);
                if (last) {
                    take(child.prefix(), path, consumer);
                } else if (passes.test(path)) {
                    descend(child.prefix(), path, passes, consumer);
                }
            }
        }
    }

    private void take(String prefix, List<String> path, Consumer<Partition> consumer) {
        switch (layout.parse(path)) {
            case Layout.Parsed.Values parsed -> consumer.accept(new Partition(parsed.values(), prefix));
            case Layout.Parsed.Unparsable unparsable -> skip(prefix, unparsable.mismatch());
        }
    }

    /** An object above the last level belongs to no partition; markers of folders are no objects that anybody wrote. */
    private void skipObject(String prefix, S3Object object) {
        String name = object.key().substring(prefix.length());
        if (name.isEmpty() || name.endsWith(FOLDER_MARKER)) {
            return;
        }
        boolean hidden = name.startsWith("_") || name.startsWith(".");
        skips.add(
                hidden
                        ? new Skip(object.key(), SkipReason.HIDDEN, "names that begin with '_' or '.' are ignored")
                        : new Skip(
                                object.key(),
                                SkipReason.MISSING_LEVEL,
                                "an object above the partitions, which begin " + layout.depth() + " levels below "
                                        + location));
    }

    private void skip(String prefix, Layout.Mismatch mismatch) {
        skips.add(new Skip(prefix, mismatch.reason(), mismatch.detail()));
    }

    private static List<String> append(List<String> list, String last) {
        List<String> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
