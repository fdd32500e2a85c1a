package io.fanin.records.objects;

import io.fanin.core.s3.ObjectSummary;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A bucket for tests: lists in the order of writing, and records what was read. */
public final class InMemoryObjects implements ObjectSource {
    public static final Instant WRITTEN = Instant.parse("2026-11-01T10:00:00Z");

    private final Map<String, Entry> objects = new LinkedHashMap<>();
    public final List<String> reads = new ArrayList<>();

    private record Entry(ObjectSummary summary, Supplier<InputStream> content) {}

    public InMemoryObjects put(String key, String text) {
        return put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    public InMemoryObjects put(String key, byte[] bytes) {
        return put(summary(key, bytes.length), () -> new ByteArrayInputStream(bytes));
    }

    public InMemoryObjects put(ObjectSummary summary, Supplier<InputStream> content) {
        objects.put(summary.key(), new Entry(summary, content));
        return this;
    }

    public static ObjectSummary summary(String key, long size) {
        return new ObjectSummary(key, size, "\"etag\"", WRITTEN);
    }

    @Override
    public Iterator<ObjectSummary> list(String prefix) {
        return objects.values().stream()
                .map(Entry::summary)
                .filter(o -> o.key().startsWith(prefix))
                .iterator();
    }

    @Override
    public InputStream open(ObjectSummary object) {
        reads.add(object.key());
        return objects.get(object.key()).content().get();
    }

    @Override
    public byte[] range(ObjectSummary object, long from, long toInclusive) {
        reads.add("%s[%d..%d]".formatted(object.key(), from, toInclusive));
        try (InputStream content = objects.get(object.key()).content().get()) {
            return Arrays.copyOfRange(content.readAllBytes(), Math.toIntExact(from), Math.toIntExact(toInclusive + 1));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
