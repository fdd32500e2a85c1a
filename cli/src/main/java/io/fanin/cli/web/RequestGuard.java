package io.fanin.cli.web;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Protects the console from other sites in the same browser: from host names that resolve to this machine, by the
 * {@code Host} header; from forms of other sites, by a token that only the console's pages contain, and by the
 * {@code Origin} header.
 *
 * @param hosts the accepted values of the {@code Host} header
 * @param token generated at each start
 */
record RequestGuard(Set<String> hosts, String token) {

    static final String TOKEN = "token";

    private static final int HTTP_PORT = 80;
    private static final int TOKEN_BYTES = 32;

    static RequestGuard of(int port) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        // Browsers leave out the port of HTTP.
        String end = port == HTTP_PORT ? "" : ":" + port;
        return new RequestGuard(
                Set.of(ConsoleServer.ADDRESS + end, "localhost" + end),
                HexFormat.of().formatHex(random));
    }

    /** Refuses requests whose Host header is not the console's. */
    void requireOwnHost(Headers headers) {
        List<String> given = headers.getOrDefault("Host", List.of());
        if (given.size() != 1 || !hosts.contains(given.getFirst())) {
            throw new RefusedException(421, "open the console by the address that fanin printed");
        }
    }

    /**
     * Refuses requests embedded in pages of other sites: these would not see the answer, but each takes requests to
     * AWS. Links are allowed.
     */
    void requireNotEmbedded(Headers headers) {
        boolean isOfOtherSite = "cross-site".equals(headers.getFirst("Sec-Fetch-Site"));
        if (isOfOtherSite && !"document".equals(headers.getFirst("Sec-Fetch-Dest"))) {
            throw new RefusedException(403, "another site asked for this page");
        }
    }

    /** Refuses a form that does not come from one of the console's pages. */
    void requireOwnForm(Headers headers, FormFields form) {
        String own = "http://" + headers.getFirst("Host");
        if (!headers.getOrDefault("Origin", List.of(own)).equals(List.of(own))) {
            throw new RefusedException(403, "the form was sent by another site: nothing was done");
        }
        if (!MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), form.text(TOKEN).getBytes(StandardCharsets.UTF_8))) {
            throw new RefusedException(
                    403, "the form is from another start of the console: nothing was done. Reload the page");
        }
    }
}
