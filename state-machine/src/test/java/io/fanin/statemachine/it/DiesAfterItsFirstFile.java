package io.fanin.statemachine.it;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;

/** Kills the process each time S3 has made the first file of a version visible. */
public final class DiesAfterItsFirstFile implements ExecutionInterceptor {

    @Override
    public void afterUnmarshalling(Context.AfterUnmarshalling call, ExecutionAttributes attributes) {
        if (call.response() instanceof CompleteMultipartUploadResponse) {
            Runtime.getRuntime().halt(137);
        }
    }
}
