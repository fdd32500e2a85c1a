package io.fanin.detector.walk;

import io.fanin.model.table.S3Location;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder at or below a table's location.
 *
 * @param path its segments below the table's location
 */
record Folder(S3Location location, List<String> path) {

    Folder {
        path = List.copyOf(path);
    }

    /** The folder at the end of a path below this one's. */
    Folder below(List<String> whole) {
        String between = String.join("/", whole.subList(path.size(), whole.size()));
        return new Folder(new S3Location(location.bucket(), location.prefix() + between + "/"), whole);
    }

    /** The path of a name directly below. */
    List<String> pathOf(String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    /** The name of a folder or object directly below, without its slash. */
    String nameOf(String key) {
        String name = key.substring(location.prefix().length());
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }
}
