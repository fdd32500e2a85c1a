package io.fanin.core.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends short bodies together with their headers, without {@code Expect: 100-continue}, for whose answer the SDK waits
 * before each body that goes to S3. Where S3 refuses a request by its headers alone, the JDK's client passes over the
 * answer's body, and with it over S3's reason: <a
 * href="https://github.com/aws/aws-sdk-java-v2/issues/5305">aws-sdk-java-v2 5305</a>. Thread-safe.
 */
public final class ShortBodies implements ExecutionInterceptor {

    /**
     * Shorter bodies fit into the buffers of a connection: they are sent even if the other side reads no more, and its
     * answer is read.
     */
    static final long LONG = 64 << 10;

    private static final String EXPECT = "Expect";

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        SdkHttpRequest request = context.httpRequest();
        boolean isShort = request.firstMatchingHeader("Content-Length")
                .filter(length -> Long.parseLong(length) < LONG)
                .isPresent();
        return isShort && request.firstMatchingHeader(EXPECT).isPresent()
                ? request.toBuilder().removeHeader(EXPECT).build()
                : request;
    }
}
