package io.fanin.statemachine.simulation;

import io.fanin.core.s3.ObjectChangedException;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.s3.ObjectWriter;
import io.fanin.core.s3.UploadedPart;
import io.fanin.core.store.ObjectStore.Version;
import io.fanin.fakes.FakeS3;
import io.fanin.processor.publish.VersionTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Ways in which a broken product treats versions of partitions. */
final class VersionMutants {

    private static final String NOTES = "/superseded/";

    private VersionMutants() {}

    /** The target to which a mutant publishes versions. */
    static VersionTarget target(Mutant mutant, VersionTarget target) {
        return switch (mutant) {
            case WRITES_INTO_THE_VERSION_IN_USE ->
                new VersionTarget(new Overwriting(target.objects()), "0123456789abcdef", target.publishers());
            case TAKES_VERSIONS_FOR_UPLOADED ->
                new VersionTarget(new Believing(target.objects()), target.token(), target.publishers());
            default -> target;
        };
    }

    /** Notes versions with a due time in the past. */
    static final class Hasty implements ExecutionInterceptor {
        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            return context.request() instanceof PutObjectRequest put
                            && put.key().contains(NOTES)
                    ? put.toBuilder()
                            .key(put.key().replaceFirst(NOTES + "[^-]+", NOTES + "20000101T000000"))
                            .build()
                    : context.request();
        }
    }

    /** Hides partitions from the look-up that follows reading the notes of versions to remove. */
    static final class Blind implements ExecutionInterceptor {

        private static final ThreadLocal<Boolean> REMOVES = ThreadLocal.withInitial(() -> false);

        @Override
        public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
            if (context.request() instanceof GetObjectRequest get) {
                REMOVES.set(get.key().contains(NOTES));
            } else if (context.response() instanceof BatchGetPartitionResponse && REMOVES.get()) {
                return BatchGetPartitionResponse.builder().build();
            }
            return context.response();
        }
    }

    /** Replaces the objects at the keys of one and the same version. */
    private record Overwriting(ObjectTarget target) implements Forwarding {

        @Override
        public Iterator<ObjectSummary> list(String prefix) {
            return isOfVersion(prefix) ? target.list(prefix) : Collections.emptyIterator();
        }

        @Override
        public String put(String key, Path file, Version replaced) throws ObjectChangedException {
            return target.put(key, file, there(key));
        }

        @Override
        public String complete(String key, String upload, List<UploadedPart> parts, Version replaced)
                throws ObjectChangedException {
            return target.complete(key, upload, parts, there(key));
        }

        private Version there(String key) {
            return target.writer(key) instanceof ObjectWriter.ThisTable(String etag)
                    ? new Version.Tagged(etag)
                    : Version.NONE;
        }
    }

    /** Lists the objects that it has sent. */
    private record Believing(ObjectTarget target, Map<String, ObjectSummary> sent) implements Forwarding {

        Believing(ObjectTarget target) {
            this(target, new TreeMap<>());
        }

        @Override
        public Iterator<ObjectSummary> list(String prefix) {
            return isOfVersion(prefix)
                    ? sent.values().stream()
                            .filter(one -> one.key().startsWith(prefix))
                            .iterator()
                    : target.list(prefix);
        }

        @Override
        public String put(String key, Path file, Version replaced) throws ObjectChangedException {
            target.put(key, file, replaced);
            try {
                return noted(key, FakeS3.etag(Files.readAllBytes(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String complete(String key, String upload, List<UploadedPart> parts, Version replaced)
                throws ObjectChangedException {
            return noted(key, target.complete(key, upload, parts, replaced));
        }

        private String noted(String key, String etag) {
            sent.put(key, new ObjectSummary(key, 1, etag, Instant.EPOCH));
            return etag;
        }
    }

    private interface Forwarding extends ObjectTarget.Forwarding {

        default boolean isOfVersion(String prefix) {
            return prefix.contains("/version-");
        }

        @Override
        default ObjectWriter writer(String key) {
            return target().writer(key);
        }
    }
}
