package io.fanin.records.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.InMemoryObjects;
import io.fanin.records.objects.ObjectDefectException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of Avro's own writer: complete, cut and damaged ones, and files that no writer produces. */
class AvroFileTest {

    private static final String KEY = "t/hour=1/a.avro";

    /** Every type, within each other. */
    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "Flight", "namespace": "t", "fields": [
              {"name": "id", "type": "long"}, {"name": "hour", "type": "int"}, {"name": "late", "type": "boolean"},
              {"name": "delay", "type": ["null", "double"]}, {"name": "part", "type": "float"},
              {"name": "carrier", "type": "string"}, {"name": "raw", "type": "bytes"}, {"name": "none", "type": "null"},
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 4}},
              {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["OFF", "ON"]}},
              {"name": "stops", "type": {"type": "array", "items": {"type": "record", "name": "Stop", "fields": [
                {"name": "at", "type": "string"}, {"name": "next", "type": ["null", "Stop"]}]}}},
              {"name": "tags", "type": {"type": "map", "values": {"type": "array", "items": "null"}}}]}""");

    private static GenericData.Record flight(int i) {
        Schema stop = SCHEMA.getField("stops").schema().getElementType();
        GenericData.Record last = new GenericData.Record(stop);
        last.put("at", "SFO");
        GenericData.Record first = new GenericData.Record(stop);
        first.put("at", "JFK");
        first.put("next", last);
        GenericData.Record flight = new GenericData.Record(SCHEMA);
        flight.put("id", i * 1_000_003L * (i % 2 == 0 ? 1 : -1));
        flight.put("hour", i % 24);
        flight.put("late", i % 3 == 0);
        flight.put("delay", i % 5 == 0 ? null : i / 7.0);
        flight.put("part", i / 3f);
        flight.put("carrier", "AA".repeat(i % 40));
        flight.put("raw", ByteBuffer.wrap(new byte[i % 7]));
        flight.put("hash", new GenericData.Fixed(SCHEMA.getField("hash").schema(), new byte[] {1, 2, 3, (byte) i}));
        flight.put("state", new GenericData.EnumSymbol(SCHEMA.getField("state").schema(), i % 2 == 0 ? "ON" : "OFF"));
        flight.put("stops", i % 4 == 0 ? List.of() : List.of(first, last));
        flight.put("tags", Map.of("seen", Arrays.asList(null, null), "none", List.of()));
        return flight;
    }

    private static byte[] file(CodecFactory codec, int rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<GenericData.Record> writer = new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
            writer.setCodec(codec).setSyncInterval(2_000).create(SCHEMA, out);
            for (int i = 0; i < rows; i++) {
                writer.append(flight(i));
            }
        }
        return out.toByteArray();
    }

    private static long rows(byte[] file) {
        ObjectSummary object = InMemoryObjects.summary(KEY, file.length);
        return AvroFile.rows(object, new InMemoryObjects().put(KEY, file), schema -> {}, () -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "zstandard"})
    void recordsOfEachCodecAreCounted(String codec) throws IOException {
        for (int rows : new int[] {0, 1, 1_000}) {
            assertThat(rows(file(CodecFactory.fromString(codec), rows))).isEqualTo(rows);
        }
    }

    @Test
    void piecesOfSnappyAreAsLargeAsItsWritersMakeThem() throws IOException {
        Schema text = Schema.create(Schema.Type.STRING);
        StringBuilder far = new StringBuilder();
        new Random(7).ints(40_000, 'a', 'z').forEach(c -> far.append((char) c));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<String> writer = new DataFileWriter<>(new GenericDatumWriter<>(text))) {
            writer.setCodec(CodecFactory.snappyCodec()).setSyncInterval(1 << 20).create(text, out);
            writer.append(far.toString());
            writer.append(far.toString());
        }

        assertThat(rows(out.toByteArray())).isEqualTo(2);
    }

    @Test
    void snappyMayReferFarBack() throws IOException {
        byte[] half = new byte[100_000];
        new Random(7).nextBytes(half);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<ByteBuffer> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
            writer.setCodec(new FarSnappy()).setSyncInterval(1 << 20).create(Schema.create(Schema.Type.BYTES), out);
            writer.append(ByteBuffer.wrap(half));
            writer.append(ByteBuffer.wrap(half));
        }
        assertThat(out.size()).isLessThan(half.length * 3 / 2);

        assertThat(rows(out.toByteArray())).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
    void everyCutIsRecognisedExceptBetweenBlocks(String codec) throws IOException {
        byte[] whole = file(CodecFactory.fromString(codec), 60);
        List<Integer> ends = new ArrayList<>();

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            Throwable thrown = catchThrowable(() -> rows(cut));
            if (thrown == null) {
                ends.add(length);
            } else {
                assertThat(thrown)
                        .as("of %d bytes", length)
                        .isInstanceOfSatisfying(
                                ObjectDefectException.class,
                                defect -> assertThat(defect.code()).isEqualTo(FailureCode.TRUNCATED));
            }
        }

        byte[] sync = Arrays.copyOfRange(whole, whole.length - AvroHeader.SYNC, whole.length);
        assertThat(ends)
                .isNotEmpty()
                .allSatisfy(end -> assertThat(Arrays.copyOfRange(whole, end - AvroHeader.SYNC, end))
                        .isEqualTo(sync));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "zstandard"})
    void damageIsADefectOfTheObjectOrChangesNoCount(String codec) throws IOException {
        byte[] whole = file(CodecFactory.fromString(codec), 60);
        Random random = new Random(11);
        int found = 0;

        for (int i = 0; i < 1_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            Throwable thrown = catchThrowable(() -> rows(damaged));
            if (thrown != null) {
                assertThat(thrown).as("change %d", i).isInstanceOf(ObjectDefectException.class);
                found++;
            }
        }

        assertThat(found).as("of 1,000, some of which change a text or nothing").isGreaterThan(200);
    }

    @Test
    void whatIsNotAvroIsOfAWrongFormat() {
        assertDefect(FailureCode.WRONG_FORMAT, "PAR1PAR1".getBytes(StandardCharsets.UTF_8), "not Avro");
        assertDefect(FailureCode.TRUNCATED, new byte[0], "");
    }

    @Test
    void schemaMayBeRefusedBeforeAnyBlockIsRead() throws IOException {
        byte[] file = file(CodecFactory.nullCodec(), 3);
        file[file.length - 1]++;

        assertThatThrownBy(() -> AvroFile.rows(
                        InMemoryObjects.summary(KEY, file.length),
                        new InMemoryObjects().put(KEY, file),
                        schema -> {
                            throw new IllegalStateException(schema.getFullName());
                        },
                        () -> {}))
                .hasMessage("t.Flight");
    }

    /** Blocks of hostile files: each is refused or counted at once, without memory for its declared length. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"null\"'                                 | 9223372036854775807 | ''                     | counted",
                "'{\"type\":\"record\",\"name\":\"A\",\"fields\":[]}' | 9223372036854775807 | ''            | counted",
                "'\"string\"'                               | 1                   | fe ff ff ff ff ff ff ff ff 01 | less",
                "'\"string\"'                               | 1                   | 01                     | bytes",
                "'\"int\"'                                  | 1                   | ff ff ff ff ff ff 01   | 32 bits",
                "'\"int\"'                                  | 4611686018427387904 | 00 00                  | less",
                "'\"int\"'                                  | 1                   | 00 00                  | more",
                "'\"int\"'                                  | -1                  | 00                     | records",
                "'[\"null\",\"int\"]'                       | 1                   | 04                     | branch",
                "'{\"type\":\"array\",\"items\":\"null\"}'  | 1                   | fe ff ff ff ff ff ff ff ff 01 00 | counted",
                "'{\"type\":\"array\",\"items\":\"int\"}'   | 1                   | ff ff ff ff ff ff ff ff ff 01 00 | items",
                "'{\"type\":\"map\",\"values\":\"null\"}'   | 1                   | fe ff ff ff ff ff ff ff ff 01 | less"
            })
    void hostileCountsAndLengthsAreBelievedByNobody(String schema, long records, String hex, String found) {
        byte[] data = bytes(hex);
        byte[] file = file(schema, records, data.length, data);

        if (found.equals("counted")) {
            assertThat(rows(file)).isEqualTo(records);
        } else {
            assertDefect(FailureCode.CORRUPT, file, found);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 1L << 40, Long.MAX_VALUE})
    void blockThatIsLongerThanTheFileIsCut(long length) {
        assertDefect(FailureCode.TRUNCATED, file("\"int\"", 1, length, new byte[] {0}), "cut short");
    }

    @Test
    void deepSchemasAndValuesAreRefused() {
        String array = "{\"type\":\"array\",\"items\":";
        assertDefect(FailureCode.CORRUPT, file(array.repeat(100_000), 0, 0, new byte[0]), "schema");
        String deep = array.repeat(900) + "\"int\"" + "}".repeat(900);
        byte[] nested = new byte[900];
        Arrays.fill(nested, (byte) 2);
        assertDefect(FailureCode.CORRUPT, file(deep, 1, nested.length, nested), "nesting depth");
        String list = "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}";
        byte[] chain = new byte[1 << 20];
        Arrays.fill(chain, (byte) 2);
        assertDefect(FailureCode.CORRUPT, file(list, 1, chain.length, chain), "levels");
    }

    /** Each record holds the one before twice: 2^40 fields, in no bytes. */
    @Test
    void emptyRecordsWithinRecordsTakeNoTime() {
        StringBuilder schema = new StringBuilder("{\"type\":\"record\",\"name\":\"R0\",\"fields\":[]}");
        for (int i = 1; i <= 40; i++) {
            schema.insert(0, "{\"type\":\"record\",\"name\":\"R%d\",\"fields\":[{\"name\":\"a\",\"type\":".formatted(i))
                    .append("},{\"name\":\"b\",\"type\":\"R%d\"}]}".formatted(i - 1));
        }
        String both = "{\"type\":\"record\",\"name\":\"T\",\"fields\":[{\"name\":\"a\",\"type\":" + schema
                + "},{\"name\":\"n\",\"type\":\"int\"}]}";

        assertThat(rows(file(both, 3, 3, new byte[3]))).isEqualTo(3);
    }

    /** Avro's parser would take a minute for a schema of the maximum size. */
    @Test
    void schemaOfVeryManyRecordsIsRefused() {
        assertDefect(FailureCode.CORRUPT, file(chain(2_000, i -> i - 1), 0, 0, new byte[0]), "more than 2000 records");
    }

    /** Each record refers to others by name, defined earlier or later. */
    @Test
    void recordsThatReferToEachOtherAreLookedAtOnce() {
        String backward = chain(1_500, i -> i - 1);
        String forward = chain(100, i -> i == 99 ? -1 : i + 1);

        assertThat(rows(file(backward, 3, 3, new byte[3]))).isEqualTo(3);
        assertThat(rows(file(forward, 3, 3, new byte[3]))).isEqualTo(3);
        String far = chain(1_999, i -> i == 1_998 ? -1 : i + 1);
        assertDefect(FailureCode.CORRUPT, file(far, 3, 3, new byte[3]), "nested too deeply");
    }

    /** A number, and records that each contain another one; the first of them, or the last, contains nothing. */
    private static String chain(int records, IntUnaryOperator other) {
        StringBuilder fields = new StringBuilder("{\"name\":\"n\",\"type\":\"int\"}");
        for (int i = 0; i < records; i++) {
            int next = other.applyAsInt(i);
            String held = next < 0 ? "" : "{\"name\":\"a\",\"type\":\"R%d\"}".formatted(next);
            fields.append(",{\"name\":\"f%d\",\"type\":{\"type\":\"record\",\"name\":\"R%d\",\"fields\":[%s]}}"
                    .formatted(i, i, held));
        }
        return "{\"type\":\"record\",\"name\":\"T\",\"fields\":[" + fields + "]}";
    }

    @Test
    void moreRecordsThanANumberHoldsAreRefused() throws IOException {
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.write(file("\"null\"", Long.MAX_VALUE, 0, new byte[0]));
        writeBlock(twice, Long.MAX_VALUE, 0, new byte[0]);

        assertDefect(FailureCode.CORRUPT, twice.toByteArray(), "more records");
    }

    private static void assertDefect(FailureCode code, byte[] file, String message) {
        assertThatThrownBy(() -> rows(file)).isInstanceOfSatisfying(ObjectDefectException.class, defect -> {
            assertThat(defect.code()).isEqualTo(code);
            assertThat(defect).hasMessageContaining(KEY).hasMessageContaining(message);
            assertThat(defect.getMessage()).hasSizeLessThan(500);
        });
    }

    private static byte[] file(String schema, long records, long length, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("Obj\1".getBytes(StandardCharsets.ISO_8859_1));
        number(out, 1);
        text(out, "avro.schema");
        text(out, schema);
        number(out, 0);
        out.writeBytes(new byte[AvroHeader.SYNC]);
        writeBlock(out, records, length, data);
        return out.toByteArray();
    }

    private static void writeBlock(ByteArrayOutputStream out, long records, long length, byte[] data) {
        number(out, records);
        number(out, length);
        out.writeBytes(data);
        out.writeBytes(new byte[AvroHeader.SYNC]);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, long number) {
        long left = (number << 1) ^ (number >> 63);
        while ((left & ~0x7FL) != 0) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    private static byte[] bytes(String hex) {
        String digits = hex.replace(" ", "");
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
