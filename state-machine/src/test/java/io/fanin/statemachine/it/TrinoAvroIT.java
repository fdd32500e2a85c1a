package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.OnNewColumns;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.processor.avro.AvroValidation;
import io.fanin.records.compression.Compression;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.scratch.Deadline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Avro's types in columns of each type: Trino reads the values of those that validation accepts. */
@ExtendWith(Platform.class)
class TrinoAvroIT {

    private static final String CONTAINER = "org.apache.hadoop.hive.ql.io.avro.AvroContainer";
    private static final String SERDE = "org.apache.hadoop.hive.serde2.avro.AvroSerDe";

    private static final List<String> COLUMNS = List.of(
            "boolean",
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "float",
            "double",
            "decimal(9,2)",
            "decimal(7,2)",
            "decimal(7,3)",
            "decimal(5,2)",
            "date",
            "timestamp",
            "string",
            "varchar(40)",
            "char(3)",
            "array<int>",
            "array<bigint>",
            "array<string>",
            "map<string,int>",
            "map<string,double>",
            "map<int,int>",
            "struct<a:int,b:string>",
            "struct<b:string,a:bigint>",
            "struct<a:int>");

    private static final String ENUM = "{'type':'enum','name':'E','symbols':['X','abc']}";
    private static final String GROUP =
            "{'type':'record','name':'S','fields':[{'name':'a','type':'int'},{'name':'b','type':'string'}]}";
    private static final String UPPER_GROUP = GROUP.replace("'a'", "'A'");
    private static final String BYTES_DECIMAL = "{'type':'bytes','logicalType':'decimal','precision':7,'scale':2}";
    private static final String FIXED_DECIMAL =
            "{'type':'fixed','name':'F','size':4,'logicalType':'decimal','precision':7,'scale':2}";
    private static final byte[] CENTS = {0, 0, 4, -46};
    private static final String MOMENT_TEXT = "\"2013-02-08 10:00:00.250\"";
    private static final long MOMENT = 1_360_317_600_250L;

    /** The value of each kind of field, and its JSON in a column that holds it. */
    private static final List<Field> FIELDS = List.of(
            field("'boolean'", true, "true"),
            field("'int'", 7, "7"),
            field("'int'", Integer.MIN_VALUE, "-2147483648"),
            field("'long'", Long.MAX_VALUE, "9223372036854775807"),
            field("'float'", 1.5f, "1.5"),
            field("'double'", 1.25, "1.25"),
            field("'bytes'", ByteBuffer.wrap(CENTS), "\"\""),
            field("'string'", "abc", "\"abc\""),
            field(logical("string", "uuid"), "6ba7b810-9dad-11d1-80b4-00c04fd430c8", null),
            field(ENUM, new GenericData.EnumSymbol(type(ENUM), "abc"), "\"abc\""),
            field(BYTES_DECIMAL, ByteBuffer.wrap(CENTS), "12.34"),
            field(BYTES_DECIMAL, ByteBuffer.wrap(new byte[] {-2}), "-0.02"),
            field(FIXED_DECIMAL, new GenericData.Fixed(type(FIXED_DECIMAL), CENTS), "12.34"),
            field(logical("int", "date"), 15_744, "\"2013-02-08\""),
            field(logical("int", "time-millis"), 36_000_000, "\"10:00\""),
            field(logical("long", "timestamp-millis"), MOMENT, MOMENT_TEXT),
            field(logical("long", "timestamp-micros"), MOMENT * 1_000, MOMENT_TEXT),
            field(logical("long", "local-timestamp-micros"), MOMENT * 1_000, MOMENT_TEXT),
            field("['null','int']", 7, "7"),
            field("['string','null']", null, "null"),
            field("['boolean']", true, "true"),
            field("['null','int','string']", 7, "7"),
            field("['null'," + logical("long", "timestamp-millis") + "]", MOMENT, MOMENT_TEXT),
            field("['null'," + BYTES_DECIMAL + "]", ByteBuffer.wrap(CENTS), "12.34"),
            field("{'type':'array','items':'int'}", List.of(1, 2), "[1,2]"),
            field("{'type':'array','items':['null','int']}", Arrays.asList(1, null), "[1,null]"),
            field("{'type':'array','items':'string'}", List.of("a"), "[\"a\"]"),
            field("{'type':'map','values':'int'}", Map.of("1", 2), "{\"1\":2}"),
            field("{'type':'map','values':'double'}", Map.of("1", 2.5), "{\"1\":2.5}"),
            field(GROUP, group(GROUP), "{\"a\":7,\"b\":\"abc\"}"),
            field("['null'," + GROUP + "]", group(GROUP), "{\"a\":7,\"b\":\"abc\"}"));

