package io.fanin.core.catalog.table;

import io.fanin.model.text.LogSafe;
import java.util.Map;
import java.util.stream.Collectors;

/** A table's parameters say something of a partition key that no key can have; the message names them. */
final class KeyParameterException extends IllegalArgumentException {

    KeyParameterException(Map<String, String> parameters, IllegalArgumentException cause) {
        super(
                "has the parameters "
                        + parameters.entrySet().stream()
                                .map(one -> one.getKey() + "=" + LogSafe.name(one.getValue()))
                                .collect(Collectors.joining(", "))
                        + ", of which one is wrong: " + cause.getMessage(),
                cause);
    }
}
