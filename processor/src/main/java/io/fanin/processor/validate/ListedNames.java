package io.fanin.processor.validate;

import java.util.Optional;

/**
 * Names of objects that query engines list, of those that S3 takes. To Trino, one that ends in {@code /} is a folder,
 * and it cannot read a list with characters that XML does not have.
 */
public final class ListedNames {

    private ListedNames() {}

    /** Why query engines do not find an object, in words that follow its name; empty if they do. */
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
