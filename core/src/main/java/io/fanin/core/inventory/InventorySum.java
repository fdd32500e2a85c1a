package io.fanin.core.inventory;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.run.Inventory;
import io.fanin.model.text.Sha256;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The inventory of a partition, computed incrementally over its objects. The hash does not depend on their order: it is
 * the sum modulo 2<sup>256</sup> of each object's SHA-256 over {@code key below the prefix, NUL, etag, NUL, size in
 * decimal} (UTF-8), as 64 lower-case hex digits; without objects it is 64 zeros.
 */
public final class InventorySum {
    /** The hash without objects. */
    public static final String NOTHING = "0".repeat(64);

    private static final int WORDS = 256 / Long.SIZE;

    private final String prefix;
    private final MessageDigest sha256 = Sha256.digest();
    private long files;
    private long bytes;
    private Instant newest;
    private Instant oldest;

    /** The most significant word first. */
    private final long[] hash = new long[WORDS];

    /**
     * An inventory without objects so far.
     *
     * @param prefix the partition's, with which every object's key begins
     */
    public InventorySum(String prefix) {
        this.prefix = prefix;
    }

    public void add(ObjectSummary object) {
        files++;
        bytes += object.size();
        if (newest == null || object.lastModified().isAfter(newest)) {
            newest = object.lastModified();
        }
        if (oldest == null || object.lastModified().isBefore(oldest)) {
            oldest = object.lastModified();
        }
        String name = object.key().substring(prefix.length());
        byte[] line = (name + '\0' + object.etag() + '\0' + object.size()).getBytes(StandardCharsets.UTF_8);
        addToHash(ByteBuffer.wrap(sha256.digest(line)).asLongBuffer());
    }

    private void addToHash(LongBuffer digest) {
        boolean carry = false;
        for (int i = WORDS - 1; i >= 0; i--) {
            long before = hash[i];
            hash[i] = before + digest.get(i) + (carry ? 1 : 0);
            int compared = Long.compareUnsigned(hash[i], before);
            carry = compared < 0 || (carry && compared == 0);
        }
    }

    public boolean isEmpty() {
        return files == 0;
    }

    /** The number of objects added so far. */
    public long files() {
        return files;
    }

    /** The inventory of the objects added so far. */
    public Inventory sum() {
        return new Inventory(files, bytes, Optional.ofNullable(newest), hex(), Optional.ofNullable(oldest));
    }

    private String hex() {
        return Arrays.stream(hash).mapToObj(HexFormat.of()::toHexDigits).collect(Collectors.joining());
    }
}
