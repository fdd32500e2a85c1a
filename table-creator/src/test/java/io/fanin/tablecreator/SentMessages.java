package io.fanin.tablecreator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.fakes.FakeAws;
import io.fanin.tablecreator.notices.NoticeEvents;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The events and messages that were sent, in their order. */
final class SentMessages {

    private final FakeAws aws;

    SentMessages(FakeAws aws) {
        this.aws = aws;
    }

    /** The events about runs, which programs get, without those of notices. */
    Stream<ObjectNode> runEvents() {
        return aws.events().events().stream()
                .filter(event -> !event.path("DetailType").asText().equals(NoticeEvents.DETAIL_TYPE));
    }

    /** The types of the events about runs. */
    List<String> types() {
        return runEvents().map(event -> event.path("DetailType").asText()).toList();
    }

    /** The detail of an event about a run. */
    JsonNode detail(int event) {
        return RunFixture.json(runEvents().toList().get(event).path("Detail").textValue());
    }

    /** The details of the events of notices. */
    List<JsonNode> notices() {
        return aws.events().events().stream()
                .filter(event -> event.path("DetailType").asText().equals(NoticeEvents.DETAIL_TYPE))
                .map(event -> RunFixture.json(event.path("Detail").textValue()))
                .toList();
    }

    /** The subjects of the messages to people. */
    List<String> subjects() {
        return aws.sns().published().stream()
                .map((Map<String, String> message) -> message.get("Subject"))
                .toList();
    }
}
