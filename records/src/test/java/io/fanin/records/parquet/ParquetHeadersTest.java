package io.fanin.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.ObjectDefectException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetHeadersTest {

    private static final String ROWS = """
            SELECT range AS id, CASE WHEN range % 7 = 0 THEN NULL ELSE 'name-' || range % 20 END AS name, range / 2 AS d,
              [range, range + 1][1:(range % 3)::INT] AS l, {'x': range, 'y': [{'z': range::VARCHAR}]} AS s, range % 2 = 0 AS b,
              MAP {'k': range} AS m
            FROM range(5000)
            """;

    @TempDir
    private Path temporary;

    static List<Path> writtenByOthers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/parquet"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("writtenByOthers")
    void soundFileOfAnotherWriterPasses(Path file) throws IOException {
        ParquetHeaders.check("o", file, () -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", COMPRESSION uncompressed",
                ", COMPRESSION snappy",
                ", COMPRESSION gzip",
                ", COMPRESSION zstd",
                ", COMPRESSION lz4_raw",
                ", COMPRESSION brotli",
                ", PARQUET_VERSION V2",
                ", ROW_GROUP_SIZE 2048, WRITE_BLOOM_FILTER true",
            })
    void soundFileOfDuckDbPasses(String options) throws IOException {
        ParquetHeaders.check("o", file(ParquetBytes.of(ROWS, options)), () -> {});
        ParquetHeaders.check("o", file(ParquetBytes.of(ROWS + " WHERE false", options)), () -> {});
    }

    @Test
    void soundFileOfApacheParquetPasses() throws IOException {
        ParquetHeaders.check("o", file(ParquetBytes.row("required int64 id;", row -> row.add("id", 1L))), () -> {});
    }

    static List<Lie> liesOfPages() {
        return List.of(
                new Lie("small and uncompressed", "is not compressed, and has", page -> {
                    page.getData_page_header_v2().setIs_compressed(false);
                    page.setUncompressed_page_size(64);
                }),
                new Lie("negative", "must not be negative", page -> page.setCompressed_page_size(-1)),
                new Lie(
                        "over the column's end",
                        "and the column room for",
                        page -> page.setCompressed_page_size(1 << 24)),
                new Lie("huge", "bytes uncompressed", page -> page.setUncompressed_page_size(Integer.MAX_VALUE)),
                new Lie(
                        "negative uncompressed",
                        "has -7 bytes uncompressed",
                        page -> page.setUncompressed_page_size(-7)),
                new Lie(
                        "more values than the column",
                        "values, where",
                        page -> page.getData_page_header_v2().setNum_values(1 << 20)),
                new Lie(
                        "no values",
                        "has 0 values",
                        page -> page.getData_page_header_v2().setNum_values(0).setNum_nulls(0)),
                new Lie(
                        "negative levels",
                        "has levels of -1",
                        page -> page.getData_page_header_v2().setRepetition_levels_byte_length(-1)),
                new Lie(
                        "levels beyond the page",
                        "has levels of",
                        page -> page.getData_page_header_v2().setDefinition_levels_byte_length(1 << 20)),
                new Lie(
                        "levels that overflow",
                        "has levels of",
                        page -> page.getData_page_header_v2()
                                .setDefinition_levels_byte_length(Integer.MAX_VALUE)
                                .setRepetition_levels_byte_length(Integer.MAX_VALUE)),
                new Lie(
                        "more nulls than values",
                        "nulls and",
                        page -> page.getData_page_header_v2().setNum_nulls(1 << 20)),
                new Lie("another type", "has no header of data", page -> page.setType(PageType.DATA_PAGE)),
                new Lie("an index", "is an index", page -> page.setType(PageType.INDEX_PAGE)));
    }

    @ParameterizedTest
    @MethodSource("liesOfPages")
    void pageThatLiesIsCorruptWithItsColumnNamed(Lie lie) throws IOException {
        byte[] sound = Files.readAllBytes(Path.of("src/test/resources/parquet/pyarrow-v2-snappy.parquet"));
        byte[] lying = RewrittenParquet.pages(sound, page -> {
            if (page.getType() == PageType.DATA_PAGE_V2) {
                lie.change().accept(page);
            }
        });

        assertCorrupt(lying, "object flights/o is corrupt: column 'id', row group 0, page at byte ", lie.message());
    }

    record Lie(String name, String message, Consumer<PageHeader> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<FooterLie> liesOfFooters() {
        return List.of(
                new FooterLie("num_values", "has 7 values for", column(column -> column.setNum_values(7))),
                new FooterLie(
                        "before the data",
                        "from byte 3",
                        column(column -> column.setDictionary_page_offset(0).setData_page_offset(3))),
                new FooterLie(
                        "into the footer",
                        "data ends at byte",
                        column(column -> column.setTotal_compressed_size(1 << 24))),
                new FooterLie(
                        "overflowing",
                        "data ends at byte",
                        column(column -> column.setDictionary_page_offset(0).setData_page_offset(Long.MAX_VALUE))),
                new FooterLie("too short", "", column(column -> column.setTotal_compressed_size(40))),
                new FooterLie(
                        "codec", "is not compressed", column(column -> column.setCodec(CompressionCodec.UNCOMPRESSED))),
                new FooterLie(
                        "bloom filter",
                        "Bloom filter at byte",
                        column(column -> column.setBloom_filter_offset(1 << 30))),
                new FooterLie(
                        "in another file",
                        "lies in another file",
                        footer -> footer.getRow_groups()
                                .getFirst()
                                .getColumns()
                                .getFirst()
                                .setFile_path("/etc/passwd")),
                new FooterLie(
                        "a column less",
                        "columns and",
                        footer -> footer.getRow_groups().getFirst().getColumns().removeLast()),
                new FooterLie(
                        "rows", "its footer says 7 rows, and its row groups 300", footer -> footer.setNum_rows(7)));
    }

    private static Consumer<FileMetaData> column(Consumer<ColumnMetaData> change) {
        return footer -> change.accept(
                footer.getRow_groups().getFirst().getColumns().getFirst().getMeta_data());
    }

    record FooterLie(String name, String message, Consumer<FileMetaData> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("liesOfFooters")
    void footerThatDoesNotAgreeWithThePagesIsCorrupt(FooterLie lie) throws IOException {
        byte[] sound = Files.readAllBytes(Path.of("src/test/resources/parquet/pyarrow-v2-snappy.parquet"));

        assertCorrupt(RewrittenParquet.footer(sound, lie.change()), "object flights/o is corrupt: ", lie.message());
    }

    @Test
    void columnsThatReadersCannotDescendAreRefused() throws IOException {
        byte[] deep = RewrittenParquet.footer(ParquetBytes.of("SELECT 1 AS a WHERE false"), footer -> {
            footer.getSchema().removeLast();
            for (int i = 0; i < 100_000; i++) {
                footer.getSchema().add(new SchemaElement("g").setNum_children(1));
            }
        });

        assertBadFooter(deep, "columns more than 64 deep");
    }

    /** Row groups that name the same bytes: their pages are as many as the product of both. */
    @Test
    void walkThroughPagesEndsWithTheTimeForIt() throws IOException {
        byte[] pages = Files.readAllBytes(Path.of("src/test/resources/parquet/pyarrow-v2-snappy.parquet"));
        Path file = file(RewrittenParquet.footer(pages, footer -> {
            RowGroup group = footer.getRow_groups().getFirst();
            footer.setRow_groups(Collections.nCopies(5_000, group)).setNum_rows(5_000 * group.getNum_rows());
        }));
        AtomicInteger looks = new AtomicInteger();

        assertThatThrownBy(() -> ParquetHeaders.check("o", file, () -> {
                    if (looks.incrementAndGet() == 1_000) {
                        throw new IllegalStateException("the time is over");
                    }
                }))
                .hasMessage("the time is over");
    }

    @Test
    void listLongerThanItsFooterIsRefused() throws IOException {
        // Field 2, the schema: a list of 2^31 - 1 structs.
        assertBadFooter(
                framed(0x15, 2, 0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0, 0, 0), "in the middle of a structure");
    }

    @Test
    void whatReadersUnderstandInDifferentWaysIsRefused() throws IOException {
        assertBadFooter(framed(0x15, 2, 0x05, 2, 4, 0), "field 1 twice");
        assertBadFooter(framed(0x15, 0x82, 0x80, 0x80, 0x80, 0x80, 0x01, 0), "a number of more than 32 bits");
        assertBadFooter(framed(0x15, 0x82, 0x80, 0x80, 0x80, 0x10, 0), "a number of more than 32 bits");
        assertBadFooter(framed(0x1D, 2, 0), "a value of type 13");
    }

    @Test
    void structuresThatTakeFarMoreMemoryThanBytesAreRefused() throws IOException {
        byte[] footer = new byte[3 << 20];
        ByteBuffer.wrap(footer).put((byte) 0x19).put((byte) 0xFC).put(new byte[] {(byte) 0x80, (byte) 0x80, 0x7F});

        assertBadFooter(framed(footer), "more than 1048576 structures");
    }

    private void assertCorrupt(byte[] file, String... parts) throws IOException {
        Path path = file(file);
        assertThatThrownBy(() -> ParquetHeaders.check("flights/o", path, () -> {}))
                .isInstanceOfSatisfying(ObjectDefectException.class, e -> {
                    assertThat(e.code()).as(e.getMessage()).isEqualTo(FailureCode.CORRUPT);
                    assertThat(e.getMessage()).contains(parts).endsWith("; write it again");
                });
        assertThatCode(() -> ParquetFooter.read("flights/o", path)).doesNotThrowAnyException();
    }

    private void assertBadFooter(byte[] file, String why) throws IOException {
        Path path = file(file);
        assertThatThrownBy(() -> ParquetFooter.read("flights/o", path))
                .isInstanceOfSatisfying(ObjectDefectException.class, e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.BAD_PARQUET);
                    assertThat(e.getMessage()).contains(why);
                });
    }

    private static byte[] framed(int... footer) {
        byte[] bytes = new byte[footer.length];
        for (int i = 0; i < footer.length; i++) {
            bytes[i] = (byte) footer[i];
        }
        return framed(bytes);
    }

    private static byte[] framed(byte[] footer) {
        return ByteBuffer.allocate(footer.length + 12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("PAR1".getBytes(StandardCharsets.US_ASCII))
                .put(footer)
                .putInt(footer.length)
                .put("PAR1".getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private Path file(byte[] content) {
        try {
            return Files.write(temporary.resolve("o.parquet"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void checksumOfAPageIsHeldAgainstItsBytes() throws IOException {
        byte[] sound = ParquetBytes.row("required int64 id;", row -> row.add("id", 5L));
        List<Boolean> written = new ArrayList<>();
        byte[] other = RewrittenParquet.pages(sound, page -> {
            written.add(page.isSetCrc());
            page.setCrc(page.getCrc() + 1);
        });

        assertThat(written).isNotEmpty().doesNotContain(false);
        ParquetHeaders.check("o", file(sound), () -> {});
        assertThatThrownBy(() -> ParquetHeaders.check("o", file(other), () -> {}))
                .isInstanceOfSatisfying(
                        ObjectDefectException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CORRUPT))
                .hasMessageMatching(
                        "object o is corrupt: column 'id', row group 0, page at byte 4 has the checksum [0-9a-f]{8},"
                                + " and its bytes [0-9a-f]{8}; write it again");
    }
}
