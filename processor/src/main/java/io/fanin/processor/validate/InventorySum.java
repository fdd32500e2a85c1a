package io.fanin.processor.validate;

import io.fanin.core.run.Inventory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What a partition holds, summed up as its objects go by. The hash does not depend on their order: it is the sum
 * modulo 2<sup>256</sup> of each object's SHA-256 over {@code key below the prefix, NUL, etag, NUL, size in decimal}
 * (UTF-8), as 64 lower-case hex digits.
 */
final class InventorySum {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private final String prefix;
    private final MessageDigest sha256 = sha256();
    private long files;
    private long bytes;
    private Instant newest = Instant.MIN;
    private BigInteger hash = BigInteger.ZERO;

    InventorySum(String prefix) {
        this.prefix = prefix;
    }

    void add(ObjectSummary object) {
        files++;
        bytes += object.size();
        newest = object.lastModified().isAfter(newest) ? object.lastModified() : newest;
        String name = object.key().substring(prefix.length());
        byte[] line = (name + '\0' + object.etag() + '\0' + object.size()).getBytes(StandardCharsets.UTF_8);
        hash = hash.add(new BigInteger(1, sha256.digest(line))).mod(MODULUS);
    }

    boolean isEmpty() {
        return files == 0;
    }

    Inventory sum() {
        return new Inventory(files, bytes, newest, hex());
    }

    private String hex() {
        byte[] padded = MODULUS.add(hash).toByteArray();
        return HexFormat.of().formatHex(padded, 1, padded.length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
