package io.fanin.core.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fanin.core.parallel.Workers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** Connections are kept for the next requests, each of which would otherwise begin with TLS. */
class IdleConnectionsTest {

    private static final int CONCURRENT = 24;
    private static final int ROUNDS = 4;

    /** Sends as many requests at a time, a number of times. */
    static final class Requests {

        private Requests() {}

        public static void main(String[] arguments) {
            try (S3Client s3 = AwsClients.s3()) {
                Phaser together = new Phaser(CONCURRENT);
                Workers.THREADS.each(
                        CONCURRENT, IntStream.range(0, CONCURRENT).boxed().toList(), thread -> {
                            for (int round = 0; round < ROUNDS; round++) {
                                s3.headBucket(request -> request.bucket("lake"));
                                together.arriveAndAwaitAdvance();
                            }
                            return thread;
                        });
            }
        }
    }

    @Test
    void eachIsUsedAgain() throws IOException, InterruptedException {
        Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
        Phaser together = new Phaser(CONCURRENT);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (ExecutorService threads = Executors.newFixedThreadPool(CONCURRENT)) {
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                connections.add(exchange.getRemoteAddress());
                // One that is answered before the last is sent would leave its connection to that.
                together.arriveAndAwaitAdvance();
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();

            assertThat(send("http://127.0.0.1:" + server.getAddress().getPort()))
                    .isZero();

            server.stop(0);
        }
        assertThat(connections).hasSize(CONCURRENT);
    }

    /** In a process of its own: the JDK reads the number once. */
    private static int send(String endpoint) throws IOException, InterruptedException {
        ProcessBuilder requests = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Requests.class.getName())
                .inheritIO();
        requests.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", endpoint,
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test"));
        Process process = requests.start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue();
    }
}
