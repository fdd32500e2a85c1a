package io.fanin.model.partition;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Partition keys written for tests: {@code dt:date, at:string:yyyy/MM/dd/HH}. */
public final class Keys {

    private Keys() {}

    public static List<PartitionKey> of(String keys) {
        return Stream.of(keys.split(", ")).map(Keys::key).toList();
    }

    private static PartitionKey key(String written) {
        String[] parts = written.strip().split(":", 3);
        Optional<String> format = Optional.of(parts.length > 2 ? parts[2] : "").filter(text -> !text.isEmpty());
        return new PartitionKey(parts[0], KeyType.of(parts[1]), format, Optional.empty());
    }
}
