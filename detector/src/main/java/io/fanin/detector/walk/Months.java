package io.fanin.detector.walk;

import io.fanin.core.s3.S3Pages;
import io.fanin.model.layout.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The folders of the months within a walk's bounds. Most windows lie in one or two, and then one request for each is
 * cheaper than listing the levels above them.
 */
record Months(S3Pages pages, Layout layout, Scope scope) {

    /** The maximum number: with more of them, listing the levels above takes fewer requests. */
    private static final int MAX = 2;

    /** The character after {@code /}: keys with it sort after everything in a folder. */
    private static final char BEHIND_SLASH = '/' + 1;

    /**
     * The months below a folder, each found by requesting the first key after the previous one.
     *
     * @param first the path of the first
     * @return empty if there are too many, or there are other keys among them
     */
    Optional<List<Folder>> below(Folder top, List<String> first) {
        List<Folder> months = new ArrayList<>();
        Optional<List<String>> month = Optional.of(first);
        while (month.isPresent() && months.size() < MAX) {
            Folder folder = top.below(month.get());
            months.add(folder);
            Optional<String> next = pages.firstKeyAfter(top.location(), behind(folder));
            if (next.isEmpty()) {
                return Optional.of(months);
            }
            month = monthOf(next.get(), top, first.size());
        }
        return Optional.empty();
    }

    private static String behind(Folder folder) {
        String prefix = folder.location().prefix();
        return prefix.substring(0, prefix.length() - 1) + BEHIND_SLASH;
    }

    private Optional<List<String>> monthOf(String key, Folder top, int depth) {
        List<String> path = new ArrayList<>(top.path());
        path.addAll(List.of(top.nameOf(key).split("/", -1)));
        if (path.size() <= depth) {
            return Optional.empty();
        }
        List<String> month = path.subList(0, depth);
        boolean fits = IntStream.range(top.path().size(), depth)
                .allMatch(level -> layout.mismatch(level, month.get(level)).isEmpty());
        return fits && scope.isMonth(month) ? Optional.of(month) : Optional.empty();
    }
}
