package io.fanin.detector;

import io.fanin.core.spec.SpecException;
import io.fanin.core.table.S3Location;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads small texts that lie in one of the spec buckets, and that an execution or its spec names. */
record S3Texts(S3Client s3, StackBuckets buckets) {

    private static final int RANGE_NOT_SATISFIABLE = 416;

    private static final String ACCESS_DENIED = "AccessDenied";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** What a spec names, and where in it. */
    record Reference(String path, String what, String example, int maxBytes) {

        SpecException refused(String message) {
            return SpecException.at(path, message);
        }

        SpecException refused(String message, Exception cause) {
            return new SpecException(refused(message).getMessage(), cause);
        }
    }

    /**
     * The text that lies at the URI.
     *
     * @throws SpecException when there is none, it lies elsewhere, may not be read, is too large, or is no text in UTF-8
     * @throws S3Exception when S3 fails or throttles, which passes
     */
    String read(String uri, Reference reference) {
        S3Location folder = folderOf(uri, reference);
        buckets.whyNoSpecs(folder).ifPresent(why -> {
            throw reference.refused(uri + " " + why);
        });
        byte[] bytes;
        try {
            bytes = beginningOf(
                    folder.bucket(), folder.prefix() + uri.substring(uri.lastIndexOf('/') + 1), reference.maxBytes());
        } catch (S3Exception e) {
            if (passes(e)) {
                throw e;
            }
            throw reference.refused(uri + " " + why(e, reference), e);
        }
        if (bytes.length > reference.maxBytes()) {
            throw reference.refused(uri + " is too large, expected " + reference.what() + " of " + reference.maxBytes()
                    + " bytes at most");
        }
        return text(uri, bytes, reference);
    }

    private static boolean passes(S3Exception e) {
        return e.statusCode() >= HttpStatusCode.INTERNAL_SERVER_ERROR || e.isThrottlingException();
    }

    private static String why(S3Exception e, Reference reference) {
        return switch (e) {
            case NoSuchKeyException none ->
                "does not exist: upload " + reference.what() + " there, or correct the name";
            case NoSuchBucketException none -> "does not exist, nor does its bucket: correct the name";
            default -> "cannot be read, " + refusal(e);
        };
    }

    private static String refusal(S3Exception e) {
        Optional<String> code = code(e);
        if (e.statusCode() == HttpStatusCode.MOVED_PERMANENTLY) {
            return "its bucket lies in another region than the stack: copy it into a spec bucket here";
        }
        if (e.statusCode() == HttpStatusCode.FORBIDDEN
                && code.orElse(ACCESS_DENIED).equals(ACCESS_DENIED)) {
            return "access is denied: allow the detector's role in the bucket's policy; name another account's bucket by its"
                    + " account in the stack's parameter DataAccounts, and a KMS key that encrypts the object in DataKeys";
        }
        return code.map(known -> "S3 answers " + known + " (status " + e.statusCode() + ")")
                        .orElseGet(() -> "S3 answers with status " + e.statusCode())
                + ": check the object and its bucket, and where a KMS key encrypts the object, that key too";
    }

    /** S3's own name for what went wrong; empty where the answer has none. */
    private static Optional<String> code(S3Exception e) {
        return Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .filter(code -> !code.isBlank());
    }

    private static String text(String uri, byte[] bytes, Reference reference) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw reference.refused(uri + " is no text in UTF-8, expected " + reference.what(), e);
        }
    }

    /** No more than shows whether it is too large. */
    private byte[] beginningOf(String bucket, String key, int maxBytes) {
        try {
            return s3.getObjectAsBytes(
                            request -> request.bucket(bucket).key(key).range("bytes=0-" + maxBytes))
                    .asByteArrayUnsafe();
        } catch (S3Exception e) {
            if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                return new byte[0]; // an empty object has no first byte
            }
            throw e;
        }
    }

    private static S3Location folderOf(String uri, Reference reference) {
        return S3Location.find(uri.substring(0, uri.lastIndexOf('/') + 1))
                .filter(folder -> !uri.endsWith("/"))
                .orElseThrow(() -> reference.refused(
                        "expected an S3 URI such as " + reference.example() + ", found '" + uri + "'"));
    }
}
