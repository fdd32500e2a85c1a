package io.fanin.warehouse;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The format of a table's objects, with the Hive classes declared for readers. */
public enum DataFormat {
    PARQUET(
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"),
    /** One object a line. */
    JSON(
            "org.apache.hadoop.mapred.TextInputFormat",
            "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            "org.openx.data.jsonserde.JsonSerDe");

    private final String input;
    private final String output;
    private final String serde;

    DataFormat(String input, String output, String serde) {
        this.input = input;
        this.output = output;
        this.serde = serde;
    }

    /**
     * The format of this name, in any case.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static DataFormat of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not a format, expected one of: "
                        + Arrays.stream(values()).map(DataFormat::label).collect(Collectors.joining(", "))));
    }

    /** The table's {@code classification} in Glue. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String input() {
        return input;
    }

    String output() {
        return output;
    }

    String serde() {
        return serde;
    }
}
