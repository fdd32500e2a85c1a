package io.fanin.statemachine.simulation;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The folders of a table and of its data, which are one where the data stays as it is, in a lake in which tables move. */
final class TableFolders {

    /** Where raw data lies, unless its table has moved with it. */
    static final String RAW = "raw/events/";

    private static final String RAW_TOO = "other/events/";
    private static final String MADE = "made/events/";
    private static final String MADE_TOO = "made-again/events/";

    private static final Map<String, String> OTHERS =
            Map.of(RAW, RAW_TOO, RAW_TOO, RAW, MADE, MADE_TOO, MADE_TOO, MADE);

    private final boolean hasSource;
    private final Set<String> ofData = new TreeSet<>(Set.of(RAW));
    private String table;

    TableFolders(ProcessingMode mode) {
        hasSource = mode.hasSource();
        table = hasSource ? MADE : RAW;
    }

    /** Where data lies. */
    String data() {
        return hasSource ? RAW : table;
    }

    /** Where data lies or has lain. */
    Set<String> everOfData() {
        return ofData;
    }

    /** Where the table lies. */
    String table() {
        return table;
    }

    /** The folder that the table has left, or has never had. */
    String left() {
        return OTHERS.get(table);
    }

    void move() {
        table = left();
        if (!hasSource) {
            ofData.add(table);
        }
    }
}
