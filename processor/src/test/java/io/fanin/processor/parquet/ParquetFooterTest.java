package io.fanin.processor.parquet;

import static io.fanin.processor.parquet.ParquetFixture.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.parallel.Workers;
import io.fanin.fakes.Call;
import io.fanin.model.failure.FailureCode;
import io.fanin.processor.validate.PartitionReport;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.parquet.FieldLevels;
import io.fanin.records.parquet.ParquetBytes;
import io.fanin.records.parquet.ParquetField;
import io.fanin.records.parquet.RewrittenParquet;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ranges of Parquet objects that are read, and the failures for invalid footers. */
class ParquetFooterTest extends ParquetTest {

    private static final byte[] TWO_ROWS = ParquetBytes.of("SELECT range AS id FROM range(2)");

    @ParameterizedTest
    @ValueSource(strings = {"THREADS", "CALLER"})
    void rowsAreCountedWithOneRequestForEachObject(Workers workers) throws IOException {
        byte[] large = ParquetBytes.of("SELECT range AS id, md5(CAST(range AS VARCHAR)) AS h FROM range(10000)");
        IntStream.range(0, 40).forEach(i -> fixture.put("part-%02d.parquet".formatted(i), large));
        fixture.workers = workers;

        assertThat(fixture.sound().rows()).hasValue(400_000);

        assertThat(large.length).isGreaterThan(3 * FooterTail.TAIL);
        assertThat(ranges())
                .hasSize(40)
                .allMatch("bytes=%d-%d".formatted(large.length - (64 << 10), large.length - 1)::equals);
        assertThat(fixture.s3.log().calls("GetObject"))
                .allSatisfy(call -> assertThat(call.fact("if-match")).isNotEmpty());
    }

    @Test
    void objectThatIsShorterThanTheEndIsFetchedOnce() throws IOException {
        fixture.put("a", TWO_ROWS);

        assertThat(fixture.sound().rows()).hasValue(2);

        assertThat(ranges()).containsExactly("bytes=0-" + (TWO_ROWS.length - 1));
    }

    @Test
    void ofALongerFooterExactlyTheRestIsFetched() throws IOException {
        String fields = IntStream.range(0, 4000)
                .mapToObj(i -> "optional binary a_column_with_a_long_name_%d (STRING);".formatted(i))
                .collect(Collectors.joining(" ", "optional int64 id; ", ""));
        byte[] file = ParquetBytes.footer(fields, 7);
        fixture.put("a.parquet", file);

        assertThat(fixture.sound().rows()).hasValue(7);

        int tail = file.length - FooterTail.TAIL;
        assertThat(tail).isPositive();
        assertThat(ranges())
                .containsExactly("bytes=%d-%d".formatted(tail, file.length - 1), "bytes=%d-%d".formatted(5, tail - 1));
    }

    @Test
    void oversizedFooterIsRefusedWithTheNumbers() throws IOException {
        int length = FooterTail.MAX_FOOTER + 1;
        fixture.put("a.parquet", ParquetBytes.framed(new byte[0], new byte[length], length));

        assertThat(fixture.unsound(FailureCode.BAD_PARQUET))
                .contains("has a footer of 16777217 bytes: expected at most 16777216");
        assertThat(ranges()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 101, expected 1 to 100",
        "100, 0, expected 1 to 100",
        "100, -1, expected 1 to 100",
        "100, 2147483647, expected 1 to 100",
        "0, 0, expected 1 to 0"
    })
    void footerThatDoesNotFitIsRefused(int room, int length, String expected) throws IOException {
        fixture.put("a.parquet", ParquetBytes.framed(new byte[0], new byte[room], length));

        assertThat(fixture.unsound(FailureCode.BAD_PARQUET))
                .contains("its footer has %d bytes".formatted(length), expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11})
    void objectTooShortForParquetIsRefused(int size) throws IOException {
        fixture.put("a.parquet", Arrays.copyOf(TWO_ROWS, size));

        assertThat(fixture.unsound(FailureCode.BAD_PARQUET))
                .isEqualTo(
                        "object %sa.parquet is not sound Parquet: it has %d bytes: expected at least 12; write it again"
                                .formatted(PREFIX, size));
    }