    private final Pipeline pipeline;
    private final Trino trino;
    private TestLake.Table lake;

    TrinoAvroIT(Pipeline pipeline, Trino trino) {
        this.pipeline = pipeline;
        this.trino = trino;
    }

    @BeforeEach
    void aNewDatabase() {
        lake = pipeline.newTable();
    }

    @Test
    void whatValidationPassesIsReadWithItsValues() {
        createDatabase();
        List<String> passed = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (Field field : FIELDS) {
            for (String column : COLUMNS) {
                if (passes(field, column)) {
                    String pair = field.type() + " in " + column;
                    passed.add(pair);
                    String read = read(field, column);
                    if (!isSame(field, column, read)) {
                        unread.add(pair + ": Trino reads " + read);
                    }
                }
            }
        }

        assertThat(unread).isEmpty();
        assertThat(passed).hasSizeGreaterThan(FIELDS.size());
    }

    /** A rule that is stricter than Trino would no longer have a reason. */
    @Test
    void whatValidationRefusesForTheSakeOfTrinoIsNotRead() {
        createDatabase();
        Map<Field, String> refused = Map.of(
                field("'int'", 7, "7"),
                "smallint",
                field("['null','int']", 7, "7"),
                "tinyint",
                field(ENUM, new GenericData.EnumSymbol(type(ENUM), "abc"), "\"abc\""),
                "string",
                field(FIXED_DECIMAL, new GenericData.Fixed(type(FIXED_DECIMAL), CENTS), "12.34"),
                "decimal(7,2)",
                field(logical("long", "timestamp-micros"), MOMENT * 1_000, MOMENT_TEXT),
                "timestamp",
                new Field("Carrier", "'string'", "abc", "\"abc\""),
                "string",
                field(UPPER_GROUP, group(UPPER_GROUP), "{\"a\":7,\"b\":\"abc\"}"),
                "struct<a:int,b:string>");

        refused.forEach((field, column) -> {
            assertThat(passes(field, column)).as("%s in %s", field, column).isFalse();
            String read = read(field, column);
            assertThat(isSame(field, column, read))
                    .as("%s in %s, read as %s", field, column, read)
                    .isFalse();
        });
    }

    @Test
    void codecsThatValidationPassesAreRead() {
        createDatabase();
        for (String codec : List.of("null", "deflate", "bzip2", "zstandard", "xz")) {
            Field field = field("'string'", "abc", "\"abc\"").compressedBy(codec);
            String read = read(field, "string");
            assertThat(passes(field, "string")).as("%s: %s", codec, read).isEqualTo(isSame(field, "string", read));
        }
    }

    @Test
    void runRegistersWhatTrinoReads() {
        pipeline.catalog()
                .create(
                        lake,
                        avro(lake.location(), "carrier", "string")
                                .andThen(table -> table.partitionKeys(column("dt", "string")))::apply);
        lake.with("dt=2013-02-08/a.avro", new Field("carrier", "['null','string']", "UA", "").file());

        Finished run = pipeline.run(lake.names());

        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        assertThat(trino.query(lake.database(), "select carrier, dt from flights"))
                .containsExactly(List.of("UA", "2013-02-08"));

        lake.with("dt=2013-02-09/a.avro", new Field("Carrier", "'string'", "UA", "").file());
        Finished partial = pipeline.run(lake.names());

        assertThat(partial.error()).as(partial.toString()).endsWith("TablePartialException");
        assertThat(partial.message()).contains("'carrier' is 'Carrier' in the file");
    }

    private void createDatabase() {
        pipeline.clients().glue().createDatabase(request -> request.databaseInput(db -> db.name(lake.database())));
    }

