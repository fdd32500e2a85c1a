package io.fanin.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.ObjectDefectException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that begin with bytes of another file, such as {@code cat a.parquet b.parquet} makes. */
class ConcatenatedParquetTest {

    private static final byte[] BLOOM_FILTERS = rows(5000, ", WRITE_BLOOM_FILTER true, ROW_GROUP_SIZE 2048");

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @MethodSource("io.fanin.records.parquet.ParquetHeadersTest#writtenByOthers")
    void fileOfAnotherWriterTwiceIsCorrupt(Path file) throws IOException {
        assertJoined(Files.readAllBytes(file), Files.readAllBytes(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", COMPRESSION uncompressed",
                ", PARQUET_VERSION V2",
                ", ROW_GROUP_SIZE 2048, WRITE_BLOOM_FILTER true"
            })
    void filesOfDuckDbAreCorruptInEitherOrder(String options) throws IOException {
        byte[] few = rows(100, options);
        byte[] many = rows(5000, options);
        byte[] none = rows(0, options);

        assertJoined(few, many);
        assertJoined(many, few);
        assertJoined(many, many);
        assertJoined(many, none);
        assertJoined(none, many);
        assertJoined(few, many, few);
    }

    @Test
    void filesOfApacheParquetAreCorrupt() throws IOException {
        byte[] row = ParquetBytes.row("required int64 id;", row1 -> row1.add("id", 1L));

        assertJoined(row, row);
        assertJoined(ParquetBytes.footer("optional int64 id;", 7), row);
    }

    @Test
    void fileBehindTheBeginningOfAnotherIsCorrupt() throws IOException {
        assertJoined(Arrays.copyOf(rows(5000, ""), 9000), rows(100, ""));
    }

    @Test
    void bloomFilterWithoutALengthHasOneInItsHeader() throws IOException {
        byte[] file = rewritten(BLOOM_FILTERS, new byte[0], ConcatenatedParquetTest::withoutBloomLengths);

        ParquetHeaders.check("o", file(file), () -> {});
        assertJoined(file, file);
    }

    @Test
    void bytesThatTheFooterDoesNotTellOfAreNoOtherFile() throws IOException {
        for (byte[] file : new byte[][] {rows(100, ""), rows(0, ""), BLOOM_FILTERS}) {
            for (int gap : new int[] {1, 4, 12, 400, 100_000}) {
                ParquetHeaders.check("o", file(rewritten(file, new byte[gap], footer -> {})), () -> {});
            }
            ParquetHeaders.check("o", file(rewritten(file, rows(100, ""), footer -> {})), () -> {});
        }
    }

    private static byte[] rows(int number, String options) {
        return ParquetBytes.of(
                "SELECT range AS id, 'name-' || range % 20 AS name, [range] AS l FROM range(5000) LIMIT " + number,
                options);
    }

    /** With bytes before another footer. */
    private static byte[] rewritten(byte[] file, byte[] gap, Consumer<FileMetaData> change) throws IOException {
        FileMetaData footer = RewrittenParquet.footer(file);
        change.accept(footer);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(file, 4, RewrittenParquet.footerBegin(file) - 4);
        data.write(gap);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, bytes);
        return ParquetBytes.framed(data.toByteArray(), bytes.toByteArray(), bytes.size());
    }

    private static void withoutBloomLengths(FileMetaData footer) {
        footer.getRow_groups().stream()
                .flatMap(group -> group.getColumns().stream())
                .forEach(column -> column.getMeta_data().unsetBloom_filter_length());
    }

    private void assertJoined(byte[]... files) throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] file : files) {
            joined.write(file);
        }
        int begin = joined.size() - files[files.length - 1].length;
        Path path = file(joined.toByteArray());
        assertThatThrownBy(() -> ParquetHeaders.check("flights/o", path, () -> {}))
                .isInstanceOfSatisfying(ObjectDefectException.class, e -> {
                    assertThat(e.code()).as(e.getMessage()).isEqualTo(FailureCode.CORRUPT);
                    assertThat(e.getMessage())
                            .isEqualTo(
                                    ("object flights/o is corrupt: its footer is that of a file which begins at byte %d, behind"
                                                    + " bytes of another: expected one file, since Parquet files cannot be joined"
                                                    + " by appending one to another; write it again")
                                            .formatted(begin));
                });
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(temporary.resolve("o.parquet"), content);
    }
}
