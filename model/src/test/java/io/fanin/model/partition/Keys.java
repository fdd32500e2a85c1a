package io.fanin.model.partition;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Partition keys written for tests: {@code dt:date, at:string:yyyy/MM/dd/HH, minute:int/15}. */
public final class Keys {

    private Keys() {}

    public static List<PartitionKey> of(String keys) {
        return Stream.of(keys.split(", ")).map(Keys::key).toList();
    }

    private static PartitionKey key(String written) {
        String[] every = written.strip().split("/(?=[0-9]+$)", 2);
        String[] parts = every[0].split(":", 3);
        Optional<String> format = Optional.of(parts.length > 2 ? parts[2] : "").filter(text -> !text.isEmpty());
        PartitionKey key = new PartitionKey(parts[0], KeyType.of(parts[1]), format, Optional.empty(), Optional.empty());
        return every.length == 1 ? key : key.every(Integer.parseInt(every[1]));
    }
}
