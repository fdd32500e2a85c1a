package io.fanin.records.avro;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * The beginning of a file.
 *
 * @param schema the schema of its values
 * @param sync the bytes after each block
 */
record AvroHeader(Schema schema, AvroCodec codec, ByteBuffer sync) {

    private static final byte[] MAGIC = {'O', 'b', 'j', 1};

    static final int SYNC = 16;

    /** The maximum size of the metadata, in bytes; no realistic schema is longer. */
    private static final int MAX_SIZE = 4 << 20;

    /** The maximum nesting of objects and arrays in a schema: a level of data takes up to three. */
    private static final int MAX_NESTING = 300;

    /** The maximum number of records in a schema: Avro's parser takes time that is quadratic in it. */
    private static final int MAX_RECORDS = 2_000;

    private static final String FIELDS = "fields";

    /** Refuses schemas that are nested too deeply, since Avro's parser is recursive. */
    private static final JsonFactory BOUNDED = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
            .build();

    private static final String SCHEMA = "avro.schema";
    private static final String CODEC = "avro.codec";

    static AvroHeader read(AvroBytes in) throws IOException {
        if (!Arrays.equals(in.bytes(MAGIC.length), MAGIC)) {
            throw new ForeignFileException();
        }
        Map<String, String> metadata = metadata(in);
        ByteBuffer sync = ByteBuffer.wrap(in.bytes(SYNC));
        String codec = metadata.getOrDefault(CODEC, "null");
        return new AvroHeader(
                schema(metadata.get(SCHEMA)),
                AvroCodec.of(codec)
                        .orElseThrow(() -> new MalformedAvroException(
                                "has the codec '" + codec + "', expected one of " + AvroCodec.labels())),
                sync);
    }

    private static Map<String, String> metadata(AvroBytes in) throws IOException {
        Map<String, String> metadata = new HashMap<>();
        for (long count = in.number(Long.SIZE); count != 0; count = in.number(Long.SIZE)) {
            if (count < 0) {
                in.number(Long.SIZE);
            }
            for (long i = 0; i != Math.abs(count); i++) {
                String name = text(in);
                String value = text(in);
                if (name.equals(SCHEMA) || name.equals(CODEC)) {
                    metadata.put(name, value);
                }
            }
        }
        return metadata;
    }

    private static String text(AvroBytes in) throws IOException {
        long length = in.length();
        if (length + in.count() > MAX_SIZE || length > MAX_SIZE) {
            throw new MalformedAvroException("is longer than " + MAX_SIZE + " bytes");
        }
        return new String(in.bytes((int) length), StandardCharsets.UTF_8);
    }

    private static Schema schema(String text) throws IOException {
        if (text == null) {
            throw new MalformedAvroException("has no schema");
        }
        try {
            requireBounded(text);
            return new Schema.Parser(NameValidator.NO_VALIDATION)
                    .setValidateDefaults(false)
                    .parse(text);
        } catch (JacksonException e) {
            throw new MalformedAvroException("has a schema that cannot be read: " + e.getOriginalMessage());
        } catch (StackOverflowError e) {
            // Each record in a chain of references counts as a level, too.
            throw new MalformedAvroException("has a schema that is nested too deeply");
        } catch (RuntimeException e) {
            // For invalid schemas, the parser also throws unchecked exceptions that are not its own, such as
            // NullPointerException.
            throw new MalformedAvroException("has a schema that cannot be read: " + e.getMessage());
        }
    }

    private static void requireBounded(String text) throws IOException {
        try (JsonParser parser = BOUNDED.createParser(text)) {
            int records = 0;
            while (parser.nextToken() != null) {
                if (FIELDS.equals(parser.currentName())
                        && parser.currentToken() == JsonToken.FIELD_NAME
                        && ++records > MAX_RECORDS) {
                    throw new MalformedAvroException("has a schema of more than " + MAX_RECORDS + " records");
                }
            }
        }
    }

    /** The file does not begin with Avro's magic bytes. */
    static final class ForeignFileException extends IOException {}
}
