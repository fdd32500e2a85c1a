package io.fanin.statemachine.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** Objects as written by data pipelines, valid and invalid. */
final class Content {

    private static final String RECORDS = """
            {"carrier": "UA", "delay": 3}
            {"carrier": "B6", "delay": -1}
            {"carrier": "DL", "delay": 71}
            """;

    private Content() {}

    static byte[] json() {
        return RECORDS.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] jsonGz() {
        return gzip(json());
    }

    /** JSON compressed by zstd 1.5.4. */
    static byte[] jsonZstd() {
        return Base64.getDecoder()
                .decode("KLUv/SRctQEAhAJ7ImNhcnJpZXIiOiAiVUEiLCAiZGVsYXkiOiAzfQpCNi0xREw3MX0KBACAw0J1GHDYcCgnTEMhtg==");
    }

    /** JSON compressed by zstd 1.5.7, with a window of 16 MiB. */
    static byte[] jsonZstdOfWideWindow() {
        return Base64.getDecoder()
                .decode("KLUv/QBwtQEAhAJ7ImNhcnJpZXIiOiAiVUEiLCAiZGVsYXkiOiAzfQpCNi0xREw3MX0KBACAw0J1GHDYcCgn");
    }

    /** JSON compressed by bzip2 1.0.8. */
    static byte[] jsonBzip2() {
        return Base64.getDecoder()
                .decode(
                        "QlpoOTFBWSZTWddGRJ8AACxfgAAQUAYpkDQEAgAuJBAqIABQoABoGTII9KQGmgNDT9UZoYCJ03sfExiKC14lyr4KqKrwZKCwzYcCHBYbj8XckU4UJDXRkSfA");
    }

    /** An object of an upload that was cut short. */
    static byte[] truncatedJsonGz() {
        byte[] whole = jsonGz();
        return Arrays.copyOf(whole, whole.length - 12);
    }

    /** Nearly a million records, which take a processor about a second. */
    static byte[] largeJsonGz() {
        return gzip(RECORDS.repeat(300_000).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] csv() {
        return "carrier,delay\nUA,3\nB6,-1\n".getBytes(StandardCharsets.UTF_8);
    }

    /** The rows of {@link #csv}. */
    static byte[] parquet() {
        return resource("/two-flights.parquet");
    }

    /** The rows of {@link #csv} as PyArrow writes them. */
    static byte[] orc() {
        return resource("/two-flights.orc");
    }

    /** Three rows, the last of them null in every column. */
    static byte[] parquetOfManyTypes() {
        return resource("/flights.parquet");
    }

    private static byte[] resource(String name) {
        try (InputStream file = Content.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
