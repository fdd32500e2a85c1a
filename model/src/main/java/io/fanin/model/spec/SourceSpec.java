package io.fanin.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TimePatterns;
import java.util.List;
import java.util.Optional;

/**
 * The part of a spec that determines the raw data from which a table is made: its location, format, columns, keys and
 * layout.
 *
 * @param format JSON by default; Parquet only for queries and custom processors
 * @param dateFormat of dates in texts; those of ISO 8601 by default
 * @param timestampFormat of timestamps in texts; those of ISO 8601 by default
 * @param columns of the raw records, if a query reads them; the table's by default
 * @param partitionKeys of the source's prefixes; the table's by default
 * @param layout of the source's prefixes; {@code hive} by default
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SourceSpec(
        @JsonProperty(required = true) S3Location location,
        Optional<DataFormat> format,
        Optional<CsvSpec> csv,
        Optional<List<String>> dateFormat,
        Optional<List<String>> timestampFormat,
        Optional<List<Column>> columns,
        Optional<List<PartitionKey>> partitionKeys,
        Optional<String> layout) {

    public SourceSpec {
        dateFormat = dateFormat.map(List::copyOf);
        timestampFormat = timestampFormat.map(List::copyOf);
        columns = columns.map(List::copyOf);
        partitionKeys = partitionKeys.map(List::copyOf);
    }

    public DataFormat formatOrDefault() {
        return format.orElse(DataFormat.JSON);
    }

    public String layoutOrDefault() {
        return layout.orElse(TableDefinition.HIVE_LAYOUT);
    }

    /**
     * The raw data has the table's keys, unless it states others; the interval is that of the table's periods alone.
     */
    SourceDefinition definition(List<PartitionKey> tableKeys) {
        return new SourceDefinition(
                location,
                formatOrDefault(),
                csv.map(CsvSpec::optionsOfRawData).orElse(CsvOptions.RAW),
                new TimePatterns(dateFormat.orElse(List.of()), timestampFormat.orElse(List.of())),
                partitionKeys.orElseGet(() ->
                        tableKeys.stream().map(PartitionKey::withoutInterval).toList()),
                layoutOrDefault());
    }

    /** The same source with all defaults filled in. */
    SourceSpec resolved(List<PartitionKey> tableKeys) {
        SourceDefinition definition = definition(tableKeys);
        return new SourceSpec(
                location,
                Optional.of(definition.format()),
                definition.format() == DataFormat.CSV ? Optional.of(CsvSpec.of(definition.csv())) : Optional.empty(),
                dateFormat,
                timestampFormat,
                columns,
                Optional.of(definition.keys()),
                Optional.of(definition.layout()));
    }
}
