package io.fanin.statemachine.simulation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Ways in which a broken product misreads answers. */
record AnswerMutants(Mutant how) implements ExecutionInterceptor {

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return isOfDetection(context)
                ? context.httpResponse().toBuilder()
                        .removeHeader("Content-Length")
                        .build()
                : context.httpResponse();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return isOfDetection(context) ? context.responseBody().map(AnswerMutants::lacking) : context.responseBody();
    }

    private boolean isOfDetection(Context.ModifyHttpResponse context) {
        return how == Mutant.ADDS_REMOVED_COLUMNS
                && context.request() instanceof GetObjectRequest get
                && (get.key().contains("/detection-") || get.key().endsWith("/spec.json"));
    }

    /** The document as if a column had been missing from the table. */
    private static InputStream lacking(InputStream body) {
        try {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            String lacking = text.contains("newColumns")
                    ? text
                    : text.replace(
                            "\"tableCreated\":",
                            "\"newColumns\":[{\"name\":\"delay\",\"type\":\"int\"}],\"tableCreated\":");
            return new ByteArrayInputStream(lacking.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
        return switch (context.response()) {
            case ListObjectsV2Response listing
            when how == Mutant.TAKES_NO_ANSWER_FOR_AN_EMPTY_LISTING && listing.isTruncated() == null ->
                listing.toBuilder().isTruncated(false).build();
            case GetTableResponse answer
            when how == Mutant.TAKES_ANY_TABLE_FOR_ITS_OWN && answer.table() != null ->
                answer.toBuilder()
                        .table(answer.table().toBuilder()
                                .createTime(Instant.EPOCH)
                                .build())
                        .build();
            case HeadObjectResponse object
            when how == Mutant.OVERLOOKS_EXPIRY ->
                object.toBuilder().expiration(null).build();
            case SdkResponse other -> other;
        };
    }
}
