package io.fanin.pages.view;

import io.fanin.model.run.RunId;
import io.fanin.model.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What every page has.
 *
 * @param path the pages above this one
 * @param here what this page is called below them
 * @param status the word behind the title; empty for none
 * @param written when, and by whom
 */
public record Frame(
        String title, List<Link> path, String here, String status, String lead, List<Fact> facts, String written) {

    private static final String STYLE = style("style.css");

    /** What each page may load: its own style sheet, and nothing else. */
    public static final String POLICY = "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Sha256.digest().digest(STYLE.getBytes(StandardCharsets.UTF_8)))
            + "'";

    public Frame {
        path = List.copyOf(path);
        facts = List.copyOf(facts);
    }

    /** A word that leads somewhere: to another page of ours, or to the console. */
    public record Link(String text, String target) {}

    /**
     * A number that matters.
     *
     * @param detail what is written small behind it; empty for nothing
     */
    public record Fact(String name, String value, String detail) {

        static Fact of(String name, String value) {
            return new Fact(name, value, "");
        }

        static Fact of(String name, long count) {
            return of(name, Texts.count(count));
        }
    }

    static String written(Instant now, Optional<RunId> by) {
        return "partition-fan-in · written " + Texts.time(now) + " UTC"
                + by.map(run -> " by run " + Texts.name(run.value())).orElse("") + " · times are UTC";
    }

    /** The style sheet, which stands in each page. */
    public String style() {
        return STYLE;
    }

    public String policy() {
        return POLICY;
    }

    private static String style(String name) {
        try (InputStream sheet = Frame.class.getResourceAsStream(name)) {
            return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
