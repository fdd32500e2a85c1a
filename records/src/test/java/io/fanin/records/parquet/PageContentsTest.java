package io.fanin.records.parquet;

import static io.fanin.records.parquet.CraftedPages.bytes;
import static io.fanin.records.parquet.CraftedPages.first;
import static io.fanin.records.parquet.CraftedPages.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.parquet.CraftedPages.Parts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorOutputStream;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What pages hold besides their headers: each case differs from a sound one, which the database reads, in one thing.
 */
class PageContentsTest {

    private static final String OPTIONS =
            ", COMPRESSION uncompressed, PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 1, STRING_DICTIONARY_PAGE_SIZE_LIMIT 1";

    /** Three texts, none of them null. */
    private static final byte[] TEXTS = ParquetBytes.of("SELECT unnest(['a', 'ab', 'abc']) AS c", OPTIONS);

    private static final byte[] NUMBERS = ParquetBytes.of("SELECT unnest([5, 6, 7]) AS c", OPTIONS);

    private static final byte[] LISTS = ParquetBytes.of("SELECT unnest([[1, 2], [3], [], NULL, [4]]) AS c", OPTIONS);

    @TempDir
    private Path temporary;

    /**
     * Content of a page.
     *
     * @param why it is corrupt; null if it is sound
     * @param parts bytes, texts and numbers of one byte
     */
    record Case(String name, String why, List<Object> parts) {

