package io.fanin.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** The limits and reserved words of Glue, from the file that the emulator's plug-in reads as well. */
public final class GlueLimits {

    private static final JsonNode FILE = read();

    private GlueLimits() {}

    public static int of(String name) {
        return FILE.required(name).intValue();
    }

    /** Keys of these names, in lower case, cannot be compared: nor can they be quoted. */
    public static Set<String> reservedWords() {
        Set<String> words = new LinkedHashSet<>();
        FILE.required("reservedWords").forEach(word -> words.add(word.textValue()));
        return words;
    }

    private static JsonNode read() {
        try (InputStream file = GlueLimits.class.getResourceAsStream("glue-limits.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(file, "glue-limits.json is not packaged"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
