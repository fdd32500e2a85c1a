package io.fanin.cli.init;

import io.fanin.model.table.S3Location;
import io.fanin.model.text.LogSafe;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Some folders of a tree: its root, and the folders on the way to its oldest and to its newest leaf.
 *
 * @param folders those that were listed, the root first and each after the one that contains it
 */
record FolderSample(S3Location root, List<SampledFolder> folders) {

    /** The number of names of a folder that are used to determine their form. */
    private static final int NAMES = 100;

    FolderSample {
        folders = List.copyOf(folders);
    }

    SampledFolder top() {
        return folders.getFirst();
    }

    Optional<SampledFolder> at(List<String> path) {
        return folders.stream().filter(folder -> folder.path().equals(path)).findFirst();
    }

    boolean isEmpty() {
        return top().folders().isEmpty() && top().objects().isEmpty();
    }

    /** A finding if the folder was written by another table format, which keeps its own list of files. */
    Optional<Finding> otherFormat() {
        return top().listOfFiles()
                .map(list ->
                        Finding.decide(root + " has " + list + ": partitions would also have the rows of files that"
                                + " are not on that list. Leave it to engines that know the format, unless nothing"
                                + " writes in it"));
    }

    /** A finding for each folder with more names than were read: the newest are probably not among them. */
    List<Finding> cutOff() {
        return folders.stream()
                .filter(folder -> !folder.isWhole() && !folder.folders().isEmpty())
                .map(folder -> Finding.decide("only the first names of "
                        + root.uri()
                        + LogSafe.of(
                                folder.path().stream().map(name -> name + "/").collect(Collectors.joining()))
                        + " were read, up to " + LogSafe.name(folder.folders().getLast())
                        + ": look whether what comes after it has the same form, and plan a run, which counts all"))
                .toList();
    }

    /** The number of levels of the deepest path. */
    int depth() {
        return folders.stream()
                .mapToInt(folder -> folder.path().size() + (folder.folders().isEmpty() ? 0 : 1))
                .max()
                .orElse(0);
    }

    /**
     * Paths of equal length with the names that were seen on each level. Below a folder that was not listed, the names
     * of its neighbours are used.
     *
     * @param usual selects the names of a folder that count
     */
    List<List<String>> paths(UnaryOperator<List<String>> usual) {
        int depth = depth();
        Optional<List<String>> longest = folders.stream()
                .filter(folder -> folder.path().size() == depth - 1)
                .flatMap(folder ->
                        usual.apply(folder.folders()).stream().limit(1).map(name -> folder.pathOf(name)))
                .findFirst();
        return longest.stream()
                .flatMap(rest -> folders.stream()
                        .flatMap(folder ->
                                outermost(usual.apply(folder.folders())).map(name -> folder.pathOf(name)))
                        .map(path -> Stream.concat(path.stream(), rest.stream().skip(path.size()))
                                .toList()))
                .distinct()
                .toList();
    }

    private static Stream<String> outermost(List<String> names) {
        return names.size() <= NAMES
                ? names.stream()
                : Stream.concat(names.stream().limit(NAMES / 2), names.stream().skip(names.size() - NAMES / 2));
    }
}
