package io.fanin.records.parquet;

import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * A column of single values.
 *
 * @param path from the root, with dots
 * @param repeated whether a row may have any number of its values
 */
record Leaf(String path, boolean repeated, SchemaElement element) {

    Type type() {
        return element.getType();
    }

    /** Bytes that a value takes at least, in plain encoding; 0 where several share one. */
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