        byte[] content() {
            return bytes(parts.toArray());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> lengths() {
        return List.of(
                new Case("sound", null, List.of(0x80, 1, 4, 3, 2, 2, 0, 0, 0, 0, "aababc")),
                new Case("blocks of 0", "has blocks of 0 differences", List.of(0, 4, 3, 2, 2, 0, 0, 0, 0, "aababc")),
                new Case("blocks of 64", "has blocks of 64 differences", List.of(64, 2, 3, 2, 2, 0, 0, "aababc")),
                new Case(
                        "huge blocks",
                        "has blocks of 18446744073709551488 differences",
                        List.of(0x80, -1, -1, -1, -1, -1, -1, -1, -1, 1, 4, 3, 2, 2, 0, 0, 0, 0, "aababc")),
                new Case(
                        "a number that does not end",
                        "has a number of more than ten bytes",
                        List.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1, 4, 3, 2)),
                new Case("no parts", "in 0 parts", List.of(0x80, 1, 0, 3, 2, 2, "aababc")),
                new Case("parts of 16", "in 8 parts", List.of(0x80, 1, 8, 3, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, "aababc")),
                new Case(
                        "fewer values",
                        "has differences of 2 values: expected 3",
                        List.of(0x80, 1, 4, 2, 2, 2, 0, 0, 0, 0, "aababc")),
                new Case(
                        "more values",
                        "has differences of 4 values: expected 3",
                        List.of(0x80, 1, 4, 4, 2, 2, 0, 0, 0, 0, "aababc")),
                new Case("65 bits", "has differences of 65 bits", List.of(0x80, 1, 4, 3, 2, 2, 65, 0, 0, 0, "aababc")),
                new Case("negative", "has a text of -1 bytes", List.of(0x80, 1, 4, 3, 2, 3, 0, 0, 0, 0, "aababc")),
                new Case(
                        "longer than the page",
                        "has texts of 9 bytes, where 6 are left",
                        List.of(0x80, 1, 4, 3, 2, 4, 0, 0, 0, 0, "aababc")),
                new Case("cut", "ends before its values", List.of(0x80, 1, 4, 3, 2, 2, 8, 0, 0, 0, "aababc")));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void lengthsOfTexts(Case texts) throws IOException, SQLException {
        verify(texts, values(TEXTS, Encoding.DELTA_LENGTH_BYTE_ARRAY, texts.content()), "[a, ab, abc]");
    }

    static List<Case> prefixes() {
        byte[] prefixes = bytes(0x80, 1, 4, 3, 0, 2, 0, 0, 0, 0);
        byte[] suffixes = bytes(0x80, 1, 4, 3, 2, 0, 0, 0, 0, 0);
        return List.of(
                new Case("sound", null, List.of(prefixes, suffixes, "abc")),
                new Case(
                        "prefixes in blocks of 0",
                        "has blocks of 0",
                        List.of(0, 4, 3, 0, 2, 0, 0, 0, 0, suffixes, "abc")),
                new Case(
                        "suffixes in blocks of 0",
                        "has blocks of 0",
                        List.of(prefixes, 0, 4, 3, 2, 0, 0, 0, 0, 0, "abc")),
                new Case(
                        "another number of prefixes",
                        "has differences of 2 values",
                        List.of(0x80, 1, 4, 2, 0, 2, 0, 0, 0, 0, suffixes, "abc")),
                new Case(
                        "another number of suffixes",
                        "has differences of 4 values",
                        List.of(prefixes, 0x80, 1, 4, 4, 2, 0, 0, 0, 0, 0, "abc")),
                new Case(
                        "a prefix of nothing",
                        "has a text with 1 bytes of the one before it, which has 0",
                        List.of(0x80, 1, 4, 3, 2, 0, 0, 0, 0, 0, suffixes, "abc")),
                new Case(
                        "a length that overflows",
                        "has a text of -1 bytes",
                        List.of(prefixes, 0x80, 1, 4, 3, 2, 3, 0, 0, 0, 0, "abc")),
                new Case(
                        "suffixes beyond the page",
                        "has texts of 3 bytes, where 2 are left",
                        List.of(prefixes, suffixes, "ab")));
    }

    @ParameterizedTest
    @MethodSource("prefixes")
    void prefixesOfTexts(Case texts) throws IOException, SQLException {
        verify(texts, values(TEXTS, Encoding.DELTA_BYTE_ARRAY, texts.content()), "[a, ab, abc]");
    }

    static List<Case> numbers() {
        return List.of(
                new Case("sound", null, List.of(0x80, 1, 4, 3, 10, 2, 0, 0, 0, 0)),
                new Case("blocks of 0", "has blocks of 0 differences", List.of(0, 4, 3, 10, 2, 0, 0, 0, 0)),
                new Case("more values", "has differences of 9 values", List.of(0x80, 1, 4, 9, 10, 2, 0, 0, 0, 0)),
                new Case("cut", "ends before its values", List.of(0x80, 1, 4, 3, 10, 2, 8, 0, 0, 0, 1, 2)),
                new Case("65 bits", "has differences of 65 bits", List.of(0x80, 1, 4, 3, 10, 2, 65, 0, 0, 0)));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numbersAsDifferences(Case numbers) throws IOException, SQLException {
        verify(numbers, values(NUMBERS, Encoding.DELTA_BINARY_PACKED, numbers.content()), "[5, 6, 7]");
    }

    /** Six values: of two elements, of one, of an empty list, of none, of one. */
    static List<Case> repetitions() {
        return List.of(
                new Case("sound", null, List.of(3, 0b000010)),
                new Case("as a run before them", null, List.of(2, 0, 3, 0b00001)),
                new Case(
                        "a record less",
                        "has 4 rows by its repetition levels, and the row group 5",
                        List.of(3, 0b000110)),
                new Case(
                        "lists that go on where they are empty",
                        "continues a list (repetition level 1) where none has begun",
                        List.of(3, 0b010000)),
                new Case(
                        "a list before the first row",
                        "continues a list (repetition level 1) where none has begun",
                        List.of(3, 0b000001)),
                new Case(
                        "rows that are too few",
                        "continues a list (repetition level 1) where none has begun",
                        List.of(12, 1)),
                new Case("rows that are too many", "has 6 rows by its repetition levels", List.of(12, 0)),
                new Case("a level that does not exist", "has a level of 9: expected at most 1", List.of(12, 9)),
                new Case("cut", "ends before its values", List.of(8, 0)),
                new Case("none", "", List.of()),
                new Case(
                        "a run that is too long",
                        "has a run of levels that is too long",
                        List.of(-1, -1, -1, -1, 127, 0)));
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void repetitionLevels(Case levels) throws IOException, SQLException {
        String rows = "[[1, 2], [3], [], NULL, [4]]";
        verify(
                levels,
                RewrittenParquet.contents(LISTS, (page, body) -> {
                    Parts parts = Parts.of(body, true);
                    return first(page, Encoding.RLE, new Parts(levels.content(), parts.definition(), parts.values()));
                }),
                rows);
        verify(
                levels,
                RewrittenParquet.contents(LISTS, (page, body) -> {
                    Parts parts = Parts.of(body, true);
                    return second(page, new Parts(levels.content(), parts.definition(), parts.values()));
                }),
                rows);
    }

    @Test
    void levelsOfTheFirstVersionHaveTheirLengthBeforeThem() throws IOException, SQLException {
        byte[] file = RewrittenParquet.contents(LISTS, (page, body) -> {
            body[1] = 100;
            return body;
        });
        verify(new Case("beyond the page", "has levels of 256", List.of()), file, "");
    }

    @Test
    void levelsThatAreNoRunLengthsAreRefused() throws IOException, SQLException {
        byte[] file = RewrittenParquet.contents(
                LISTS, (page, body) -> first(page, Encoding.BIT_PACKED, Parts.of(body, true)));
        verify(new Case("an old encoding", "has levels in the encoding BIT_PACKED: expected RLE", List.of()), file, "");
    }

    /** The database passes over them. */
    @Test
    void levelsOfAColumnWithoutAnyAreHarmless() throws IOException, SQLException {
        byte[] file = RewrittenParquet.contents(TEXTS, (page, body) -> {
            Parts parts = Parts.of(body, false);
            return second(page, new Parts(bytes(6, 0), parts.definition(), parts.values()));
        });
        verify(new Case("repetition", null, List.of()), file, "[a, ab, abc]");
    }

    /** The database goes by the type of the page. */
    @Test
    void headerOfTheOtherVersionIsOfNoAccount() throws IOException, SQLException {
        byte[] file = RewrittenParquet.contents(TEXTS, (page, body) -> {
            page.getData_page_header().setEncoding(Encoding.DELTA_LENGTH_BYTE_ARRAY);
            page.setData_page_header_v2(new DataPageHeaderV2(3, 0, 3, Encoding.PLAIN, -5, -5));
            return first(
                    page,
                    Encoding.RLE,
                    new Parts(
                            new byte[0],
                            Parts.of(body, false).definition(),
                            bytes(0, 4, 3, 2, 2, 0, 0, 0, 0, "aababc")));
        });
        verify(new Case("both", "has blocks of 0 differences", List.of()), file, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'a': 1, 'b': 'x'}", "{'a': 1, 'b': {'d': 'x'}}", "{'a': 1, 'b': ['x']}"})
    void columnsOfOneListHaveItsLengths(String element) throws IOException, SQLException {
        byte[] sound = ParquetBytes.of("SELECT unnest([[%1$s, %1$s], [%1$s]]) AS c".formatted(element), OPTIONS);
        verify(new Case("sound", null, List.of()), sound, rows(Files.write(temporary.resolve("s"), sound)));

        AtomicInteger pages = new AtomicInteger();
        byte[] file = RewrittenParquet.contents(sound, (page, body) -> {
            if (page.getType() != PageType.DATA_PAGE || pages.incrementAndGet() > 1) {
                return body;
            }
            Parts parts = Parts.of(body, true);
            return first(page, Encoding.RLE, new Parts(bytes(3, 0b100), parts.definition(), parts.values()));
        });
        verify(
                new Case("other lengths", "has lists 'list' of other lengths than a column beside it", List.of()),
                file,
                "");
    }

    /** As libraries for Go compress, which take a page for one block. */
    @Test
    void snappyThatRefersFarBackIsRead() throws IOException, SQLException {
        byte[] plain = ParquetBytes.of("SELECT (hash(i % 20480) >> 1)::BIGINT AS c FROM range(40960) r(i)", OPTIONS);
        byte[] pages = RewrittenParquet.contents(plain, (page, body) -> {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (OutputStream to = new SnappyCompressorOutputStream(compressed, body.length, 1 << 19)) {
                to.write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            page.setCompressed_page_size(compressed.size());
            return compressed.toByteArray();
        });
        byte[] file = RewrittenParquet.codec(pages, CompressionCodec.SNAPPY);

        assertThat(file.length).isLessThan(plain.length * 3 / 4);
        verify(new Case("sound", null, List.of()), file, rows(Files.write(temporary.resolve("s"), plain)));
    }

    @Test
    void deadlineIsCheckedWhileManyValuesAreReadFromAFewBytes() throws IOException {
        int values = 20_000_000;
        byte[] run = bytes(0x80, 0xB4, 0x89, 0x13, 0);
        byte[] pages = RewrittenParquet.contents(LISTS, (page, body) -> {
            page.getData_page_header().setNum_values(values);
            return first(
                    page, Encoding.RLE, new Parts(run, run, Parts.of(body, true).values()));
        });
        byte[] file = RewrittenParquet.footer(pages, footer -> {
            footer.setNum_rows(values).getRow_groups().getFirst().setNum_rows(values);
            footer.getRow_groups()
                    .getFirst()
                    .getColumns()
                    .getFirst()
                    .getMeta_data()
                    .setNum_values(values);
        });
        AtomicInteger checks = new AtomicInteger();

        ParquetHeaders.check("o", Files.write(temporary.resolve("o.parquet"), file), checks::incrementAndGet);

        assertThat(checks.get()).isBetween(20, 60);
    }

    private static byte[] values(byte[] file, Encoding encoding, byte[] values) throws IOException {
        return RewrittenParquet.contents(file, (page, body) -> {
            page.getData_page_header().setEncoding(encoding);
            return first(
                    page,
                    Encoding.RLE,
                    new Parts(new byte[0], Parts.of(body, false).definition(), values));
        });
    }

    private void verify(Case page, byte[] content, String rows) throws IOException, SQLException {
        Path file = Files.write(temporary.resolve("o.parquet"), content);
        if (page.why() == null) {
            ParquetHeaders.check("o", file, () -> {});
            assertThat(rows(file)).isEqualTo(rows);
        } else {
            assertThatThrownBy(() -> ParquetHeaders.check("o", file, () -> {}))
                    .isInstanceOfSatisfying(
                            ObjectDefectException.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.CORRUPT))
                    .hasMessageStartingWith("object o is corrupt: column 'c")
                    .hasMessageContaining(page.why())
                    .hasMessageEndingWith("; write it again");
        }
    }

    private static String rows(Path file) throws SQLException {
        return ParquetAnswer.of("list(c)::VARCHAR", file);
    }
}
