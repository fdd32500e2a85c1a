package io.fanin.fakes;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The partitions of a table with too many partitions for memory. Thread-safe. */
public interface ComputedPartitions {

    /** The values of all partitions, in order: value by value as Java compares strings. */
    Iterator<List<String>> all();

    /** Those that come after these values. */
    Iterator<List<String>> after(List<String> values);

    boolean contains(List<String> values);

    /** The URI of the folder in which the partition lies. */
    String location(List<String> values);

    Map<String, String> parameters(List<String> values);
}
