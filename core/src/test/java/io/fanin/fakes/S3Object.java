package io.fanin.fakes;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import software.amazon.awssdk.core.SdkBytes;

/**
 * An object.
 *
 * @param etag with its quotes; like that of an object under SSE-KMS, it is no MD5 of the content
 * @param modified in whole seconds, as S3 keeps it
 * @param metadata the headers {@code x-amz-meta-*} that it was put with
 */
record S3Object(SdkBytes content, String etag, Instant modified, Map<String, String> metadata) {

    private static final String STORAGE_CLASS = "x-amz-storage-class";

    static S3Object of(SdkBytes content, Instant now) {
        return of(content, now, Map.of());
    }

    static S3Object of(SdkBytes content, Instant now, Map<String, String> metadata) {
        return new S3Object(content, etag(content), now.truncatedTo(ChronoUnit.SECONDS), metadata);
    }

    /** As an object in an archive. */
    S3Object archivedIn(String storageClass) {
        Map<String, String> headers = new HashMap<>(metadata);
        headers.put(STORAGE_CLASS, storageClass);
        return new S3Object(content, etag, modified, headers);
    }

    String storageClass() {
        return metadata.getOrDefault(STORAGE_CLASS, "STANDARD");
    }

    int size() {
        return content.asByteArrayUnsafe().length;
    }

    /** Whether an If-Match or If-None-Match header names this object. */
    boolean matches(String header) {
        String unquoted = etag.substring(1, etag.length() - 1);
        return header.equals("*") || header.equals(etag) || header.equals(unquoted);
    }

    static String etag(SdkBytes content) {
        byte[] bytes = content.asByteArrayUnsafe();
        return '"' + "%08x%08x%016x".formatted(sum(new CRC32(), bytes), sum(new CRC32C(), bytes), bytes.length) + '"';
    }

    private static long sum(Checksum checksum, byte[] bytes) {
        checksum.update(bytes);
        return checksum.getValue();
    }
}
