package io.fanin.benchmarks;

import io.fanin.model.table.Column;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The objects of a partition of raw data, which are made anew alike. */
interface RawData {

    /** The number of different contents, after which they repeat. */
    int DIFFERENT = 4;

    /** The number of objects. */
    int objects();

    String name(int number);

    /** The content that this seed gives. */
    RawObject content(int seed);

    /** The different contents; object i has the content i modulo their number. */
    default List<RawObject> different() {
        return IntStream.range(0, Math.min(DIFFERENT, objects()))
                .mapToObj(this::content)
                .toList();
    }

    /** With Hive's types. */
    List<Column> columns();

    /** Of CSV, which has a header; empty for JSON. */
    Optional<Character> delimiter();
}
