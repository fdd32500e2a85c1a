package io.fanin.warehouse.job;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The marker of an hour that is complete: it names the objects of which the hour consists, and no others count.
 *
 * @param etag the marker's own
 * @param content of {@link #naming}
 * @param submitted when the query that made these objects was submitted; {@link Instant#MIN} if the marker is not a
 *     job's
 */
record HourMarker(String etag, String content, Instant submitted) {

    /**
     * The content of a marker for objects: a line for each.
     *
     * @param objects their ETags by their keys
     */
    static String naming(Map<String, String> objects) {
        return new TreeMap<>(objects)
                .entrySet().stream().map(object -> line(object) + "\n").collect(Collectors.joining());
    }

    private static String line(Map.Entry<String, String> object) {
        return object.getValue() + " "
                + object.getKey().substring(object.getKey().lastIndexOf('/') + 1);
    }

    /** Whether the hour consists of these objects. */
    boolean isOf(Map<String, String> objects) {
        return content.equals(naming(objects));
    }

    /** The given objects that the marker does not name. */
    Map<String, String> strangers(Map<String, String> objects) {
        Set<String> lines = content.lines().collect(Collectors.toSet());
        return objects.entrySet().stream()
                .filter(object -> !lines.contains(line(object)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
