package io.fanin.benchmarks;

import io.fanin.benchmarks.RawFlights.Content;
import io.fanin.model.table.Column;
import java.util.List;
import java.util.Optional;

/** The objects of a partition of raw data, which are made anew alike. */
interface RawData {

    /** The number of objects. */
    int objects();

    String name(int number);

    /** The different contents; object i has the content i modulo their number. */
    List<Content> different();

    /** With Hive's types. */
    List<Column> columns();

    /** Of CSV, which has a header; empty for JSON. */
    Optional<Character> delimiter();
}
