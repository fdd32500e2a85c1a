package io.fanin.model.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Texts where the length of their UTF-8 is limited. */
public final class Utf8Beginning {

    private static final int MAX_BYTES_OF_A_CHAR = 3;

    private Utf8Beginning() {}

    /** As many of a text's whole characters as these bytes hold: the text itself if they hold all. */
    public static String of(String text, int bytes) {
        if (text.length() <= bytes / MAX_BYTES_OF_A_CHAR) {
            return text;
        }
        CharBuffer characters = CharBuffer.wrap(text);
        CharsetEncoder encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        encoder.encode(characters, ByteBuffer.allocate(bytes), true);
        return text.substring(0, characters.position());
    }
}
