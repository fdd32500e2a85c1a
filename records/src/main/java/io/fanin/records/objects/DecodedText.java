package io.fanin.records.objects;

import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Converts text of another charset to UTF-8. Bytes that are invalid in the charset become a byte that is invalid in
 * UTF-8, so that only the record around it is bad.
 */
final class DecodedText extends BlockInputStream {

    private static final int SIZE = 1 << 16;
    private static final byte NO_UTF_8 = (byte) 0xFF;

    /** The maximum number of UTF-8 bytes for a char. */
    private static final int MAX_BYTES = 3;

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .replaceWith(new byte[] {'?'});
    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).limit(0);
    private final CharBuffer chars = CharBuffer.allocate(SIZE);
    private final ByteBuffer utf8 = ByteBuffer.allocate(MAX_BYTES * SIZE + 1).limit(0);
    private boolean ended;

    DecodedText(InputStream in, Charset charset) {
        this.in = in;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        while (!utf8.hasRemaining()) {
            if (ended) {
                return -1;
            }
            decode();
        }
        int count = Math.min(length, utf8.remaining());
        utf8.get(to, offset, count);
        return count;
    }

    private void decode() throws IOException {
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(0, count)).flip();
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, count < 0);
        utf8.clear();
        encoder.encode(chars.flip(), utf8, false);
        if (result.isError()) {
            bytes.position(bytes.position() + bad(result));
            utf8.put(NO_UTF_8);
        } else {
            ended = count < 0 && result.isUnderflow();
        }
        utf8.flip();
    }

    /**
     * The number of invalid bytes. For half of a UTF-16 pair, this excludes the character after it, which Java
     * includes.
     */
    private int bad(CoderResult result) {
        return decoder.charset().name().startsWith("UTF-16")
                ? Math.min(result.length(), Character.BYTES)
                : result.length();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
