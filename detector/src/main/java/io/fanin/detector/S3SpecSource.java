package io.fanin.detector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.json.Json;
import io.fanin.core.s3.DataBuckets;
import io.fanin.core.spec.SpecException;
import io.fanin.core.table.S3Location;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Fetches table specs that lie in one of the data buckets. */
record S3SpecSource(S3Client s3, DataBuckets buckets) implements ExecutionInput.SpecSource {

    private static final String PATH = "$.spec";

    /** As much as Step Functions would take for an execution's input. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final int RANGE_NOT_SATISFIABLE = 416;

    @Override
    public ObjectNode fetch(String uri) {
        S3Location folder = folderOf(uri);
        if (!buckets.allow(folder)) {
            throw SpecException.at(PATH, uri + " lies outside the stack's data buckets (" + buckets + ")");
        }
        String key = folder.prefix() + uri.substring(uri.lastIndexOf('/') + 1);
        try {
            String text = beginningOf(folder.bucket(), key);
            if (text.length() > MAX_BYTES) {
                throw SpecException.at(
                        PATH, uri + " is too large, expected a table spec of " + MAX_BYTES + " bytes at most");
            }
            if (Json.input().readTree(text) instanceof ObjectNode spec) {
                return spec;
            }
            throw SpecException.at(PATH, uri + " holds no JSON object, expected a table spec");
        } catch (S3Exception e) {
            throw new SpecException(
                    SpecException.at(PATH, uri + " cannot be read: " + e.getMessage())
                            .getMessage(),
                    e);
        } catch (JsonProcessingException e) {
            throw new SpecException(
                    SpecException.at(PATH, uri + " is no JSON: " + e.getOriginalMessage())
                            .getMessage(),
                    e);
        }
    }

    /** No more than shows whether it is too large. */
    private String beginningOf(String bucket, String key) {
        try {
            return s3.getObjectAsBytes(
                            request -> request.bucket(bucket).key(key).range("bytes=0-" + MAX_BYTES))
                    .asUtf8String();
        } catch (S3Exception e) {
            if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
                return ""; // an empty object has no first byte
            }
            throw e;
        }
    }

    private static S3Location folderOf(String uri) {
        try {
            if (uri.endsWith("/")) {
                throw new IllegalArgumentException("names a folder");
            }
            return S3Location.of(uri.substring(0, uri.lastIndexOf('/') + 1));
        } catch (IllegalArgumentException e) {
            throw new SpecException(
                    SpecException.at(
                                    PATH,
                                    "expected an S3 URI such as s3://bucket/specs/flights.json, found '" + uri + "'")
                            .getMessage(),
                    e);
        }
    }
}
