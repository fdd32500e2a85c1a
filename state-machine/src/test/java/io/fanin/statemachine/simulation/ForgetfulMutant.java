package io.fanin.statemachine.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Replaces names in some documents. */
record ForgetfulMutant(Predicate<String> keys, String pattern, String replacement) implements ExecutionInterceptor {
    @Override
    public Optional<RequestBody> modifyHttpContent(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return context.request() instanceof PutObjectRequest put && keys.test(put.key())
                ? context.requestBody().map(this::renamed)
                : context.requestBody();
    }

    private RequestBody renamed(RequestBody body) {
        try (InputStream content = body.contentStreamProvider().newStream()) {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            return RequestBody.fromString(text.replaceAll(pattern, replacement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
