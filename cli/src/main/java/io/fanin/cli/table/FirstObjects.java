package io.fanin.cli.table;

import io.fanin.core.s3.S3Pages;
import io.fanin.model.table.S3Location;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The first objects of folders, with one request for each folder. Thread-safe. */
final class FirstObjects {

    private final S3Pages pages;
    private final Map<S3Location, Optional<String>> found = new ConcurrentHashMap<>();

    FirstObjects(S3Pages pages) {
        this.pages = pages;
    }

    /** The URI of the first object in a folder; empty if there is none. */
    Optional<String> of(S3Location folder) {
        return found.computeIfAbsent(
                folder, any -> pages.firstKeyAfter(folder, folder.prefix()).map(folder::uriOf));
    }

    boolean isIn(S3Location folder) {
        return of(folder).isPresent();
    }
}
