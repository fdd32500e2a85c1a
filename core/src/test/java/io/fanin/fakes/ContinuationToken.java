package io.fanin.fakes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Opaque to clients, as in both services, so that no code relies on its content. */
final class ContinuationToken {

    private ContinuationToken() {}

    static String write(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the position out of a token.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String read(String token) {
        return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    }
}
