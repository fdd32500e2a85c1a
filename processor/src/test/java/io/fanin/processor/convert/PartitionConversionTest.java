package io.fanin.processor.convert;

import static io.fanin.processor.convert.ConversionFixture.FROM;
import static io.fanin.processor.convert.ConversionFixture.ONE;
import static io.fanin.processor.convert.ConversionFixture.TWO;
import static io.fanin.processor.convert.ConversionFixture.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import io.fanin.core.inventory.Emptiness;
import io.fanin.model.spec.processor.BadRecordLimit;
import io.fanin.model.spec.processor.OnBadRecord;
import io.fanin.model.table.Column;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.scratch.ConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A partition's raw data becomes Parquet in the table, whole or not at all. */
class PartitionConversionTest {

    @AutoClose
    private final ConversionFixture fixture = new ConversionFixture();

    @Test
    void recordsOfAllObjectsAreInOneFile() throws IOException {
        fixture.raw("a.json", ONE).raw("b.json", TWO).raw("_SUCCESS", "").raw("c.json", "");

        ConversionReport.Converted converted = fixture.converted();

        assertThat(fixture.written()).containsExactly("part-00000.parquet");
        assertThat(fixture.rows()).containsExactly("1|a", "2|b");
        assertThat(converted.rows()).isEqualTo(2);
        assertThat(converted.bad()).isZero();
        assertThat(converted.read().files()).isEqualTo(3);
        assertThat(converted.written().files()).isEqualTo(1);
        assertThat(converted.written().bytes()).isEqualTo(fixture.file("part-00000.parquet").length);
    }

    @Test
    void contentTellsTheCompressionWhateverTheNameSays() throws IOException {
        fixture.raw("plain.json.gz", ONE)
                .raw("gzip.json", gzip(TWO, "{\"id\":3}"))
                .raw("zstd", Zstd.compress("{\"id\":4}".getBytes(StandardCharsets.UTF_8)));

        fixture.convert();

        assertThat(fixture.rows()).containsExactly("1|a", "2|b", "3|null", "4|null");
    }

    @Test
    void namesOfColumnsAndFoldersNeverReachSqlUnquoted() throws IOException {
        try (ConversionFixture hostile = new ConversionFixture("'; DROP TABLE x; --\n\"quoted\"")) {
            hostile.columns = List.of(
                    new Column("'; DROP TABLE x; --", "int"),
                    new Column("a\"b\nc", "struct<d'e:int,f\"g:string>"),
                    new Column("select", "array<string>"));
            hostile.raw(
                    "'; DROP TABLE x; --\n\".json",
                    "{\"'; DROP TABLE x; --\":1,\"a\\\"b\\nc\":{\"d'e\":2,\"f\\\"g\":\"'\\\"\"},\"SELECT\":[\"'); --\"]}");

            hostile.convert();

            assertThat(hostile.rows()).containsExactly("1|{d'e=2, f\"g='\"}|['); --]");
        }
    }

    @Test
    void badRecordsAreQuarantinedWithFileLineAndReason() throws IOException {
        fixture.raw("a.json", ONE + "{\"id\":\"x\"}\nnonsense\n" + TWO);

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.rows()).isEqualTo(2);
        assertThat(converted.bad()).isEqualTo(2);
        assertThat(fixture.quarantined)
                .containsExactly(
                        "{\"file\":\"s3://landing/" + FROM + "a.json\",\"line\":2,"
                                + "\"reason\":\"column id: expected bigint, found \\\"x\\\"\",\"raw\":\"{\\\"id\\\":\\\"x\\\"}\"}",
                        "{\"file\":\"s3://landing/" + FROM + "a.json\",\"line\":3,"
                                + "\"reason\":\"expected a JSON object, found 'n'\",\"raw\":\"nonsense\"}");
    }

    @Test
    void tooManyBadRecordsFailThePartition() {
        fixture.maxBadRecords = BadRecordLimit.DEFAULT;
        fixture.raw("a.json", ONE.repeat(98) + "{\n{\n");

        fixture.assertFails(
                "BadRecords", "2 bad records of 100, the first one: s3://landing/" + FROM + "a.json, line 99");
        assertThat(fixture.written()).isEmpty();
    }

    @Test
    void anotherLimitIsAdvisedOnlyWhereSomeRecordIsSound() {
        fixture.maxBadRecords = BadRecordLimit.DEFAULT;
        fixture.raw("a.json", ONE.repeat(8) + "{\n{\n");
        assertThat(refusal()).endsWith("or raise processor.maxBadRecords");

        for (BadRecordLimit limit : List.of(BadRecordLimit.DEFAULT, new BadRecordLimit.Count(1))) {
            fixture.maxBadRecords = limit;
            fixture.raw("a.json", "{\n{\n{\n");

            assertThat(refusal()).contains("No record that was read is sound").doesNotContain("maxBadRecords");
        }
    }

    @Test
    void noLimitAllowsAPartitionOfBadRecordsOnly() throws IOException {
        fixture.raw("a.json", "{\n{\n{\n");

        assertThat(refusal()).startsWith("3 bad records of 3").doesNotContain("maxBadRecords");
        assertThat(fixture.written()).isEmpty();
    }

    private String refusal() {
        return catchThrowableOfType(ConversionException.class, () -> fixture.convert())
                .getMessage();
    }

    @Test
    void asManyBadRecordsAsAllowedAreLeftOut() throws IOException {
        fixture.maxBadRecords = BadRecordLimit.DEFAULT;
        fixture.onBadRecord = OnBadRecord.IGNORE;
        fixture.raw("a.json", ONE.repeat(99) + "{\n");

        assertThat(fixture.converted().rows()).isEqualTo(99);
        assertThat(fixture.quarantined).isEmpty();
    }

    @Test
    void firstBadRecordFailsThePartitionWhereNoneIsAllowed() {
        fixture.onBadRecord = OnBadRecord.FAIL;
        fixture.raw("a.json", ONE + "{\"id\":1.5}");

        fixture.assertFails("BadRecords", "line 2: column id: expected bigint, found 1.5");
    }

    @Test
    void partitionWithoutObjectsHasNoData() throws IOException {
        assertThat(fixture.convert()).isInstanceOfSatisfying(ConversionReport.NoData.class, none -> {
            assertThat(none.what()).isEqualTo(Emptiness.NOTHING);
            assertThat(none.message()).contains("s3://landing/" + FROM);
        });
        fixture.raw("", "");
        assertThat(fixture.convert())
                .isInstanceOfSatisfying(
                        ConversionReport.NoData.class,
                        none -> assertThat(none.what()).isEqualTo(Emptiness.FOLDER_MARKERS));
    }

    @Test
    void objectsWithNothingInThemMakeAPartitionWithoutRows() throws IOException {
        fixture.raw("a.json", "").raw("b.json.gz", gzip("")).raw("c.json", "\n \n");
        fixture.own("part-00000.parquet", "of an earlier day");

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.rows()).isZero();
        assertThat(converted.read().files()).isEqualTo(3);
        assertThat(fixture.written()).isEmpty();
    }

    @Test
    void typeThatCannotBeConvertedIntoIsNamed() {
        fixture.columns = List.of(new Column("id", "uniontype<int,string>"));
        fixture.raw("a.json", ONE);

        fixture.assertFails(
                "UnsupportedType", "column 'id': 'uniontype' is not a type that raw data can be converted into");
    }
}
