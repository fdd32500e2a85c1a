package io.fanin.core.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Whom the clients trust, over TLS. */
class LazyTrustManagerTest {

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    private Path folder;

    private HttpsServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void serverWithATrustedCertificateIsTalkedTo() throws Exception {
        KeyStore keys = keys("dns:localhost");
        serve(keys);

        assertThat(status(new LazyTrustManager(() -> LazyTrustManager.of(keys))))
                .isEqualTo(204);
    }

    @Test
    void trustedCertificateOfAnotherHostIsRefused() throws Exception {
        KeyStore keys = keys("dns:elsewhere.example");
        serve(keys);

        assertThatThrownBy(() -> status(new LazyTrustManager(() -> LazyTrustManager.of(keys))))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("localhost");
    }

    @Test
    void certificateThatTheJdkDoesNotTrustIsRefused() throws Exception {
        serve(keys("dns:localhost"));

        assertThatThrownBy(() -> status(LazyTrustManager.ofTheJdk()))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("unable to find valid certification path");
    }

    @Test
    void certificatesAreThoseOfTheJdk() {
        assertThat(LazyTrustManager.ofTheJdk().getAcceptedIssuers())
                .isNotEmpty()
                .containsExactlyInAnyOrder(LazyTrustManager.of(null).getAcceptedIssuers());
    }

    @Test
    void clientIsBuiltWithoutCertificates() {
        LazyTrustManager untouched = new LazyTrustManager(() -> {
            throw new AssertionError("nobody has connected yet");
        });

        client(untouched).close();
    }

    private static SdkHttpClient client(TrustManager trust) {
        return UrlConnectionHttpClient.builder()
                .tlsTrustManagersProvider(() -> new TrustManager[] {trust})
                .build();
    }

    private int status(TrustManager trust) throws IOException {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create("https://localhost:" + server.getAddress().getPort() + "/"))
                .build();
        try (SdkHttpClient client = client(trust)) {
            return client.prepareRequest(
                            HttpExecuteRequest.builder().request(request).build())
                    .call()
                    .httpResponse()
                    .statusCode();
        }
    }

    private void serve(KeyStore keys) throws IOException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    /** A certificate that is signed by itself, made by the JDK's keytool. */
    private KeyStore keys(String host) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("keys.p12");
        String password = new String(PASSWORD);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        password,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=" + host)
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        KeyStore both = KeyStore.getInstance("PKCS12");
        both.load(null, null);
        both.setKeyEntry("server", keys.getKey("mykey", PASSWORD), PASSWORD, keys.getCertificateChain("mykey"));
        both.setCertificateEntry("trusted", keys.getCertificate("mykey"));
        return both;
    }
}
