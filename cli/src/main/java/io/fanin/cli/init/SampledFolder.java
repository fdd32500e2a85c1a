package io.fanin.cli.init;

import io.fanin.core.s3.ObjectSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that was listed, without the folders below it.
 *
 * @param path the names of the folders between the root of the sample and this one
 * @param folders the names of the folders in it that are not hidden, in the order of S3
 * @param hidden the names of hidden folders
 * @param objects the first data objects that lie directly in it
 * @param isWhole whether all of its names were listed
 */
record SampledFolder(
        List<String> path, List<String> folders, Set<String> hidden, List<ObjectSummary> objects, boolean isWhole) {

    SampledFolder {
        path = List.copyOf(path);
        folders = List.copyOf(folders);
        hidden = Set.copyOf(hidden);
        objects = List.copyOf(objects);
    }

    List<String> pathOf(String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return List.copyOf(below);
    }

    /** This folder relative to one that is some levels below the root. */
    SampledFolder below(int levels) {
        return new SampledFolder(path.subList(levels, path.size()), folders, hidden, objects, isWhole);
    }

    /** The object or folder that shows that another table format keeps a list of files here, for people. */
    Optional<String> listOfFiles() {
        if (hidden.contains("_delta_log")) {
            return Optional.of("_delta_log/, in which Delta lists a table's files");
        }
        if (hidden.contains(".hoodie")) {
            return Optional.of(".hoodie/, in which Hudi lists a table's files");
        }
        return folders.containsAll(Set.of("data", "metadata"))
                ? Optional.of("data/ and metadata/, in which Iceberg lists a table's files")
                : Optional.empty();
    }
}
