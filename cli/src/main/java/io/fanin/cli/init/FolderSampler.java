package io.fanin.cli.init;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.s3.ListingPage;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.S3Pages;
import io.fanin.model.layout.HiddenNames;
import io.fanin.model.table.S3Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lists a few folders of a tree: the root, and then on each level the oldest and the newest folder, by the order of
 * their names. If a folder has names of several forms, such as dates and words, only those of the most frequent form
 * are used.
 */
final class FolderSampler {

    /** The maximum number of levels below a root that are listed. */
    private static final int MAX_DEPTH = 9;

    /** The maximum number of pages, of 1,000 names each, that are read of one folder. */
    private static final int MAX_PAGES = 3;

    private static final int MAX_OBJECTS = 100;

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern LETTERS = Pattern.compile("[a-zA-Z]+");

    private final S3Pages pages;

    FolderSampler(S3Pages pages) {
        this.pages = pages;
    }

    /**
     * Takes a sample.
     *
     * @param isPartition whether the folder of this path is a partition, so that it is not listed
     */
    FolderSample sample(S3Location root, Predicate<List<String>> isPartition) {
        List<SampledFolder> listed = new ArrayList<>();
        SampledFolder top = list(root, List.of());
        listed.add(top);
        SampledFolder oldest = top;
        SampledFolder newest = top;
        for (int level = 0; level < MAX_DEPTH; level++) {
            Set<List<String>> next = new LinkedHashSet<>();
            List<String> first = usual(oldest.folders(), FolderSampler::formOfValue);
            List<String> last = usual(newest.folders(), FolderSampler::formOfValue);
            if (!first.isEmpty()) {
                next.add(oldest.pathOf(first.getFirst()));
            }
            if (!last.isEmpty()) {
                next.add(newest.pathOf(last.getLast()));
            }
            next.removeIf(isPartition);
            if (next.isEmpty()) {
                break;
            }
            List<SampledFolder> found =
                    next.stream().map(path -> list(root, path)).toList();
            listed.addAll(found);
            oldest = found.getFirst();
            newest = found.getLast();
        }
        return new FolderSample(root, listed);
    }

    /** The names that have the most frequent form. The form of a name {@code key=value} is its key. */
    static List<String> usual(List<String> names) {
        return usual(names, FolderSampler::form);
    }

    private static List<String> usual(List<String> names, UnaryOperator<String> form) {
        Map<String, List<String>> forms =
                names.stream().collect(Collectors.groupingBy(form, LinkedHashMap::new, Collectors.toList()));
        return forms.entrySet().stream()
                .max(Comparator.<Map.Entry<String, List<String>>>comparingInt(
                                one -> one.getValue().size())
                        .thenComparing(one -> one.getKey().contains("=")))
                .map(Map.Entry::getValue)
                .orElse(List.of());
    }

    private static String form(String name) {
        int sign = name.indexOf('=');
        return sign > 0 ? name.substring(0, sign + 1) : formOfText(name);
    }

    private static String formOfValue(String name) {
        return form(name) + formOfText(name.substring(name.indexOf('=') + 1));
    }

    private static String formOfText(String text) {
        return LETTERS.matcher(DIGITS.matcher(text).replaceAll("0")).replaceAll("a");
    }

    private SampledFolder list(S3Location root, List<String> path) {
        S3Location folder =
                path.isEmpty() ? root : new S3Location(root.bucket(), root.prefix() + String.join("/", path) + "/");
        List<String> folders = new ArrayList<>();
        Set<String> hidden = new HashSet<>();
        List<ObjectSummary> objects = new ArrayList<>();
        Iterator<ListingPage> listing = pages.level(folder).iterator();
        for (int page = 0; page < MAX_PAGES && listing.hasNext(); page++) {
            ListingPage names = listing.next();
            names.folders().stream()
                    .map(child -> child.substring(folder.prefix().length(), child.length() - 1))
                    .filter(name -> !name.isEmpty())
                    .forEach(name -> (HiddenNames.isHidden(name) ? hidden : folders).add(name));
            names.objects().stream()
                    .filter(object -> DataObjects.isData(folder.prefix(), object))
                    .limit(MAX_OBJECTS - objects.size())
                    .forEach(objects::add);
        }
        return new SampledFolder(path, folders, hidden, objects, !listing.hasNext());
    }
}
