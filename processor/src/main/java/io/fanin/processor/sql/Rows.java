package io.fanin.processor.sql;

import io.fanin.core.spec.RawRecords;
import io.fanin.core.table.Column;
import io.fanin.core.table.DataFormat;
import io.fanin.core.table.SourceDefinition;
import io.fanin.processor.convert.ConversionSettings;
import io.fanin.processor.convert.Deadline;
import io.fanin.processor.convert.LocalConversion;
import io.fanin.processor.duckdb.DuckDb;
import io.fanin.processor.validate.ObjectSource;
import java.util.List;
import java.util.function.Function;

/**
 * Reads rows, whatever their format.
 *
 * @param objectsOfBucket reads a bucket
 * @param settings of the conversion of text
 */
record Rows(
        Function<String, ObjectSource> objectsOfBucket,
        ConversionSettings settings,
        Deadline deadline,
        DuckDb database,
        Room room) {

    /** Of raw data. */
    RowFiles of(SourceDefinition source, List<Column> columns, RawRecords rules) {
        return of(
                source, objects -> new LocalConversion(source, columns, rules, objects, settings, deadline, database));
    }

    /** Of a table, as its readers read it. */
    RowFiles ofTable(SourceDefinition table, List<Column> columns) {
        return of(table, objects -> LocalConversion.ofTable(table, columns, objects, settings, deadline, database));
    }

    private RowFiles of(SourceDefinition source, Function<ObjectSource, LocalConversion> text) {
        ObjectSource objects = objectsOfBucket.apply(source.location().bucket());
        return source.format() == DataFormat.PARQUET
                ? new ParquetRows(source.location(), objects, room, settings.readers(), deadline, descriptions())
                : new TextRows(source.location(), text.apply(objects), room, descriptions());
    }

    private Descriptions descriptions() {
        return new Descriptions(database, deadline);
    }
}
