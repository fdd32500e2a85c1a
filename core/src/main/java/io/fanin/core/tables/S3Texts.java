package io.fanin.core.tables;

import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.ObjectRefusedException;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.S3Location;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Reads small texts in one of the spec buckets that an execution's input or its spec refers to. */
public record S3Texts(Function<String, BucketReader> reader, StackBuckets buckets) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** The spec's reference to a text: its path in the spec, and the kind of text. */
    record Reference(String path, String what, String example, int maxBytes) {

        SpecException refused(String message) {
            return SpecException.at(path, message);
        }

        SpecException refused(String message, Exception cause) {
            return SpecException.at(path, message, cause);
        }
    }

    /**
     * The text at the URI.
     *
     * @throws SpecException if there is none, it is in another bucket, must not be read, is too large, or is not text
     *     in UTF-8
     */
    String read(String uri, Reference reference) {
        S3Location folder = folderOf(uri, reference);
        buckets.whyNoSpecs(folder).ifPresent(why -> {
            throw reference.refused(uri + " " + why);
        });
        byte[] bytes = beginningOf(uri, folder, reference);
        if (bytes.length > reference.maxBytes()) {
            throw reference.refused(uri + " is too large, expected " + reference.what() + " of " + reference.maxBytes()
                    + " bytes at most");
        }
        return text(uri, bytes, reference);
    }

    /** Reads one byte more than the limit, to recognise text that is too large. */
    private byte[] beginningOf(String uri, S3Location folder, Reference reference) {
        try {
            return reader.apply(folder.bucket())
                    .beginning(folder.prefix() + uri.substring(uri.lastIndexOf('/') + 1), reference.maxBytes() + 1);
        } catch (ObjectRefusedException e) {
            throw reference.refused(uri + " " + why(e, reference), e);
        }
    }

    private static String why(ObjectRefusedException e, Reference reference) {
        return switch (e.reason()) {
            case NO_OBJECT -> "does not exist: upload " + reference.what() + " there, or correct the name";
            case NO_BUCKET -> "does not exist, nor does its bucket: correct the name";
            case OTHER_REGION ->
                "cannot be read, its bucket lies in another region than the stack: copy it into a spec bucket here";
            case ACCESS_DENIED ->
                "cannot be read, access is denied: allow the detector's role in the bucket's policy; name another"
                        + " account's bucket by its account in the stack's parameter DataAccounts, and a KMS key that"
                        + " encrypts the object in DataKeys";
            case REPLACED, ARCHIVED, ENCRYPTED, ENCRYPTED_BY_WRITER, OTHER ->
                "cannot be read, " + e.getMessage()
                        + ": check the object and its bucket, and where a KMS key encrypts the object, that key too";
        };
    }

    private static String text(String uri, byte[] bytes, Reference reference) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw reference.refused(uri + " is not text in UTF-8, expected " + reference.what(), e);
        }
    }

    private static S3Location folderOf(String uri, Reference reference) {
        return S3Location.find(uri.substring(0, uri.lastIndexOf('/') + 1))
                .filter(folder -> !uri.endsWith("/"))
                .orElseThrow(() -> reference.refused(
                        "expected an S3 URI such as " + reference.example() + ", found '" + uri + "'"));
    }
}
