package io.fanin.cli.init;

import io.fanin.core.s3.ObjectSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder that was listed, without the folders below it.
 *
 * @param path the names of the folders between the root of the sample and this one
 * @param folders the names of the folders in it that are not hidden, in the order of S3
 * @param objects the first data objects that lie directly in it
 * @param isWhole whether all of its names were listed
 */
record SampledFolder(List<String> path, List<String> folders, List<ObjectSummary> objects, boolean isWhole) {

    SampledFolder {
        path = List.copyOf(path);
        folders = List.copyOf(folders);
        objects = List.copyOf(objects);
    }

    List<String> pathOf(String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return List.copyOf(below);
    }
}
