package io.fanin.records.avro;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;

/** Skips values of a schema without keeping them, in time that is linear in their bytes. */
final class AvroValues {

    /** The maximum nesting of values; query engines read far fewer levels. */
    private static final int MAX_DEPTH = 500;

    private final Schema schema;
    private final SizedTypes sized;
    private final IdentityHashMap<Schema, List<Schema>> fields = new IdentityHashMap<>();

    AvroValues(Schema schema) {
        this.schema = schema;
        this.sized = SizedTypes.of(schema);
    }

    /** @throws MalformedAvroException if the bytes are not such values */
    void skip(long count, AvroBytes in) throws IOException {
        skip(count, schema, in, 0);
    }

    /** Skips a number of values, in no time if they take no bytes. */
    private void skip(long count, Schema type, AvroBytes in, int depth) throws IOException {
        if (sized.takesBytes(type)) {
            for (long i = 0; i < count; i++) {
                skip(type, in, depth);
            }
        }
    }

    private void skip(Schema type, AvroBytes in, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new MalformedAvroException("holds values within values of more than " + MAX_DEPTH + " levels");
        }
        switch (type.getType()) {
            case NULL -> {}
            case BOOLEAN -> requireBelow(2, in.next(), "boolean");
            case INT -> in.number(Integer.SIZE);
            case LONG -> in.number(Long.SIZE);
            case FLOAT -> in.skip(Float.BYTES);
            case DOUBLE -> in.skip(Double.BYTES);
            case BYTES, STRING -> in.skip(in.length());
            case FIXED -> in.skip(type.getFixedSize());
            case ENUM -> requireBelow(type.getEnumSymbols().size(), in.number(Integer.SIZE), "symbol");
            case UNION -> {
                long branch = in.number(Integer.SIZE);
                requireBelow(type.getTypes().size(), branch, "branch of a union");
                skip(type.getTypes().get((int) branch), in, depth + 1);
            }
            case RECORD -> {
                for (Schema field : fields(type)) {
                    skip(field, in, depth + 1);
                }
            }
            case ARRAY -> skipBlocks(type.getElementType(), false, in, depth);
            case MAP -> skipBlocks(type.getValueType(), true, in, depth);
        }
    }

    private void skipBlocks(Schema type, boolean hasKeys, AvroBytes in, int depth) throws IOException {
        for (long count = itemsOfBlock(in); count > 0; count = itemsOfBlock(in)) {
            if (hasKeys) {
                for (long i = 0; i < count; i++) {
                    in.skip(in.length());
                    skip(type, in, depth + 1);
                }
            } else {
                skip(count, type, in, depth + 1);
            }
        }
    }

    /** Reads the number of items in a block. If it is negative, the block's length follows, which is not needed. */
    private static long itemsOfBlock(AvroBytes in) throws IOException {
        long count = in.number(Long.SIZE);
        if (count >= 0) {
            return count;
        }
        in.number(Long.SIZE);
        if (count == Long.MIN_VALUE) {
            throw new MalformedAvroException("holds an array of " + count + " items");
        }
        return -count;
    }

    private static void requireBelow(int end, long number, String what) throws IOException {
        if (number < 0 || number >= end) {
            throw new MalformedAvroException("holds " + what + " " + number + " of " + end);
        }
    }

    /** The types of those fields of a record that take bytes: only these advance the reader. */
    private List<Schema> fields(Schema record) {
        List<Schema> some = fields.get(record);
        if (some == null) {
            some = record.getFields().stream()
                    .map(Schema.Field::schema)
                    .filter(sized::takesBytes)
                    .toList();
            fields.put(record, some);
        }
        return some;
    }
}
