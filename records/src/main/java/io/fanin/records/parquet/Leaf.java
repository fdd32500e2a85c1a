package io.fanin.records.parquet;

import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * A primitive column.
 *
 * @param path from the root, with dots
 * @param repeated whether a row may have any number of its values
 */
record Leaf(String path, boolean repeated, SchemaElement element) {

    Type type() {
        return element.getType();
    }

    /** Minimum bytes of a value in plain encoding; 0 if several values share a byte. */
    int width() {
        return switch (type()) {
            case BOOLEAN -> 0;
            case INT32, FLOAT, BYTE_ARRAY -> 4;
            case INT64, DOUBLE -> 8;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> element.getType_length();
        };
    }
}
