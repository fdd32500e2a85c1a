package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.pages.Chromium;
import io.fanin.statemachine.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The button that leads from a partial run to a complete table. */
@ExtendWith(Platform.class)
class ConsoleInBrowserIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/)");

    private final Pipeline pipeline;

    ConsoleInBrowserIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Test
    void pressingRedriveEndsInCompleteTable() throws IOException {
        TestLake.Table table = pipeline.newTable()
                .withHours(3)
                .with(TestLake.Table.hour(1) + "part-0.json.gz", Content.truncatedJsonGz());
        Script.end("fanin", List.of("run", table.hourlySpec().toString(), "--stack", Stack.NAME), endpoint(), LIMIT);
        Process console = console();
        try (Chromium browser = new Chromium();
                BufferedReader printed = console.inputReader(StandardCharsets.UTF_8)) {
            Matcher address = ADDRESS.matcher(String.valueOf(printed.readLine()));
            assertThat(address.find()).as("the console's address").isTrue();
            String page = address.group(1) + "tables/" + table.toString().replace('.', '/') + "/index.html";
            browser.visit(page);
            assertThat(browser.texts("h2")).first().isEqualTo("Needs attention");
            assertThat(browser.texts(".fault h3"))
                    .containsExactly("Truncated · 1 partition caused by the partition's data");
            assertThat(browser.violations()).isEmpty();
            browser.screenshot("console-table");

            table.with(TestLake.Table.hour(1) + "part-0.json.gz", Content.jsonGz());
            browser.press("Redrive");
            Polling.await(
                    "the page of the redriven run",
                    LIMIT,
                    () -> browser.texts("h1 .pill").equals(List.of("COMPLETE")));
            assertThat(browser.violations()).isEmpty();

            browser.visit(page);
            assertThat(browser.texts("h1 .pill")).containsExactly("COMPLETE");
            assertThat(browser.requested())
                    .allSatisfy(requested -> assertThat(requested).startsWith(address.group(1)));
        } finally {
            console.destroy();
        }
    }

    private Process console() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Repository.ROOT.resolve("scripts/fanin").toString(),
                        "console",
                        "--listen",
                        "0",
                        "--stack",
                        Stack.NAME)
                .redirectError(Redirect.INHERIT);
        builder.environment().putAll(endpoint());
        return builder.start();
    }

    private Map<String, String> endpoint() {
        return Map.of(
                "AWS_ENDPOINT_URL",
                pipeline.clients()
                        .s3()
                        .serviceClientConfiguration()
                        .endpointOverride()
                        .orElseThrow()
                        .toString());
    }
}
