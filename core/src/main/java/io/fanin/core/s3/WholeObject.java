package io.fanin.core.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Transforms the responses for objects, or ranges of them, that are not empty: the SDK retries a call whose answer has
 * no body, or fewer bytes than its header states.
 */
final class WholeObject {

    private WholeObject() {}

    /** Reads into memory. */
    static ResponseTransformer<GetObjectResponse, ResponseBytes<GetObjectResponse>> toBytes() {
        return toBytes(Long.MAX_VALUE);
    }

    /** Reads at most this number of bytes into memory; a longer object fails before it is read. */
    static ResponseTransformer<GetObjectResponse, ResponseBytes<GetObjectResponse>> toBytes(long most) {
        ResponseTransformer<GetObjectResponse, ResponseBytes<GetObjectResponse>> bytes = ResponseTransformer.toBytes();
        return (answer, body) -> {
            if (answer.contentLength() != null && answer.contentLength() > most) {
                body.abort();
                throw NonRetryableException.create(
                        "The object has " + answer.contentLength() + " bytes, and " + most + " are read at most", null);
            }
            ResponseBytes<GetObjectResponse> read = bytes.transform(answer, body);
            requireWhole(answer, read.asByteArrayUnsafe().length);
            return read;
        };
    }

    /** Reads into a file, which must not exist. */
    static ResponseTransformer<GetObjectResponse, GetObjectResponse> toFile(Path file) {
        ResponseTransformer<GetObjectResponse, GetObjectResponse> written = ResponseTransformer.toFile(file);
        return (answer, body) -> {
            written.transform(answer, body);
            try {
                requireWhole(answer, Files.size(file));
            } catch (IOException | RetryableException e) {
                Files.deleteIfExists(file);
                throw e;
            }
            return answer;
        };
    }

    private static void requireWhole(GetObjectResponse answer, long length) {
        boolean isShort = answer.contentLength() != null && answer.contentLength() != length;
        if (isShort || length == 0) {
            throw RetryableException.create("The answer to GetObject ended after " + length + " bytes of "
                    + (answer.contentLength() == null ? "a body" : answer.contentLength()));
        }
    }
}
