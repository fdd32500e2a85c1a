package io.fanin.model.table;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats that a table's objects, or raw data, can have. */
public enum DataFormat {
    PARQUET,
    JSON,
    CSV,
    /** Avro's object container files, of tables that exist: they are validated, and not read otherwise. */
    AVRO,
    /** Any other format of a table in the catalog: only its SerDe can read it, so its partitions are not read here. */
    OTHER;

    /** Whether tables of this format are created here; others take their SerDe's settings from the catalog. */
    public boolean isCreated() {
        return this != AVRO && this != OTHER;
    }

    /** The format's name in a table spec, and its {@code classification} in Glue. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format with this label.
     *
     * @throws IllegalArgumentException if there is none
     */
    @JsonCreator
    public static DataFormat of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is not a format, expected one of: "
                        + Arrays.stream(values())
                                .filter(DataFormat::isCreated)
                                .map(DataFormat::label)
                                .collect(Collectors.joining(", "))));
    }
}
