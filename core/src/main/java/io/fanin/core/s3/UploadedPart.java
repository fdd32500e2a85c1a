package io.fanin.core.s3;

import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A part of an upload, as its completion names it.
 *
 * @param number from 1
 * @param checksum CRC32 in Base64; empty where the service answers none, as some do that are compatible with S3
 */
public record UploadedPart(int number, String etag, String checksum) {

    CompletedPart completed() {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(etag)
                .checksumCRC32(checksum.isEmpty() ? null : checksum)
                .build();
    }
}
