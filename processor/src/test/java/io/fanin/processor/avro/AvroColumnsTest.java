package io.fanin.processor.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveTypeParser;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Avro fields that a table's columns can hold. */
class AvroColumnsTest {

    private static AvroColumns of(String type) {
        return new AvroColumns(new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"id\", \"type\": " + type
                        + "}]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "string            | \"string\"                                        | ",
                "string            | {\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]} | enum",
                "varchar(3)        | [\"null\",\"string\"]                              | ",
                "string            | \"long\"                                           | long",
                "boolean           | [\"boolean\"]                                      | ",
                "int               | \"int\"                                            | ",
                "smallint          | \"int\"                                            | int",
                "tinyint           | [\"null\",\"int\"]                                 | int",
                "int               | \"long\"                                           | long",
                "int               | {\"type\":\"int\",\"logicalType\":\"date\"}        | int (date)",
                "bigint            | \"int\"                                            | ",
                "bigint            | {\"type\":\"long\",\"logicalType\":\"timestamp-millis\"} | long (timestamp-millis)",
                "float             | \"double\"                                         | double",
                "double            | [\"float\",\"null\"]                               | ",
                "double            | [\"null\",\"float\",\"string\"]                    | union",
                "date              | {\"type\":\"int\",\"logicalType\":\"date\"}        | ",
                "date              | \"int\"                                            | int",
                "timestamp         | {\"type\":\"long\",\"logicalType\":\"timestamp-millis\"} | ",
                "timestamp         | {\"type\":\"long\",\"logicalType\":\"timestamp-micros\"} | long (timestamp-micros)",
                "decimal(9,2)      | {\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":7,\"scale\":2} | ",
                "decimal(9,2)      | {\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":3} | bytes (decimal)",
                "decimal(9,2)      | {\"type\":\"fixed\",\"name\":\"F\",\"size\":4,\"logicalType\":\"decimal\",\"precision\":7,\"scale\":2} | fixed (decimal)",
                "array<int>        | {\"type\":\"array\",\"items\":[\"null\",\"int\"]}  | ",
                "array<int>        | {\"type\":\"array\",\"items\":\"string\"}          | string",
                "map<string,int>   | {\"type\":\"map\",\"values\":\"int\"}              | ",
                "map<int,int>      | {\"type\":\"map\",\"values\":\"int\"}              | map",
                "map<string,int>   | {\"type\":\"map\",\"values\":\"double\"}           | double",
                "struct<a:int>     | {\"type\":\"record\",\"name\":\"S\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]} | ",
                "struct<b:int>     | {\"type\":\"record\",\"name\":\"S\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]} | not"
            })
    void columnHoldsWhatHiveMakesOfAField(String column, String field, String found) {
        var disagreement = of(field).disagreement("id", HiveTypeParser.parse(column));

        if (found == null) {
            assertThat(disagreement).isEmpty();
        } else {
            assertThat(disagreement.orElseThrow()).contains("'id", " " + found + " in the file");
        }
    }

    /** Otherwise a file with another spelling of the last column would count as one from before the column. */
    @Test
    void nameInAnotherCaseIsFoundAndRefused() {
        AvroColumns columns = new AvroColumns(new Schema.Parser().parse("""
                {"type": "record", "name": "R", "fields": [{"name": "Id", "type": "int"}]}"""));

        assertThat(columns.names()).containsExactly("Id");
        assertThat(columns.has("id")).isTrue();
        assertThat(columns.disagreement("id", HiveTypeParser.parse("int")))
                .hasValue("'id' is 'Id' in the file, and readers of Avro look for lower case");
        String group = "{\"type\":\"record\",\"name\":\"S\",\"fields\":[{\"name\":\"A\",\"type\":\"int\"}]}";
        assertThat(of(group).disagreement("id", HiveTypeParser.parse("struct<a:int>")))
                .hasValue("'id.a' is 'A' in the file, and readers of Avro look for lower case");
        assertThat(columns.has("ids")).isFalse();
    }

    @Test
    void fileOfOtherValuesThanRecordsHasNoColumns() {
        AvroColumns columns = new AvroColumns(Schema.create(Schema.Type.STRING));

        assertThat(columns.names()).isEmpty();
        assertThat(columns.has("id")).isFalse();
    }

    /** The time grows hardly faster than the number of fields, as columns and in a struct. */
    @Test
    @Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
    void manyFieldsAreCompared() {
        int count = 10_000;
        String fields = IntStream.range(0, count)
                .mapToObj(i -> "{\"name\": \"c" + i + "\", \"type\": \"int\"}")
                .collect(Collectors.joining(","));
        Schema record =
                new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + fields + "]}");
        HiveType struct = HiveTypeParser.parse(IntStream.range(0, count)
                .mapToObj(i -> "c" + i + ":int")
                .collect(Collectors.joining(",", "struct<", ">")));

        for (int file = 0; file < 40; file++) {
            AvroColumns columns = new AvroColumns(record);
            assertThat(IntStream.range(0, count)).allMatch(i -> columns.has("C" + i));
            AvroColumns all = new AvroColumns(
                    Schema.createRecord("All", null, null, false, List.of(new Schema.Field("all", record))));
            assertThat(all.disagreement("all", struct)).isEmpty();
        }
    }
}
