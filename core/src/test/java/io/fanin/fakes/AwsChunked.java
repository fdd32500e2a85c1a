package io.fanin.fakes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Takes an upload out of its {@code aws-chunked} framing: {@code size[;signature] CRLF data CRLF}, ended by a chunk of
 * size 0 and trailing checksums, which are not verified.
 */
final class AwsChunked {

    private AwsChunked() {}

    static SdkBytes body(Request request) {
        boolean chunked = request.headers("Content-Encoding").stream().anyMatch(value -> value.contains("aws-chunked"))
                || request.header("x-amz-content-sha256").orElse("").startsWith("STREAMING-");
        boolean isDrained = request.body().asByteArrayUnsafe().length == 0;
        return chunked && !isDrained ? decode(request.body().asByteArrayUnsafe()) : request.body();
    }

    private static SdkBytes decode(byte[] framed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(framed.length);
        int position = 0;
        while (true) {
            int lineEnd = lineEnd(framed, position);
            String line = new String(framed, position, lineEnd - position, StandardCharsets.US_ASCII);
            int size = Integer.parseInt(line.split(";", 2)[0], 16);
            if (size == 0) {
                return SdkBytes.fromByteArrayUnsafe(out.toByteArray());
            }
            out.write(framed, lineEnd + 2, size);
            position = lineEnd + 2 + size + 2;
        }
    }

    private static int lineEnd(byte[] bytes, int from) {
        int position = from;
        while (bytes[position] != '\r') {
            position++;
        }
        return position;
    }
}
