package io.fanin.cli.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The response to a request.
 *
 * @param headers specific to this response
 */
record Answer(int status, String body, Map<String, String> headers) {

    private static final String SECONDS_BETWEEN_LOOKS = "3";

    static Answer page(int status, String html) {
        return new Answer(status, html, Map.of("Content-Type", "text/html; charset=utf-8"));
    }

    static Answer json(String json) {
        return new Answer(200, json, Map.of("Content-Type", "application/json; charset=utf-8"));
    }

    /** A redirect to the location of a page. */
    static Answer found(String path) {
        return new Answer(302, "", Map.of("Location", path));
    }

    /** A redirect to the page of the execution that was started. */
    static Answer seeOther(String path) {
        return new Answer(303, "", Map.of("Location", path));
    }

    /** The same response, which the browser reloads periodically. */
    Answer refreshed() {
        return with("Refresh", SECONDS_BETWEEN_LOOKS);
    }

    Answer with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Answer(status, body, all);
    }
}
