package io.fanin.core.inventory;

import io.fanin.core.run.Inventory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a partition holds, summed up as its objects go by. The hash does not depend on their order: it is the sum
 * modulo 2<sup>256</sup> of each object's SHA-256 over {@code key below the prefix, NUL, etag, NUL, size in decimal}
 * (UTF-8), as 64 lower-case hex digits; no objects at all have 64 zeros.
 */
public final class InventorySum {
    /** The hash of no objects. */
    public static final String NOTHING = "0".repeat(64);

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private final String prefix;
    private final MessageDigest sha256 = sha256();
    private long files;
    private long bytes;
    private Optional<Instant> newest = Optional.empty();
    private BigInteger hash = BigInteger.ZERO;

    /**
     * A sum of nothing yet.
     *
     * @param prefix the partition's, which every object's key begins with
     */
    public InventorySum(String prefix) {
        this.prefix = prefix;
    }

    public void add(ObjectSummary object) {
        files++;
        bytes += object.size();
        Instant modified = object.lastModified();
        newest = Optional.of(newest.filter(modified::isBefore).orElse(modified));
        String name = object.key().substring(prefix.length());
        byte[] line = (name + '\0' + object.etag() + '\0' + object.size()).getBytes(StandardCharsets.UTF_8);
        hash = hash.add(new BigInteger(1, sha256.digest(line))).mod(MODULUS);
    }

    public boolean isEmpty() {
        return files == 0;
    }

    /** How many objects were added. */
    public long files() {
        return files;
    }

    /** What was added until now. */
    public Inventory sum() {
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
