package io.fanin.model.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash that distinguishes contents. */
public final class Sha256 {

    /** Bytes of a hash that name a text among a few. */
    private static final int TOKEN_BYTES = 8;

    private Sha256() {}

    /** A short name that distinguishes a text from a few others. */
    public static String token(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)), 0, TOKEN_BYTES);
    }

    /** A digest with nothing in it. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
