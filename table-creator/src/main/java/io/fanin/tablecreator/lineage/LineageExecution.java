package io.fanin.tablecreator.lineage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The parts of an execution's ARN, and the ids of its runs: the same for duplicates, and in the Python package.
 *
 * @param machine the name of the state machine
 */
record LineageExecution(String arn, String partition, String region, String account, String machine) {

    /** The URL namespace of RFC 9562. */
    private static final UUID URLS = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    private static final UUID RUNS = named(URLS, "https://pypi.org/project/partition-fan-in/");

    private static final int PARTS = 8;

    /** @throws IllegalArgumentException if it is not the ARN of an execution */
    static LineageExecution of(String arn) {
        String[] parts = arn.split(":", PARTS);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("not the ARN of an execution: " + arn);
        }
        return new LineageExecution(arn, parts[1], parts[3], parts[4], parts[6]);
    }

    /** The namespace of its jobs. */
    String namespace() {
        return "aws:states:" + region + ":" + account;
    }

    String runId() {
        return named(RUNS, arn).toString();
    }

    String runIdOfPass(int pass) {
        return named(RUNS, arn + "/" + pass).toString();
    }

    /** A name-based UUID, version 5 (RFC 9562, section 5.5); the JDK has only version 3. */
    private static UUID named(UUID namespace, String name) {
        MessageDigest sha1;
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
        sha1.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .flip());
        ByteBuffer digest = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        long most = (digest.getLong() & ~0xF000L) | 0x5000L;
        long least = (digest.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(most, least);
    }
}
