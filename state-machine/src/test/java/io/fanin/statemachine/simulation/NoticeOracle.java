package io.fanin.statemachine.simulation;

import io.fanin.fakes.FakeAws;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Counts the notices about a table on a schedule: one for a new problem, one reminder for each day that it lasts, and
 * one for its end.
 */
final class NoticeOracle {

    private final FakeAws aws;
    private final Clock clock;
    private final List<Told> told = new ArrayList<>();

    NoticeOracle(FakeAws aws, Clock clock) {
        this.aws = aws;
        this.clock = clock;
    }

    record Told(Instant at, String kind, String subject) {}

    /** Takes note of the messages since the last look. */
    void look() {
        List<Map<String, String>> published = aws.sns().published();
        for (Map<String, String> message : published.subList(told.size(), published.size())) {
            told.add(new Told(clock.instant(), kind(message), message.get("Subject")));
        }
    }

    List<String> kinds() {
        return told.stream().map(Told::kind).toList();
    }

    List<String> subjects() {
        return told.stream().map(Told::subject).toList();
    }

    /** The notices that were sent too often, or not at all. */
    List<String> violations(Instant began, Instant ended) {
        List<String> violations = new ArrayList<>();
        long days = Duration.between(began, ended).minusSeconds(1).toDays();
        require(violations, count("new") == 1, "one message says that something is wrong");
        require(violations, count("healed") == 1, "one message says that it is over");
        require(violations, count("reminder") == days, "one message a day reminds of it: " + days);
        require(violations, count("changed") == 0, "nothing else has become wrong");
        for (int i = 1; i < told.size() - 1; i++) {
            Duration pause = Duration.between(told.get(i - 1).at(), told.get(i).at());
            require(violations, !pause.minusHours(23).isNegative(), "a reminder came after " + pause);
        }
        return violations;
    }

    private void require(List<String> violations, boolean isTrue, String rule) {
        if (!isTrue) {
            violations.add(rule + ", but people were told " + told);
        }
    }

    private long count(String kind) {
        return told.stream().filter(one -> one.kind().equals(kind)).count();
    }

    private static String kind(Map<String, String> message) {
        return message.entrySet().stream()
                .filter(field -> field.getValue().equals("kind"))
                .map(field -> message.get(field.getKey().replace(".Name", ".Value.StringValue")))
                .findFirst()
                .orElse("");
    }
}
