package io.fanin.processor.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.type.HiveTypeParser;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which fields of Avro a table's columns hold. */
class AvroColumnsTest {

    private static AvroColumns of(String type) {
        return new AvroColumns(new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"Id\", \"type\": " + type
                        + "}]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "string            | \"string\"                                        | ",
                "string            | {\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]} | ",
                "varchar(3)        | [\"null\",\"string\"]                              | ",
                "string            | \"long\"                                           | long",
                "boolean           | [\"boolean\"]                                      | ",
                "int               | \"int\"                                            | ",
                "smallint          | \"int\"                                            | ",
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
                "array<int>        | {\"type\":\"array\",\"items\":[\"null\",\"int\"]}  | ",
                "array<int>        | {\"type\":\"array\",\"items\":\"string\"}          | string",
                "map<string,int>   | {\"type\":\"map\",\"values\":\"int\"}              | ",
                "map<int,int>      | {\"type\":\"map\",\"values\":\"int\"}              | map",
                "map<string,int>   | {\"type\":\"map\",\"values\":\"double\"}           | double",
                "struct<a:int>     | {\"type\":\"record\",\"name\":\"S\",\"fields\":[{\"name\":\"A\",\"type\":\"int\"}]} | ",
                "struct<b:int>     | {\"type\":\"record\",\"name\":\"S\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]} | not"
            })
    void columnHoldsWhatHiveMakesOfAField(String column, String field, String found) {
        var disagreement = of(field).disagreement("id", HiveTypeParser.parse(column));

        if (found == null) {
            assertThat(disagreement).isEmpty();
        } else {
            assertThat(disagreement.orElseThrow()).contains("'id").contains(" " + found + " in the file");
        }
    }

    @Test
    void namesAreFoundInAnyCase() {
        AvroColumns columns = of("\"int\"");

        assertThat(columns.names()).containsExactly("Id");
        assertThat(columns.has("id")).isTrue();
        assertThat(columns.has("ids")).isFalse();
    }

    @Test
    void fileOfOtherValuesThanRecordsHasNoColumns() {
        AvroColumns columns = new AvroColumns(Schema.create(Schema.Type.STRING));

        assertThat(columns.names()).isEmpty();
        assertThat(columns.has("id")).isFalse();
    }
}
