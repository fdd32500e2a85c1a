package io.fanin.core.tables;

import io.fanin.model.table.S3Location;
import java.util.List;
import java.util.Map;

/**
 * The tables that the stack brings up to date, and those that it leaves out, each in the order of their names.
 *
 * @param disabled tables that only executions of their own bring up to date; they are among the left out ones, too
 * @param leftOut none of these is among the tables
 * @param places the locations at which data of those arrives that are left out by mistake, as far as that is known, by
 *     {@link SkippedTable#what}
 */
public record KnownTables(
        List<KnownTable> tables,
        List<KnownTable> disabled,
        List<SkippedTable> leftOut,
        Map<String, S3Location> places) {

    /** Tables, and those left out, of which no location is known. */
    public KnownTables(List<KnownTable> tables, List<KnownTable> disabled, List<SkippedTable> leftOut) {
        this(tables, disabled, leftOut, Map.of());
    }

    public KnownTables {
        tables = List.copyOf(tables);
        disabled = List.copyOf(disabled);
        leftOut = List.copyOf(leftOut);
        places = Map.copyOf(places);
    }
}
