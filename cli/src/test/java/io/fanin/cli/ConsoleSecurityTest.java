package io.fanin.cli;

import static io.fanin.cli.OpenConsole.RUN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other sites and other hosts can neither read the console nor start anything. */
class ConsoleSecurityTest {

    @RegisterExtension
    final OpenConsole console = new OpenConsole();

    @Test
    void answersSayWhatABrowserMayDoWithThem() throws Exception {
        HttpResponse<String> page = console.get(RUN);

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .matches("default-src 'none'; style-src 'sha256-\\S+'; form-action 'self'; frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Refresh")).isEmpty();
        assertThat(page.body()).doesNotContain("<script").contains("&lt;script&gt;alert(1)");
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
        assertThat(raw("GET " + RUN + " HTTP/1.1\r\nHost: " + host.replace("PORT", "" + console.port())))
                .startsWith("HTTP/1.1 " + status + " ");
    }

    /** Each page takes requests to AWS, even if the other site cannot read it. */
    @ParameterizedTest
    @CsvSource({
        "cross-site, image, 403",
        "cross-site, document, 200",
        "same-origin, document, 200",
        "none, document, 200"
    })
    void pageThatAnotherSiteEmbedsIsRefused(String site, String destination, int status) throws IOException {
        assertThat(raw("GET " + RUN
                        + " HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nSec-Fetch-Site: ".replace("PORT", "" + console.port())
                        + site + "\r\nSec-Fetch-Dest: " + destination))
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
            assertThat(console.post(target, form).statusCode()).isIn(400, 403);
        }

        console.assertNothingWasStarted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "http://evil.example", "https://127.0.0.1:8099", "http://127.0.0.1"})
    void formOfAnotherOriginStartsNothing(String origin) throws Exception {
        HttpResponse<String> answer = console.send(console.request("/runs/flights-1/redrive")
                .POST(BodyPublishers.ofString("token=" + console.token()))
                .header("Origin", origin));

        assertThat(answer.statusCode()).isEqualTo(403);
        console.assertNothingWasStarted();
    }

    @Test
    void otherMethodsAndLongFormsAreRefused() throws Exception {
        HttpResponse<String> put = console.send(console.request(RUN).PUT(BodyPublishers.ofString("x")));

        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).contains("GET, HEAD, POST");
        assertThat(console.post("/runs/flights-1/redrive", "token=" + console.token() + "&a=" + "a".repeat(65536))
                        .statusCode())
                .isEqualTo(413);
        assertThat(console.send(console.request(RUN).HEAD()).statusCode()).isEqualTo(200);
        console.assertNothingWasStarted();
    }

    @Test
    void nothingListensOnOtherAddresses() throws IOException {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (!address.equals(InetAddress.getLoopbackAddress())) {
                    assertThatThrownBy(() -> {
                                try (Socket socket = new Socket()) {
                                    socket.connect(new InetSocketAddress(address, console.port()), 1000);
                                }
                            })
                            .as(address.toString())
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    /** The answer to a client with another name for the host. */
    private String raw(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port())) {
            socket.getOutputStream().write((head + "\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
