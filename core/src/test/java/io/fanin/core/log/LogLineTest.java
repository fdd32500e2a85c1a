package io.fanin.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The log lines of the functions. */
class LogLineTest {

    private static final Map<String, String> CONTEXT =
            Map.of("AWSRequestId", "r-1", "run", "nightly-1", "table", "a.b");

    @AfterEach
    void forget() {
        MDC.clear();
    }

    private static LogLine line(String message, Throwable thrown) {
        return new LogLine(Instant.parse("2013-02-08T17:00:00Z"), "INFO", "TableCreator", message, thrown, CONTEXT);
    }

    @Test
    void jsonHasTheFieldsOfLambdasOwnFormat() {
        assertThat(Json.read(line("a \"b\"\nc", null).json(), JsonNode.class, "line")
                        .toString())
                .isEqualTo(line("a \"b\"\nc", null).json())
                .contains("\"timestamp\":\"2013-02-08T17:00:00Z\",\"level\":\"INFO\",\"logger\":\"TableCreator\"")
                .contains("\"message\":\"a \\\"b\\\"\\nc\"")
                .contains("\"AWSRequestId\":\"r-1\"", "\"run\":\"nightly-1\"", "\"table\":\"a.b\"");
    }

    @Test
    void exceptionIsPartOfItsLine() {
        assertThat(line("a", new IllegalStateException("why")).json().lines())
                .hasSize(1)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "\"errorType\":\"java.lang.IllegalStateException\"",
                                "\"errorMessage\":\"why\"",
                                "stackTrace"));
        assertThat(line("a", new IllegalStateException("why")).text())
                .startsWith("[INFO] TableCreator - a\n")
                .contains("IllegalStateException: why");
    }

    @Test
    void loggersAreTheProjectsOwnAndTheSdkIsQuiet() {
        assertThat(LoggerFactory.getLogger("io.fanin.A")).isInstanceOf(LineLogger.class);
        assertThat(LoggerFactory.getLogger("software.amazon.awssdk.core.B").isInfoEnabled())
                .isFalse();
    }

    @Test
    void nextInvocationKnowsNothingOfTheLast() {
        LogContext.begin("r-1");
        LogContext.run(new RunId("nightly-1"));
        LogContext.table("a.b");
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(CONTEXT);

        LogContext.begin("r-2");

        assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("AWSRequestId");
    }
}
