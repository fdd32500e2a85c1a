package io.fanin.core.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Has the SDK retry calls that are answered with status 200 and no body, although the service always sends one: to the SDK
 * they look like answers whose fields are all empty. The objects themselves are no concern of this. Thread-safe.
 */
public final class WholeAnswers implements ExecutionInterceptor {

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Optional<InputStream> body = context.responseBody();
        if (!context.httpResponse().isSuccessful() || mayBeEmpty(context.request())) {
            return body;
        }
        InputStream given = body.orElseGet(InputStream::nullInputStream);
        try {
            return Optional.of(isShort(context.request()) ? whole(given, context) : begun(given, context));
        } catch (IOException e) {
            throw RetryableException.create(
                    "The answer to " + name(context.request()) + " could not be read: " + e.getMessage(), e);
        }
    }

    private static boolean mayBeEmpty(SdkRequest request) {
        return request instanceof S3Request && !isShort(request) && !(request instanceof ListObjectsV2Request);
    }

    /** What breaks off in these would not be retried while it is parsed. */
    private static boolean isShort(SdkRequest request) {
        return request instanceof DeleteObjectsRequest
                || request instanceof CreateMultipartUploadRequest
                || request instanceof CompleteMultipartUploadRequest;
    }

    private static InputStream whole(InputStream body, Context.ModifyHttpResponse context) throws IOException {
        byte[] bytes = body.readAllBytes();
        if (bytes.length == 0) {
            throw withoutBody(context);
        }
        return new ByteArrayInputStream(bytes);
    }

    private static InputStream begun(InputStream body, Context.ModifyHttpResponse context) throws IOException {
        PushbackInputStream begun = new PushbackInputStream(body);
        int first = begun.read();
        if (first < 0) {
            throw withoutBody(context);
        }
        begun.unread(first);
        return begun;
    }

    private static RetryableException withoutBody(Context.ModifyHttpResponse context) {
        return RetryableException.create(name(context.request()) + " was answered without a body");
    }

    private static String name(SdkRequest request) {
        return request.getClass().getSimpleName().replaceFirst("Request$", "");
    }
}
