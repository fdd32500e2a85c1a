package io.fanin.model.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 hashes, by which contents and texts are compared and named. */
public final class Sha256 {

    /** The length of a token, in bytes of the hash: enough to distinguish a small number of texts. */
    private static final int TOKEN_BYTES = 8;

    private Sha256() {}

    /** A short name for a text, unique among a small number of texts. */
    public static String token(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)), 0, TOKEN_BYTES);
    }

    /** A new digest. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
