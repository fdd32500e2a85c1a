package io.fanin.cli;

import static io.fanin.cli.FakeStepFunctions.described;
import static io.fanin.cli.FakeStepFunctions.entered;
import static io.fanin.cli.FakeStepFunctions.exited;
import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.running;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.json.Json;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.RunId;
import io.fanin.core.spec.rules.SpecReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;

/** The console as a browser has it, and as another site's page would. */
class ConsoleCommandTest {

    private static final String RUN = "/runs/flights-1/report.html";
    private static final String TABLE = "/tables/analytics/flights/index.html";
    private static final String HELD = "io.fanin.tablecreator.TablePartialException";
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]{64})\"");

    private final World world = new World();
    private final HttpClient browser = HttpClient.newHttpClient();
    private CompletableFuture<World.Done> console;
    private int port;

    @BeforeEach
    void aRunIsHeldAndTheConsoleIsOpen() throws InterruptedException {
        PartialRun.in(world, "<script>alert(1)</script>");
        world.stepFunctions.put(failed("flights-1", HELD, Map.of("errorMessage", "1 of 24")));
        console = CompletableFuture.supplyAsync(
                () -> world.run("console", "--listen", "0"), task -> new Thread(task, "console").start());
        Matcher printed = ADDRESS.matcher("");
        while (!console.isDone() && (world.notices.isEmpty() || !printed.find())) {
            Thread.sleep(Duration.ofMillis(10));
            printed = ADDRESS.matcher(world.printed());
        }
        assertThat(console).isNotDone();
        port = Integer.parseInt(printed.group(1));
    }

    @AfterEach
    void interrupt() throws Exception {
        world.notices.getFirst().run();
        assertThat(console.get(1, TimeUnit.MINUTES).code()).isZero();
        browser.close();
    }

    @Test
    void pagesAreServedWhereTheyLeadToEachOther() throws Exception {
        assertThat(get("/").headers().firstValue("Location")).contains("/tables/index.html");
        assertThat(get("/tables/analytics/flights").headers().firstValue("Location"))
                .contains(TABLE);
        assertThat(get("/runs/flights-1").headers().firstValue("Location")).contains(RUN);
        assertThat(get("/tables/index.html").body()).contains("href=\"analytics/flights/index.html\"", "PARTIAL");
        assertThat(get(TABLE).body())
                .contains("../../../runs/flights-1/report.html", "Redrive", "Run", "Plan", "Waive");
        assertThat(get(RUN).body()).contains("Truncated", "dt=2013-02-08/hour=17", "Redrive");
        assertThat(get("/runs/flights-1/report.json").body()).contains("\"registered\":23");
    }

    @Test
    void pageCostsFewRequestsAndNothingIsAskedOtherwise() throws Exception {
        assertThat(requests(() -> {})).isZero();
        assertThat(requests(() -> get("/tables/index.html"))).isLessThanOrEqualTo(5);
        assertThat(requests(() -> get(TABLE))).isLessThanOrEqualTo(6);
        assertThat(requests(() -> get(RUN))).isLessThanOrEqualTo(6);
    }

    @Test
    void answersSayWhatABrowserMayDoWithThem() throws Exception {
        HttpResponse<String> page = get(RUN);

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .matches("default-src 'none'; style-src 'sha256-\\S+'; form-action 'self'; frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Refresh")).isEmpty();
        assertThat(page.body()).doesNotContain("<script").contains("&lt;script&gt;alert(1)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/tables",
                "/tables/analytics/nothing",
                "/tables/analytics/nothing/index.html",
                "/tables/Analytics/flights",
                "/tables/analytics/%3Cscript%3E",
                "/tables/analytics/flights/state.json",
                "/runs/nothing/report.html",
                "/runs/nothing/report.json",
                "/runs/.hidden",
                "/runs/%2e%2e/report.html",
                "/runs/flights-1/spec.json",
            })
    void unknownPathIsNotFound(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() == HttpURLConnection.HTTP_MOVED_TEMP) {
            answer = get(answer.headers().firstValue("Location").orElseThrow());
        }

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Not done").doesNotContain("Exception", "<script>");
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 421",
        "evil.example:PORT, 421",
        "127.0.0.1, 421",
        "localhost:PORT, 200",
        "127.0.0.1:PORT, 200"
    })
    void otherNameOfTheHostIsRefused(String host, int status) throws IOException {
        assertThat(raw("GET " + RUN + " HTTP/1.1\r\nHost: " + host.replace("PORT", "" + port)))
                .startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void requestWithoutHostIsRefused() throws IOException {
        assertThat(raw("GET " + RUN + " HTTP/1.0")).startsWith("HTTP/1.1 421 ").doesNotContain("Truncated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token=", "token=0000", "a", "token=%ZZ"})
    void formWithoutTheTokenStartsNothing(String form) throws Exception {
        for (String target : new String[] {
            "/runs/flights-1/redrive", "/tables/analytics/flights/run", "/tables/analytics/flights/waive"
        }) {
            assertThat(post(target, form).statusCode()).isIn(400, 403);
        }

        assertNothingWasStarted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "http://evil.example", "https://127.0.0.1:8099", "http://127.0.0.1"})
    void formOfAnotherOriginStartsNothing(String origin) throws Exception {
        HttpResponse<String> answer = send(request("/runs/flights-1/redrive")
                .POST(BodyPublishers.ofString("token=" + token()))
                .header("Origin", origin));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertNothingWasStarted();
    }

    @Test
    void otherMethodsAndLongFormsAreRefused() throws Exception {
        HttpResponse<String> put = send(request(RUN).PUT(BodyPublishers.ofString("x")));

        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).contains("GET, HEAD, POST");
        assertThat(post("/runs/flights-1/redrive", "token=" + token() + "&a=" + "a".repeat(65536))
                        .statusCode())
                .isEqualTo(413);
        assertThat(send(request(RUN).HEAD()).statusCode()).isEqualTo(200);
        assertNothingWasStarted();
    }

    @Test
    void partialRunIsRedriven() throws Exception {
        world.stepFunctions.onRedrive(execution -> world.stepFunctions.put(
                described("flights-1", "RUNNING").redriveCount(1).build()));

        HttpResponse<String> answer = send(request("/runs/flights-1/redrive")
                .POST(BodyPublishers.ofString("token=" + token()))
                .header("Origin", "http://127.0.0.1:" + port));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(RUN);
        assertThat(world.stepFunctions.calls).contains("RedriveExecution");
        assertThat(world.stepFunctions.inputs).isEmpty();
    }

    @Test
    void redriveStartsAnotherRunWhereTheEndpointCannot() throws Exception {
        world.stepFunctions.refuse("RedriveExecution", "InternalFailure", "not implemented", 501);

        HttpResponse<String> answer = pressed("/runs/flights-1/redrive", "");

        assertThat(answer.headers().firstValue("Location")).contains("/runs/flights-1-20130209T150001-234/report.html");
        assertThat(world.stepFunctions.inputs).containsExactly("{\"redriveOf\":\"flights-1\"}");
    }

    @Test
    void runThatIsAtWorkOrHasSucceededIsNotRedriven() throws Exception {
        world.stepFunctions.put(running("flights-2")).put(succeeded("flights-3", Map.of("status", "COMPLETE")));

        assertThat(pressed("/runs/flights-2/redrive", "").statusCode()).isEqualTo(409);
        assertThat(pressed("/runs/flights-3/redrive", "").statusCode()).isEqualTo(409);
        assertThat(pressed("/runs/nothing/redrive", "").statusCode()).isEqualTo(404);
        assertThat(pressed("/runs/flights-1/delete", "").statusCode()).isEqualTo(404);
        assertNothingWasStarted();
    }

    @Test
    void tableIsRunWithTheSpecOfItsLastRun() throws Exception {
        world.store.put("runs/flights-1/spec.json", Json.text(world.spec()));
        lastRunIs("flights-1");

        HttpResponse<String> answer = pressed("/tables/analytics/flights/run", "");

        assertThat(answer.headers().firstValue("Location"))
                .contains("/runs/analytics-flights-20130209T150001-234/report.html");
        assertThat(new SpecReader().read(Json.input().readTree(world.stepFunctions.inputs.getFirst())))
                .isEqualTo(world.spec());
    }

    @Test
    void tableIsPlannedWithTheSpecThatIsStoredForIt() throws Exception {
        world.parameters.put("SpecsLocation", "s3://state/specs/");
        reopen();
        world.store.put("specs/analytics/flights.json", World.SPEC);
        lastRunIs("flights-1");

        assertThat(pressed("/tables/analytics/flights/plan", "").statusCode()).isEqualTo(303);
        assertThat(world.stepFunctions.inputs)
                .containsExactly("{\"spec\":\"s3://state/specs/analytics/flights.json\",\"dryRun\":true}");
    }

    @Test
    void tableWithoutASpecIsNotRun() throws Exception {
        assertThat(pressed("/tables/analytics/flights/run", "").statusCode()).isEqualTo(404);
        assertThat(pressed("/tables/analytics/nothing/plan", "").statusCode()).isEqualTo(404);
        assertNothingWasStarted();
    }

    @Test
    void partitionIsWaivedWithReasonAndName() throws Exception {
        String form = "partition=dt%3D2013-02-08%2Fhour%3D17&reason=lost+%3Cb%3E&by=";

        assertThat(pressed("/tables/analytics/flights/waive", form + "ann").statusCode())
                .isEqualTo(303);
        assertThat(pressed("/tables/analytics/flights/waive", form).statusCode())
                .isEqualTo(303);

        assertThat(world.stepFunctions.inputs.getFirst())
                .isEqualTo("{\"database\":\"analytics\",\"table\":\"flights\",\"waive\":[{\"partition\":"
                        + "\"dt=2013-02-08/hour=17\",\"reason\":\"lost <b>\",\"by\":\"ann\"}]}");
        assertThat(world.stepFunctions.inputs.getLast()).contains("\"by\":\"arn:aws:iam::000000000000:user/ann\"");
    }

    @ParameterizedTest
    @CsvSource({
        "analytics/flights, partition=a, 400, reason",
        "analytics/flights, reason=lost, 400, partition",
        "analytics/flights, partition=%5B1&reason=lost, 400, is no JSON array of values",
        "analytics/nothing, partition=a&reason=lost, 404, has had a run"
    })
    void waiverThatLacksSomethingIsRefused(String table, String form, int status, String message) throws Exception {
        HttpResponse<String> answer = pressed("/tables/" + table + "/waive", form);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(message);
        assertNothingWasStarted();
    }

    @Test
    void refusalByAwsIsToldAsText() throws Exception {
        world.stepFunctions.refuse("StartExecution", "AccessDeniedException", "<b>not allowed</b>", 400);

        HttpResponse<String> answer = pressed("/tables/analytics/flights/waive", "partition=a&reason=b");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body())
                .contains("was not started: &lt;b&gt;not allowed&lt;/b&gt;")
                .doesNotContain("Exception");
    }

    @Test
    void runAtWorkShowsItsProgressAndRefreshes() throws Exception {
        world.stepFunctions
                .countsItems(MapRunItemCounts.builder()
                        .total(24L)
                        .succeeded(3L)
                        .failed(0L)
                        .timedOut(0L)
                        .aborted(0L)
                        .build())
                .put(
                        running("flights-2"),
                        entered(1, "Detect new partitions", "Task"),
                        exited(2, Map.of("next", "PROCESS", "partitions", 24, "batches", 24)),
                        entered(3, "Fan out over partitions", "Map"));

        HttpResponse<String> page = get("/runs/flights-2/report.html");

        assertThat(page.headers().firstValue("Refresh")).contains("3");
        assertThat(page.body())
                .contains("RUNNING", "Detect new partitions", "(24 partitions in 24 batches)", "3 of 24")
                .doesNotContain("Redrive");
        assertThat(get("/tables/index.html").body()).contains("At work", "href=\"/runs/flights-2/report.html\"");
    }

    @Test
    void runWithoutAReportSaysWhatCameOfIt() throws Exception {
        world.stepFunctions
                .put(succeeded("flights-2", Map.of("next", "NOTHING_NEW", "table", "analytics.flights", "found", 24)))
                .put(failed("flights-3", "SpecException", Map.of("errorMessage", "$.table: <i>is missing</i>")));

        assertThat(get("/runs/flights-2/report.html").body())
                .contains(
                        "Nothing new: analytics.flights is up to date",
                        "href=\"/tables/analytics/flights/index.html\"");
        assertThat(get("/runs/flights-3/report.html").body()).contains("$.table: &lt;i&gt;is missing", "Redrive");
    }

    @Test
    void nothingListensOnOtherAddresses() throws IOException {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (!address.equals(InetAddress.getLoopbackAddress())) {
                    assertThatThrownBy(() -> {
                                try (Socket socket = new Socket()) {
                                    socket.connect(new InetSocketAddress(address, port), 1000);
                                }
                            })
                            .as(address.toString())
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void missingBrowserIsToldAndEndsTheConsole() {
        World other = new World();
        other.environment.put("BROWSER", "/nothing/browser");

        World.Done done = other.run("console", "--listen", "0", "--open");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("the browser could not be started", "open http://127.0.0.1:");
    }

    @Test
    void takenPortIsToldAndInterruptionEndsTheConsole() throws Exception {
        World.Done second = new World().run("console", "--listen", String.valueOf(port));
        int before = port;
        reopen();

        assertThat(second.code()).isEqualTo(2);
        assertThat(second.err()).contains("something else listens on port " + before, "--listen=PORT");
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), before).close())
                .isInstanceOf(ConnectException.class);
    }

    private void reopen() throws Exception {
        world.notices.removeFirst().run();
        assertThat(console.get(1, TimeUnit.MINUTES).code()).isZero();
        aRunIsHeldAndTheConsoleIsOpen();
    }

    private void lastRunIs(String run) {
        world.records()
                .update(
                        World.FLIGHTS,
                        record -> record.with(
                                new TableRecord.LastRun(new RunId(run), "s3://state/runs/" + run + "/", 23)));
    }

    private void assertNothingWasStarted() {
        assertThat(world.stepFunctions.calls).doesNotContain("StartExecution", "RedriveExecution");
    }

    private String token() throws Exception {
        Matcher found = TOKEN.matcher(get(TABLE).body());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private HttpResponse<String> pressed(String target, String form) throws Exception {
        return post(target, "token=" + URLEncoder.encode(token(), UTF_8) + "&" + form);
    }

    private HttpResponse<String> post(String target, String form) throws Exception {
        return send(request(target).POST(BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    /** What a client says that calls the host something else. */
    private String raw(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((head + "\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** What a browser does. */
    @FunctionalInterface
    private interface Look {

        void look() throws Exception;
    }

    private int requests(Look look) throws Exception {
        int before = world.requests();
        look.look();
        return world.requests() - before;
    }
}
