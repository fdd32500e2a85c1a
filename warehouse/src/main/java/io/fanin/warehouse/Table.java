package io.fanin.warehouse;

import java.util.List;
import java.util.Objects;

/** A table of the warehouse that another system writes; its partitions are registered once they exist. */
public final class Table {

    /** The types of partition keys that the pipeline supports. */
    private static final List<String> KEY_TYPES =
            List.of("string", "tinyint", "smallint", "int", "bigint", "date", "timestamp");

    private final List<Column> columns;
    private final List<Column> partitionKeys;
    private final DataFormat dataFormat;

    private Table(Builder builder) {
        this.partitionKeys = builder.partitionKeys;
        this.columns = Columns.checked(builder.columns, partitionKeys);
        this.dataFormat = builder.dataFormat;
    }

    public static Builder builder() {
        return new Builder();
    }

    List<Column> columns() {
        return columns;
    }

    List<Column> partitionKeys() {
        return partitionKeys;
    }

    DataFormat dataFormat() {
        return dataFormat;
    }

    /** Builds a table. */
    public static final class Builder {

        private List<Column> columns = List.of();
        private List<Column> partitionKeys = List.of();
        private DataFormat dataFormat = DataFormat.PARQUET;

        private Builder() {}

        public Builder columns(Column... columns) {
            this.columns = List.of(columns);
            return this;
        }

        /** The partition keys in the order of the folders, {@code dt=2013-02-08/hour=17/}; none by default. */
        public Builder partitionKeys(Column... partitionKeys) {
            for (Column key : partitionKeys) {
                if (!KEY_TYPES.contains(key.type())) {
                    throw new IllegalArgumentException("partition key '" + key.name() + "' is of type '" + key.type()
                            + "': expected one of " + String.join(", ", KEY_TYPES));
                }
            }
            this.partitionKeys = List.of(partitionKeys);
            return this;
        }

        /** The format of the data; Parquet by default. */
        public Builder dataFormat(DataFormat dataFormat) {
            this.dataFormat = Objects.requireNonNull(dataFormat, "dataFormat: expected PARQUET or JSON");
            return this;
        }

        /**
         * The table.
         *
         * @throws IllegalArgumentException if it has no columns, or two of the same name
         */
        public Table build() {
            return new Table(this);
        }
    }
}
