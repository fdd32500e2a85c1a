package io.fanin.fakes;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;

/**
 * One page of a listing. A common prefix is skipped as a whole, so the work for a page depends on its size only.
 *
 * @param next where the next page starts; empty on the last page
 */
record S3Listing(List<Entry<String, S3Object>> contents, List<String> commonPrefixes, Optional<S3Position> next) {

    /**
     * The parameters of a listing.
     *
     * @param delimiter empty for none
     */
    record Query(String prefix, String delimiter, S3Position from, int maxKeys) {

        Query from(S3Position first) {
            return new Query(prefix, delimiter, first, maxKeys);
        }

        /** The common prefix that a key falls into, if any. */
        Optional<String> commonPrefix(String key) {
            int end = delimiter.isEmpty() || !key.startsWith(prefix) ? -1 : key.indexOf(delimiter, prefix.length());
            return end < 0 ? Optional.empty() : Optional.of(key.substring(0, end + delimiter.length()));
        }
    }

    /** A page without names that is not the last. */
    static S3Listing empty(Query query) {
        return new S3Listing(List.of(), List.of(), Optional.of(query.from().behindEmptyPage()));
    }

    static S3Listing of(S3Bucket bucket, Query query) {
        List<Entry<String, S3Object>> contents = new ArrayList<>();
        List<String> commonPrefixes = new ArrayList<>();
        String from = Utf8Bounds.max(query.from().name(), query.prefix());
        Iterator<Entry<String, S3Object>> entries = bucket.from(from);
        while (entries.hasNext() && query.maxKeys() > 0) {
            Entry<String, S3Object> entry = entries.next();
            if (!entry.getKey().startsWith(query.prefix())) {
                break;
            }
            if (contents.size() + commonPrefixes.size() == query.maxKeys()) {
                return new S3Listing(contents, commonPrefixes, Optional.of(S3Position.at(from)));
            }
            Optional<String> commonPrefix = query.commonPrefix(entry.getKey());
            if (commonPrefix.isPresent()) {
                commonPrefixes.add(commonPrefix.get());
                from = Utf8Bounds.afterAll(commonPrefix.get());
                entries = bucket.from(from);
            } else {
                contents.add(entry);
                from = Utf8Bounds.after(entry.getKey());
            }
        }
        return new S3Listing(contents, commonPrefixes, Optional.empty());
    }
}
