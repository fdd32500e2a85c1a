package io.fanin.core.text;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that tells contents apart. */
public final class Sha256 {

    private Sha256() {}

    /** A digest with nothing in it. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