    /** The value as JSON that Trino reads from a table of one file, or its error. */
    private String read(Field field, String column) {
        String table = "t" + Integer.toUnsignedString(new Pair(field.toString(), column).hashCode(), 36);
        String name = field.column();
        lake.with(table + "/a.avro", field.file());
        TableInput.Builder input = TableInput.builder().name(table);
        pipeline.clients()
                .glue()
                .createTable(request -> request.databaseName(lake.database())
                        .tableInput(avro(lake.location() + table + "/", name, column)
                                .apply(input)
                                .build()));
        String value = column.startsWith("char") ? "cast(" + name + " as varchar)" : name;
        try {
            return trino.query(lake.database(), "select json_format(cast(" + value + " as json)) from " + table)
                    .getFirst()
                    .getFirst();
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private record Pair(String field, String column) {}

    private static UnaryOperator<TableInput.Builder> avro(String location, String name, String type) {
        return table -> table.tableType("EXTERNAL_TABLE")
                .parameters(Map.of("EXTERNAL", "TRUE"))
                .storageDescriptor(storage -> storage.location(location)
                        .columns(column(name, type))
                        .inputFormat(CONTAINER + "InputFormat")
                        .outputFormat(CONTAINER + "OutputFormat")
                        .serdeInfo(serde -> serde.serializationLibrary(SERDE)));
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }

    /**
     * Whether a text of JSON has the field's value, as far as the column has its parts; texts are cut to its length.
     */
    private static boolean isSame(Field field, String column, String read) {
        if (field.value() == null) {
            String text = String.valueOf(field.datum());
            return read.equals("\"" + (column.equals("char(3)") ? text.substring(0, 3) : text) + "\"");
        }
        if (column.equals("struct<a:int>")) {
            return read.equals("{\"a\":7}");
        }
        return json(field.value())
                .map(expected -> json(read)
                        .filter(found -> expected.equals(TrinoAvroIT::compare, found))
                        .isPresent())
                .orElse(false);
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(Json.documents().readTree(text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue())
                : one.equals(other) ? 0 : 1;
    }

    private static boolean passes(Field field, String column) {
        byte[] file = field.file();
        TableDefinition table = new TableDefinition(
                new TableName("raw", "t"),
                S3Location.of("s3://lake/t/"),
                DataFormat.AVRO,
                CsvOptions.DEFAULT,
                List.of(new io.fanin.model.table.Column(field.column(), column)),
                List.of(new PartitionKey("dt", KeyType.STRING)),
                TableDefinition.HIVE_LAYOUT);
        try {
            new AvroValidation(
                            new OneFile(file), table, ProcessorSpec.Validate.DEFAULT, OnNewColumns.FAIL, Deadline.NONE)
                    .partition()
                    .add(new ObjectSummary("a.avro", file.length, "\"e\"", Instant.EPOCH), Compression.NONE);
            return true;
        } catch (ObjectDefectException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Field field(String type, Object datum, String value) {
        return new Field("c", type, datum, value);
    }

    private static String logical(String type, String logical) {
        return "{'type': '" + type + "', 'logicalType': '" + logical + "'}";
    }

    private static Schema type(String type) {
        return record("x", type).getFields().getFirst().schema();
    }

    private static Schema record(String name, String type) {
        String record = "{'type':'record','name':'R','fields':[{'name':'" + name + "','type':" + type + "}]}";
        return new Schema.Parser().parse(record.replace('\'', '"'));
    }

    private static Object group(String type) {
        GenericData.Record record = new GenericData.Record(type(type));
        record.put(0, 7);
        record.put(1, "abc");
        return record;
    }

    /**
     * The field of a file's only record.
     *
     * @param type in Avro's JSON, with single quotes
     * @param value as JSON; null if it is the text of the datum
     */
    private record Field(String name, String type, Object datum, String value, String codec) {

        Field(String name, String type, Object datum, String value) {
            this(name, type, datum, value, "null");
        }

        Field compressedBy(String other) {
            return new Field(name, type, datum, value, other);
        }

        String column() {
            return name.toLowerCase(Locale.ROOT);
        }

        byte[] file() {
            Schema schema = record(name, type);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
                writer.setCodec(CodecFactory.fromString(codec)).create(schema, file);
                GenericData.Record record = new GenericData.Record(schema);
                record.put(0, datum);
                writer.append(record);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return file.toByteArray();
        }
    }

    /** An object that is read as a whole. */
    @SuppressWarnings("ArrayRecordComponent")
    private record OneFile(byte[] bytes) implements ObjectSource {

        @Override
        public Iterator<ObjectSummary> list(String prefix) {
            throw new AssertionError(prefix);
        }

        @Override
        public InputStream open(ObjectSummary object) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] range(ObjectSummary object, long from, long toInclusive) {
            throw new AssertionError(object);
        }
    }
}
