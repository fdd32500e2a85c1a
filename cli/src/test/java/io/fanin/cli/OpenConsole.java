package io.fanin.cli;

import static io.fanin.cli.FakeStepFunctions.HELD;
import static io.fanin.cli.FakeStepFunctions.failed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A console that is open during a test, with a held run, and a browser. */
final class OpenConsole implements BeforeEachCallback, AfterEachCallback {

    static final String RUN = "/runs/flights-1/report.html";
    static final String TABLE = "/tables/analytics/flights/index.html";

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]{64})\"");

    final CliFixture cli = new CliFixture();
    private final HttpClient browser = HttpClient.newHttpClient();
    private CompletableFuture<CliFixture.Done> console;
    private int port;

    @Override
    public void beforeEach(ExtensionContext context) throws InterruptedException {
        open();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        cli.notices.getFirst().run();
        assertThat(console.get(1, TimeUnit.MINUTES).code()).isZero();
        browser.close();
    }

    private void open() throws InterruptedException {
        PartialRun.in(cli, "<script>alert(1)</script>");
        cli.stepFunctions.put(failed("flights-1", HELD, Map.of("errorMessage", "1 of 24")));
        console = CompletableFuture.supplyAsync(
                () -> cli.run("console", "--listen", "0"), task -> new Thread(task, "console").start());
        Matcher printed = ADDRESS.matcher("");
        while (!console.isDone() && (cli.notices.isEmpty() || !printed.find())) {
            Thread.sleep(Duration.ofMillis(10));
            printed = ADDRESS.matcher(cli.printed());
        }
        assertThat(console).isNotDone();
        port = Integer.parseInt(printed.group(1));
    }

    void reopen() throws Exception {
        cli.notices.removeFirst().run();
        assertThat(console.get(1, TimeUnit.MINUTES).code()).isZero();
        open();
    }

    /** The port of the console. */
    int port() {
        return port;
    }

    void assertNothingWasStarted() {
        assertThat(cli.stepFunctions.calls).doesNotContain("StartExecution", "RedriveExecution");
    }

    String token() throws Exception {
        Matcher found = TOKEN.matcher(get(TABLE).body());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    HttpResponse<String> pressed(String target, String form) throws Exception {
        return post(target, "token=" + URLEncoder.encode(token(), UTF_8) + "&" + form);
    }

    HttpResponse<String> post(String target, String form) throws Exception {
        return send(request(target).POST(BodyPublishers.ofString(form)));
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), BodyHandlers.ofString());
    }
}
