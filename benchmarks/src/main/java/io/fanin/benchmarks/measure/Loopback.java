package io.fanin.benchmarks.measure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Serves a service in memory on the loopback interface, over HTTP or TLS, so that measurements include real requests.
 */
public final class Loopback implements AutoCloseable {

    /** More than the concurrent requests of any function. */
    private static final int THREADS = 64;

    static {
        // Otherwise each answer waits for the other side's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final SdkHttpClient service;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    private Loopback(SdkHttpClient service, HttpServer server) {
        this.service = service;
        this.server = server;
    }

    /** Serves over HTTP a fake with the interface of an HTTP client. */
    public static Loopback serving(SdkHttpClient service) {
        try {
            return started(service, HttpServer.create(unusedPort(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Serves it over TLS.
     *
     * @param keyStore holds the certificate for 127.0.0.1
     */
    public static Loopback overTls(SdkHttpClient service, Path keyStore, String password) {
        try {
            HttpsServer server = HttpsServer.create(unusedPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(certified(keyStore, password.toCharArray())));
            return started(service, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(keyStore + " has no certificate to serve with", e);
        }
    }

    private static InetSocketAddress unusedPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static SSLContext certified(Path keyStore, char[] password) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(keyStore.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static Loopback started(SdkHttpClient service, HttpServer server) {
        Loopback loopback = new Loopback(service, server);
        server.setExecutor(loopback.threads);
        server.createContext("/", loopback::serve);
        server.start();
        return loopback;
    }

    public URI endpoint() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpExecuteResponse answer =
                    service.prepareRequest(request(exchange, body)).call();
            byte[] content = read(answer);
            // The server writes the length itself, except for a body that it does not send.
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            answer.httpResponse().forEachHeader((name, values) -> {
                if (isHead || !name.equalsIgnoreCase("Content-Length")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(answer.httpResponse().statusCode(), content.length == 0 ? -1 : content.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(content);
            }
        }
    }

    private HttpExecuteRequest request(HttpExchange exchange, byte[] body) {
        SdkHttpFullRequest.Builder http = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.fromValue(exchange.getRequestMethod()))
                .uri(endpoint().resolve(exchange.getRequestURI()));
        exchange.getRequestHeaders().forEach(http::putHeader);
        return HttpExecuteRequest.builder()
                .request(http.build())
                .contentStreamProvider(() -> new ByteArrayInputStream(body))
                .build();
    }

    private static byte[] read(HttpExecuteResponse answer) throws IOException {
        try (InputStream content = answer.responseBody().orElseGet(() -> AbortableInputStream.createEmpty())) {
            return content.readAllBytes();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