    @Test
    void footerThatContradictsItsRowGroupsIsRefused() throws IOException {
        fixture.put("a.parquet", RewrittenParquet.footer(TWO_ROWS, footer -> footer.setNum_rows(0)));

        assertThat(fixture.unsound(FailureCode.CORRUPT))
                .contains("a.parquet is corrupt: its footer says 0 rows, and its row groups 2; write it again");

        fixture.put(
                "a.parquet",
                RewrittenParquet.footer(
                        TWO_ROWS,
                        footer -> footer.getRow_groups()
                                .getFirst()
                                .getColumns()
                                .getFirst()
                                .getMeta_data()
                                .setData_page_offset(1 << 20)
                                .setDictionary_page_offset(1 << 20)));

        assertThat(fixture.unsound(FailureCode.CORRUPT))
                .contains("column 'id', row group 0 has ", " from byte 1048576");
    }

    @Test
    void filesThatWereJoinedAreRefusedWithOneMoreRequestAtMost() throws IOException {
        byte[] large = ParquetBytes.of("SELECT range AS id, md5(CAST(range AS VARCHAR)) AS h FROM range(10000)");
        fixture.put("a.parquet", joined(TWO_ROWS, large));

        assertThat(fixture.unsound(FailureCode.CORRUPT))
                .isEqualTo(
                        ("object %sa.parquet is corrupt: its footer is that of a file which begins at byte %d, behind bytes of"
                                        + " another: expected one file, since Parquet files cannot be joined by appending one to"
                                        + " another; write it again")
                                .formatted(PREFIX, TWO_ROWS.length));
        assertThat(ranges())
                .containsExactly(
                        "bytes=%d-%d"
                                .formatted(
                                        TWO_ROWS.length + large.length - FooterTail.TAIL,
                                        TWO_ROWS.length + large.length - 1),
                        "bytes=%d-%d".formatted(TWO_ROWS.length, TWO_ROWS.length + 3));

        fixture.put("a.parquet", joined(large, TWO_ROWS));
        assertThat(fixture.unsound(FailureCode.CORRUPT)).contains("begins at byte " + large.length);
        assertThat(ranges()).hasSize(3);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    @Test
    void moreRowsThanCanBeCountedAreRefused() throws IOException {
        fixture.put("a.parquet", ParquetBytes.footer("optional int64 id;", Long.MAX_VALUE));
        fixture.put("b.parquet", ParquetBytes.footer("optional int64 id;", Long.MAX_VALUE));

        assertThat(fixture.unsound(FailureCode.CORRUPT))
                .isEqualTo("object " + PREFIX + "b.parquet is corrupt: it says that it has 9223372036854775807 rows,"
                        + " more than can be counted; write it again");
    }

    @Test
    void rowGroupsOfMoreRowsThanCanBeCountedAreRefused() throws IOException {
        fixture.put("a.parquet", RewrittenParquet.footer(TWO_ROWS, footer -> {
            RowGroup group = footer.getRow_groups().getFirst();
            group.setNum_rows(Long.MAX_VALUE);
            group.getColumns().forEach(column -> column.getMeta_data().setNum_values(Long.MAX_VALUE));
            footer.setRow_groups(List.of(group, group, group)).setNum_rows(Long.MAX_VALUE - 2);
        }));

        assertThat(fixture.unsound(FailureCode.CORRUPT))
                .contains("row group 1 has 9223372036854775807 rows, more than can be counted with those before it");
    }

    @Test
    void unknownLogicalTypeHasAName() {
        assertThat(new ParquetField(
                                new SchemaElement("id").setType(Type.INT64).setLogicalType(new LogicalType()),
                                "id",
                                FieldLevels.ROOT,
                                List.of())
                        .type())
                .isEqualTo("INT64 (an unknown logical type)");
    }

    @Test
    void objectCutShortIsRefused() throws IOException {
        fixture.put("a.parquet", Arrays.copyOf(TWO_ROWS, TWO_ROWS.length - 1));

        assertThat(fixture.unsound(FailureCode.BAD_PARQUET)).contains("does not end with 'PAR1'");
    }

    @Test
    void otherContentIsNamed() throws IOException {
        fixture.put("a", "{\"a\": \"0123456789\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(fixture.unsound(FailureCode.BAD_PARQUET)).contains("does not end with 'PAR1'");
    }

    @Test
    void encryptedFooterIsNamed() throws IOException {
        byte[] bytes = TWO_ROWS.clone();
        bytes[bytes.length - 1] = 'E';
        fixture.put("a", bytes);

        assertThat(fixture.unsound(FailureCode.BAD_PARQUET)).contains("its footer is encrypted");
    }

    @Test
    void emptyFooterIsRefusedAndTheNextPartitionIsChecked() throws IOException {
        fixture.put("a.parquet", ParquetBytes.framed(new byte[0], new byte[40], 40));
        try (ParquetValidation validation = fixture.validation()) {
            assertThatThrownBy(() -> fixture.report(validation))
                    .isInstanceOfSatisfying(
                            ObjectDefectException.class,
                            unsound -> assertThat(unsound.code()).isEqualTo(FailureCode.BAD_PARQUET))
                    .hasMessageContaining("a.parquet is not sound Parquet: it has a footer");

            fixture.put("a.parquet", TWO_ROWS);
            assertThat(fixture.report(validation)).isInstanceOf(PartitionReport.Sound.class);
        }
    }

    @Test
    void damagedFooterIsThePartitionsFailureAndNothingElse() throws IOException {
        byte[] sound = ParquetBytes.of("SELECT range AS id, [range] AS l, {'a': 'x'} AS s FROM range(2)");
        try (ParquetValidation validation = fixture.validation()) {
            for (int seed = 0; seed < 100; seed++) {
                Random random = new Random(seed);
                byte[] damaged = sound.clone();
                for (int i = 0; i < 1 + random.nextInt(3); i++) {
                    damaged[sound.length - 9 - random.nextInt(400)] = (byte) random.nextInt(256);
                }
                fixture.put("a.parquet", damaged);

                try {
                    fixture.report(validation);
                } catch (ObjectDefectException unsound) {
                    assertThat(unsound.code())
                            .as("seed %d: %s", seed, unsound.getMessage())
                            .isIn(FailureCode.BAD_PARQUET, FailureCode.SCHEMA_MISMATCH, FailureCode.CORRUPT);
                }
            }
        }
    }

    @Test
    void firstUnsoundObjectInListingOrderIsNamed() throws IOException {
        IntStream.range(0, 30).forEach(i -> fixture.put("part-%02d".formatted(i), i < 3 ? TWO_ROWS : new byte[i]));

        assertThat(fixture.unsound(FailureCode.BAD_PARQUET)).contains("part-03", "it has 3 bytes");
    }

    @Test
    void objectThatIsReplacedMeanwhileIsNamed() throws IOException {
        fixture.put("a", TWO_ROWS)
                .s3
                .faults()
                .on("GetObject")
                .thenFail(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");

        assertThat(fixture.unsound(FailureCode.REPLACED)).contains("was replaced while being read");
    }

    @Test
    void nothingIsBegunWhenTheFunctionsTimeIsOver() {
        fixture.put("a", TWO_ROWS).deadline = new Deadline(() -> 9_000);

        assertThatThrownBy(() -> fixture.report())
                .isInstanceOfSatisfying(
                        ConversionException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.DEADLINE_EXCEEDED));
    }

    private List<String> ranges() {
        return fixture.s3.log().calls("GetObject").stream()
                .map((Call call) -> call.fact("range"))
                .toList();
    }
}
