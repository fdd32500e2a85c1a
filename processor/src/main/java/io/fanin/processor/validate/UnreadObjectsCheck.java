package io.fanin.processor.validate;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.records.compression.Compression;
import java.util.Map;
import java.util.OptionalLong;

/** The check of objects whose content is not read. */
enum UnreadObjectsCheck implements ObjectsCheck {
    CHECK;

    private static final Found FOUND = new Found(OptionalLong.empty(), Map.of());

    @Override
    public void add(ObjectSummary object, Compression named) {}

    @Override
    public Found end() {
        return FOUND;
    }
}
