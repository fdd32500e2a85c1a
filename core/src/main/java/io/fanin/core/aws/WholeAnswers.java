package io.fanin.core.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Makes the SDK retry calls that are answered with status 200 and without a body although their answers have content:
 * the SDK would read them as answers whose fields are all empty. Operations that change something and whose answers
 * have no fields are excluded, since AWS sends no body for some of them, and so are the contents of objects.
 * Thread-safe.
 */
public final class WholeAnswers implements ExecutionInterceptor {

    /**
     * Operations of S3 with short documents as answers: the SDK does not retry a document that is cut off while it is
     * parsed.
     */
    private static final Set<String> SHORT =
            Set.of("DeleteObjects", "CreateMultipartUpload", "CompleteMultipartUpload");

    /** The beginnings of the names of operations whose answers have fields, besides those in {@link #ANSWERED}. */
    private static final Set<String> ANSWERED_PREFIXES =
            Set.of("Batch", "Describe", "Get", "List", "Search", "Start", "Redrive");

    private static final Set<String> ANSWERED = Set.of("PutEvents", "Publish");

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        boolean isS3 = "S3".equals(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME));
        boolean isShort = isS3 && SHORT.contains(operation);
        boolean hasBody = isShort || (isS3 ? operation.equals("ListObjectsV2") : isAnswered(operation));
        if (!context.httpResponse().isSuccessful() || !hasBody) {
            return context.responseBody();
        }
        InputStream body = context.responseBody().orElseGet(InputStream::nullInputStream);
        try {
            return Optional.of(begun(isShort ? new ByteArrayInputStream(body.readAllBytes()) : body, operation));
        } catch (IOException e) {
            throw RetryableException.create("The answer to " + operation + " could not be read: " + e.getMessage(), e);
        }
    }

    private static boolean isAnswered(String operation) {
        return ANSWERED.contains(operation) || ANSWERED_PREFIXES.stream().anyMatch(operation::startsWith);
    }

    private static InputStream begun(InputStream body, String operation) throws IOException {
        PushbackInputStream begun = new PushbackInputStream(body);
        int first = begun.read();
        if (first < 0) {
            throw RetryableException.create(operation + " was answered without a body");
        }
        begun.unread(first);
        return begun;
    }
}
