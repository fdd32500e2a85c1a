package io.fanin.fakes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import software.amazon.awssdk.core.SdkBytes;

/**
 * What lies under a key.
 *
 * @param etag the MD5 with its quotes
 * @param modified in whole seconds, as S3 keeps it
 */
record S3Object(SdkBytes content, String etag, Instant modified) {

    static S3Object of(SdkBytes content, Instant now) {
        return new S3Object(content, etag(content), now.truncatedTo(ChronoUnit.SECONDS));
    }

    int size() {
        return content.asByteArrayUnsafe().length;
    }

    /** Whether an If-Match or If-None-Match header names this object. */
    boolean matches(String header) {
        String unquoted = etag.substring(1, etag.length() - 1);
        return header.equals("*") || header.equals(etag) || header.equals(unquoted);
    }

    private static String etag(SdkBytes content) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(content.asByteArrayUnsafe());
            return '"' + HexFormat.of().formatHex(md5) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
