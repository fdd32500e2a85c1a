package io.fanin.pages.view;

import io.fanin.model.run.RunId;
import io.fanin.model.table.TableProgress;
import io.fanin.model.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * The common parts of all pages.
 *
 * @param path the pages above this one
 * @param here this page's name below them
 * @param status the word after the title; empty for none
 * @param readers the guarantees that readers of a table have; an empty string on other pages
 * @param written the time and author of the page
 */
public record Frame(
        String title,
        List<Link> path,
        String here,
        String status,
        String lead,
        String readers,
        List<Fact> facts,
        String written) {

    private static final String STYLE = style("style.css");

    /** The content security policy: a page may load its own style sheet, and nothing else. */
    public static final String POLICY = "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Sha256.digest().digest(STYLE.getBytes(StandardCharsets.UTF_8)))
            + "'";

    public Frame {
        path = List.copyOf(path);
        facts = List.copyOf(facts);
    }

    /** The frame of a page that is not about a single table. */
    public Frame(
            String title, List<Link> path, String here, String status, String lead, List<Fact> facts, String written) {
        this(title, path, here, status, lead, "", facts, written);
    }

    /** A link to another page, or to the console of AWS. */
    public record Link(String text, String target) {}

    /**
     * A figure at the top of a page.
     *
     * @param detail small text after the value; empty for none
     */
    public record Fact(String name, String value, String detail) {

        static Fact of(String name, String value) {
            return new Fact(name, value, "");
        }

        static Fact of(String name, long count) {
            return of(name, Texts.count(count));
        }
    }

    static String written(Instant now, RunId by) {
        return written(now, " by run " + Texts.name(by.value()));
    }

    /** The time of a page that was not written by a run. */
    static String written(Instant now) {
        return written(now, "");
    }

    private static String written(Instant now, String by) {
        return "partition-fan-in · written " + Texts.time(now) + " UTC" + by + " · times are UTC";
    }

    /** The same, on a page about a table's periods. */
    static String periodsIn(TableProgress table, String written) {
        return written + table.timeZone().map(zone -> ", periods in " + zone).orElse("");
    }

    /** The style sheet, which is part of each page. */
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
