package io.fanin.processor.validate;

import java.util.Optional;

/**
 * Finds names that S3 accepts but query engines do not list. Trino takes a name ending in {@code /} for a folder, and
 * cannot read a listing with characters that XML does not allow.
 */
public final class ListedNames {

    private ListedNames() {}

    /** The reason why query engines do not find an object, in words that follow its name; absent if they do. */
    public static Optional<String> problem(String name) {
        if (name.endsWith("/")) {
            return Optional.of("ends in a slash, so query engines take it for a folder and read no row of it");
        }
        return name.chars().anyMatch(ListedNames::isNotOfXml)
                ? Optional.of("has a control character in its name, so query engines cannot list the partition")
                : Optional.empty();
    }

    private static boolean isNotOfXml(int c) {
        return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF;
    }
}
