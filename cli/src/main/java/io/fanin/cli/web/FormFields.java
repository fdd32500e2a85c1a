package io.fanin.cli.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The fields of a submitted form. */
record FormFields(Map<String, String> fields) {

    private static final int MAX_BYTES = 64 * 1024;

    static FormFields read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new RefusedException(413, "the form is longer than " + MAX_BYTES + " bytes");
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : new String(bytes, StandardCharsets.UTF_8).split("&", -1)) {
            String[] parts = field.split("=", 2);
            fields.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
        }
        return new FormFields(fields);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, "the form cannot be read: " + e.getMessage());
        }
    }

    /** The value of a field; empty if it is missing. */
    String text(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    String required(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw new RefusedException(400, "'" + name + "' is missing");
        }
        return text;
    }
}
