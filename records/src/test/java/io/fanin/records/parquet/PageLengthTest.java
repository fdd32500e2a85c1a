package io.fanin.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.records.objects.ObjectDefectException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.PageType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that decompress into less than their headers say. */
class PageLengthTest {

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource({
        "pyarrow-delta-v1-gzip, DATA_PAGE",
        "pyarrow-v2-gzip, DATA_PAGE_V2",
        "pyarrow-v2-gzip, DICTIONARY_PAGE",
        "pyarrow-v2-brotli, DATA_PAGE_V2",
        "pyarrow-v2-brotli, DICTIONARY_PAGE",
    })
    void thatTheDatabaseWouldFillUp(String written, PageType type) throws IOException {
        Path file = oneByteMore(written, type);

        assertThatThrownBy(() -> ParquetHeaders.check("o", file, () -> {}))
                .isInstanceOf(ObjectDefectException.class)
                .hasMessageContaining("decompresses into 1 bytes less than ");
    }

    /** The check leaves these to the database. */
    @ParameterizedTest
    @ValueSource(strings = {"pyarrow-v2-snappy", "pyarrow-v2-zstd", "pyarrow-v2-lz4"})
    void thatTheDatabaseRefuses(String written) throws IOException {
        Path file = oneByteMore(written, PageType.DATA_PAGE_V2);

        assertThatThrownBy(() -> hash(file)).isInstanceOf(SQLException.class).hasMessageContaining("ecompress");
    }

    private Path oneByteMore(String written, PageType type) throws IOException {
        byte[] sound = Files.readAllBytes(Path.of("src/test/resources/parquet", written + ".parquet"));
        byte[] changed = RewrittenParquet.pages(sound, page -> {
            boolean stored = page.isSetData_page_header_v2()
                    && !page.getData_page_header_v2().isIs_compressed();
            if (page.getType() == type && !stored) {
                page.setUncompressed_page_size(page.getUncompressed_page_size() + 1);
            }
        });
        assertThat(changed).isNotEqualTo(sound);
        return Files.write(temporary.resolve("o.parquet"), changed);
    }

    /** Of gzip, the database reads one member. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void membersOfGzip(int members) throws IOException, SQLException {
        byte[] plain = ParquetBytes.of(
                "SELECT i::BIGINT AS c FROM range(1000) r(i)", ", COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1");
        byte[] pages = RewrittenParquet.contents(plain, (page, body) -> {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            for (int i = 0; i < members; i++) {
                compressed.writeBytes(
                        gzip(Arrays.copyOfRange(body, body.length * i / members, body.length * (i + 1) / members)));
            }
            page.setCompressed_page_size(compressed.size());
            return compressed.toByteArray();
        });
        Path file = Files.write(temporary.resolve("o.parquet"), RewrittenParquet.codec(pages, CompressionCodec.GZIP));

        if (members == 1) {
            ParquetHeaders.check("o", file, () -> {});
            assertThat(hash(file)).isEqualTo(hash(Files.write(temporary.resolve("plain.parquet"), plain)));
        } else {
            assertThatThrownBy(() -> ParquetHeaders.check("o", file, () -> {}))
                    .isInstanceOf(ObjectDefectException.class)
                    .hasMessageContaining("bytes less than");
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream to = new GZIPOutputStream(compressed)) {
            to.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static String hash(Path file) throws SQLException {
        return ParquetAnswer.of("bit_xor(hash(data))", file);
    }
}
