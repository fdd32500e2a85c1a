package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.run.BatchResult;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.NoticeFormat;
import io.fanin.tablecreator.notices.Notices;
import io.fanin.tablecreator.notices.Topic;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The format of custom notifications of Amazon Q Developer in chat applications. */
class ChatNoticeTest {

    private static final String HOSTILE = "<!channel> `*@here* & <https://evil.example|click>";

    private final RunFixture fixture = new RunFixture();
    private final Announcements people = fixture.announcements(
            new Announcer(List.of()),
            new Notices(
                    List.of(new Topic(() -> fixture.aws.sns().client(), RunFixture.TOPIC, NoticeFormat.CHAT)),
                    fixture.clock),
            TableMetrics.NONE);

    @Test
    void noticeIsACustomNotification() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell(people);

        String link = "<https://us-east-1.console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/"
                + Ends.ARN + "|Open the execution>";
        JsonNode sent = sent().get(0);
        assertThat(sent.path("id").asText()).startsWith("nightly-1/new/");
        assertThat(sent.path("version").asText()).isEqualTo("1.0");
        assertThat(sent.path("source").asText()).isEqualTo("custom");
        assertThat(sent.path("content")).isEqualTo(json("""
                {"textType": "client-markdown", "title": "Table analytics.flights is partial",
                 "description": "*What:* `1 partition outstanding, complete through 2013-02-08T00:00`\\n\
                *Why:* `Truncated: object a.json.gz is cut short`\\n*Since:* 2013-02-10T00:00:00Z\\n\
                - `dt=2013-02-08/hour=1 (Truncated: object a.json.gz is cut short)`",
                 "nextSteps": ["`fanin redrive nightly-1`", "%s"],
                 "keywords": ["analytics.flights", "new"]}
                """.formatted(link)));
        assertThat(sent.path("metadata")).isEqualTo(json("""
                {"threadId": "analytics.flights", "summary": "Table analytics.flights is partial", "eventType": "fanin-new",
                 "relatedResources": ["%s"],
                 "additionalContext": {"run": "nightly-1", "since": "2013-02-10T00:00:00Z"}}
                """.formatted(Ends.ARN)));
    }

    @Test
    void noticesOfATableAreOneThread() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell(people);
        fixture.pass(LATER_RUN, 0, hour(1)).registerAndTell(people);

        assertThat(sent())
                .extracting(message -> message.at("/metadata/threadId").asText())
                .containsExactly("analytics.flights", "analytics.flights");
    }

    @Test
    void hostileTextIsShownAsItIs() {
        Pass pass = fixture.pass(RUN, 0, hours(1));
        pass.result(new BatchResult(0, List.of(Pass.failed(hour(0), "Bad", HOSTILE))));

        pass.registerAndTell(people);

        assertThat(sent().get(0).at("/content/description").asText())
                .contains("`Bad: &lt;!channel&gt; '*@\u200bhere* &amp; &lt;https://evil.example|click&gt;`")
                .doesNotContain("<");
    }

    @Test
    void longestNoticeFitsAndIsCutBetweenLines() {
        Pass pass = fixture.pass(RUN, 0, hours(20));
        IntStream.range(0, 20)
                .forEach(batch -> pass.result(new BatchResult(
                        batch, List.of(Pass.failed(hour(batch), "E".repeat(500), "<&>".repeat(5_000))))));

        pass.registerAndTell(people);

        assertThat(sent().get(0).at("/content/description").asText())
                .hasSizeBetween(100, 3_000)
                .endsWith("`");
    }

    private List<JsonNode> sent() {
        return fixture.aws.sns().published().stream()
                .map(message -> json(message.get("Message")))
                .toList();
    }
}
