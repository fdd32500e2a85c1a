package io.fanin.processor.convert;

import static io.fanin.processor.convert.ConversionFixture.FROM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.RawCsv;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.objects.Gzipped;
import io.fanin.records.objects.ObjectDefectException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw data in CSV: headers, delimiters, quotes, nulls, and nested values in JSON. */
class CsvConversionTest {

    @AutoClose
    private final ConversionFixture fixture = new ConversionFixture();

    @Test
    void csvIsReadByItsHeader() throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = new CsvOptions(';', true, true);
        fixture.raw("a.csv", "\uFEFFName;other;ID\r\n\"x;\"\"y\n\\\"\"z\";1;7\r\n\\N;2;8\r\n\"\";;9\r\n");
        fixture.raw("b.csv", "id;name\n1;a\n1;2;3\n\n2;b");
        fixture.raw("c.csv", "PARENT_ID;id;name\n1;3;c\n");

        ConversionReport.Converted converted = fixture.converted();

        assertThat(fixture.rows()).containsExactly("1|a", "2|b", "3|c", "7|x;\"y\n\\\"z", "8|null", "9|");
        assertThat(converted.bad()).isEqualTo(1);
        assertThat(fixture.quarantined).singleElement().asString().contains("expected 2 fields, found 3", "\"line\":3");
    }

    @Test
    void csvWithoutHeaderIsReadByPlace() throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = new CsvOptions('\t', false, false);
        fixture.columns = List.of(
                new Column("id", "int"), new Column("name", "string"), new Column("tags", "map<string,array<int>>"));
        fixture.raw("a.tsv", "1\t\"a\"\t{\"k\":[1,2]}\n2\t\t\n3\tx\t{\"k\":1}\n");

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("1|\"a\"|{k=[1, 2]}", "2|null|null");
        assertThat(fixture.quarantined)
                .singleElement()
                .asString()
                .contains("column tags: expected map<string,array<int>>, found {");
    }

    @Test
    void brokenJsonInAQuotedFieldIsOneBadRecord() throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = new CsvOptions(',', true, true);
        fixture.columns = List.of(new Column("id", "int"), new Column("tags", "array<int>"));
        fixture.raw("a.csv", "id,tags\n1,\"[1,\n2,\n3\"\n2,\"[4,\n5]\"\n3, \n");

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("2|[4, 5]");
        assertThat(fixture.quarantined)
                .hasSize(2)
                .anySatisfy(bad -> assertThat(bad)
                        .contains(
                                "column tags: expected array<int>, found [1,?2,?3",
                                "\"line\":2,",
                                "1,\\\"[1,\\n2,\\n3\\\""))
                .anySatisfy(bad -> assertThat(bad).contains("column tags: expected array<int>", "\"line\":7,"));
    }

    @Test
    void nullTextAndEmptyFieldsOfOtherTypesAreNull() throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = new CsvOptions(',', true, true).nullAs("NA");
        fixture.raw("a.csv", "id,name\n1,NA\nNA,\\N\n,x\n4,\n5,\"NA\"\n");

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("1|null", "4|", "5|NA", "null|\\N", "null|x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-16BE"})
    void otherCharsetsAreDecoded(String charset) throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = csv(';', true, true, charset);
        fixture.columns = List.of(new Column("gr\u00f6\u00dfe", "int"), new Column("caf\u00e9", "string"));
        byte[] csv = "caf\u00e9;gr\u00f6\u00dfe\n\"\u00fcber\";1\n\u00e9t\u00e9;2\n".getBytes(Charset.forName(charset));
        fixture.raw("a.csv", csv).raw("b.csv.gz", Gzipped.member(csv, 1));

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("1|\u00fcber", "1|\u00fcber", "2|\u00e9t\u00e9", "2|\u00e9t\u00e9");
        assertThat(fixture.quarantined).isEmpty();
    }

    /** Files, or their gzip members, were joined with cat: the names would become a row of texts. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void headerInTheMiddleIsABadRecord(boolean quoted) throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = new CsvOptions(',', quoted, true);
        fixture.columns = List.of(new Column("city", "varchar(9)"), new Column("name", "string"));
        fixture.raw("a.csv", "\uFEFFname,city,more\na,b,c\n\uFEFFname,city,more\nname,city,x\nd,e,f\n")
                .raw("b.csv.gz", ConversionFixture.gzip("name,city,more\ng,h,i\n", "name,city,more\nj,k,l\n"));

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("b|a", "city|name", "e|d", "h|g", "k|j");
        assertThat(fixture.quarantined)
                .hasSize(2)
                .allSatisfy(bad -> assertThat(bad).contains("it is the header again", "\"line\":3"));
    }

    @Test
    void badRecordKeepsBlanksAndEmptyFieldsAtItsEnd() throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = new CsvOptions('\t', false, true);
        fixture.raw("a.csv", "name\tid\na\t1\nb\t2 \r\nc\tx\t\t\nd\t");

        fixture.required = List.of("id");
        fixture.convert();

        assertThat(fixture.quarantined)
                .extracting(line -> line.substring(line.indexOf("\"raw\":")))
                .containsExactly("\"raw\":\"b\\t2 \"}", "\"raw\":\"c\\tx\\t\\t\"}", "\"raw\":\"d\\t\"}");
    }

    @Test
    void singleTextMayBeTheNameOfItsColumn() throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.columns = List.of(new Column("name", "string"));
        fixture.raw("a.csv", "name\na\nname\n");

        assertThat(fixture.converted().bad()).isZero();
        assertThat(fixture.rows()).containsExactly("a", "name");
    }

    @Test
    void byteThatACharsetDoesNotHaveCostsOneRecord() throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = csv(',', false, true, "windows-1252");
        fixture.raw("a.csv", "id,name\n1,\u0081\n2,\u0080\n".getBytes(StandardCharsets.ISO_8859_1));

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("2|\u20ac");
        assertThat(fixture.quarantined).hasSize(1);
    }

    /**
     * Programs that cut texts by UTF-16 units leave half of a surrogate pair; Java counts the unit after it as
     * malformed, too.
     */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void halfOfAPairCostsOneRecordAndNotTheLineEndBehindIt(String charset) throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = csv(',', false, true, charset);
        ByteBuffer bytes =
                ByteBuffer.allocate(100).order(charset.endsWith("LE") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        "id,name\n1,x\uD83D\n2,y\n3,\uD83D,\n4,z\uD83D".chars().forEach(unit -> bytes.putChar((char) unit));
        fixture.raw("a.csv", Arrays.copyOf(bytes.array(), bytes.position()));

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("2|y");
        assertThat(fixture.quarantined)
                .hasSize(3)
                .satisfiesExactly(
                        bad -> assertThat(bad).contains("\"line\":2"),
                        bad -> assertThat(bad).contains("\"line\":4"),
                        bad -> assertThat(bad).contains("\"line\":5"));
    }

    @Test
    void headerInAnotherCharsetFailsThePartition() {
        fixture.format = DataFormat.CSV;
        fixture.raw("a.csv", "id,name,caf\u00e9\n1,a,b\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> fixture.convert())
                .isInstanceOf(ObjectDefectException.class)
                .hasMessageContaining("it is not UTF-8; if it is in another charset, name it in source.csv.charset");
    }

    @Test
    void zerosHaveNoSignAndTextsTheirLength() throws IOException {
        fixture.format = DataFormat.CSV;
        fixture.csv = new CsvOptions(',', false, false);
        fixture.columns = List.of(
                new Column("d", "double"),
                new Column("f", "float"),
                new Column("v", "varchar(3)"),
                new Column("n", "array<double>"));
        fixture.raw("a.csv", "0.0,-0.0,abc,[0.0]\n-0.0,0.0,\u00e9\u00e9\u00e9,[-0.0]\n-0.5,-0,x,[-0]\n1,1,abcd,[]\n");

        fixture.convert();

        assertThat(fixture.rows())
                .containsExactly("-0.5|0.0|x|[0.0]", "0.0|0.0|abc|[0.0]", "0.0|0.0|\u00e9\u00e9\u00e9|[0.0]");
        assertThat(fixture.quarantined)
                .singleElement()
                .asString()
                .contains("column v: expected varchar(3), found abcd");
    }

    @Test
    void headerThatNamesNoColumnFailsThePartition() {
        fixture.format = DataFormat.CSV;
        fixture.raw("a.csv", "x,y\n1,2\n");

        assertThatThrownBy(() -> fixture.convert())
                .isInstanceOf(ObjectDefectException.class)
                .hasMessageContaining(FROM + "a.csv")
                .hasMessageContaining("it names none of the table's columns")
                .hasMessageEndingWith("; it is: 'x,y'");
    }

    private static CsvOptions csv(char delimiter, boolean quoted, boolean header, String charset) {
        return new CsvOptions(
                delimiter,
                quoted,
                header,
                Optional.empty(),
                Optional.empty(),
                Charset.forName(charset),
                RawCsv.STANDARD);
    }
}
