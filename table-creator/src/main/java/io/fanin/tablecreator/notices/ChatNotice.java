package io.fanin.tablecreator.notices;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fanin.model.json.Json;
import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A notice for Amazon Q Developer in chat applications, for Slack and Teams: its format of custom notifications,
 * version 1.0. The notices of one table form a thread.
 */
record ChatNotice(String version, String source, String id, Content content, Metadata metadata) {

    /** Slack allows 3,000 characters in a section. */
    private static final int MAX_DESCRIPTION = 2_800;

    private static final int MAX_TITLE = 150;

    /** Everything but letters, digits, blanks and the punctuation of names and of the URIs of specs. */
    private static final Pattern MARKUP = Pattern.compile("[^A-Za-z0-9 ._/:-]|//");

    private static final int MAX_STEP = 600;

    /** The visible part. */
    record Content(String textType, String title, String description, List<String> nextSteps, List<String> keywords) {}

    /** The data for grouping and classifying. */
    record Metadata(
            String threadId,
            String summary,
            String eventType,
            List<String> relatedResources,
            @JsonProperty Map<String, String> additionalContext) {}

    static String of(Notice notice) {
        List<String> lines = new ArrayList<>();
        lines.add("*What:* " + verbatim(notice.what()));
        lines.add("*Why:* " + verbatim(notice.why()));
        lines.add("*Since:* " + notice.since());
        notice.partitions().forEach(partition -> lines.add("- " + verbatim(partition)));
        String title = LogSafe.within(plain(notice.title()), MAX_TITLE);
        return Json.text(new ChatNotice(
                "1.0",
                "custom",
                notice.id(),
                new Content(
                        "client-markdown",
                        title,
                        fitting(lines),
                        List.of(verbatim(notice.command()), "<" + notice.console() + "|Open the execution>"),
                        List.of(plain(notice.table()), notice.kind())),
                new Metadata(
                        plain(notice.table()),
                        title,
                        "fanin-" + notice.kind(),
                        List.of(notice.execution()),
                        Map.of("run", notice.run().value(), "since", notice.since()))));
    }

    /** The first lines, as many as fit. */
    private static String fitting(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (text.length() + line.length() < MAX_DESCRIPTION) {
                text.append(text.isEmpty() ? "" : "\n").append(line);
            }
        }
        return text.toString();
    }

    /** The text as code, in which markup has no effect. */
    private static String verbatim(String text) {
        return "`" + escaped(LogSafe.within(text, MAX_STEP)) + "`";
    }

    /** Text outside of code, with a question mark for each character that occurs in no table's name or title. */
    private static String plain(String text) {
        return MARKUP.matcher(text).replaceAll("?");
    }

    /** Names and messages come from S3, and may contain links and mentions. */
    private static String escaped(String text) {
        return text.replace('`', '\'')
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "@\u200b");
    }
}
