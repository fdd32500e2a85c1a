package io.fanin.statemachine.it;

import io.fanin.statemachine.Repository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * The replacement for AWS: the endpoint in the environment, otherwise LocalStack in Docker, otherwise LocalStack as a
 * process.
 */
sealed interface Emulator extends AutoCloseable {

    Logger LOG = LoggerFactory.getLogger(Emulator.class);

    URI endpoint();

    @Override
    void close();

    static Emulator start() {
        Optional<String> given =
                Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).filter(url -> !url.isBlank());
        if (given.isPresent()) {
            return new Given(URI.create(given.get()));
        }
        if (DockerEngine.answers()) {
            try {
                return Container.started();
            } catch (ContainerFetchException e) {
                LOG.warn("Docker will not do, LocalStack runs as a Python process instead: {}", e.getMessage());
            }
        }
        return LocalProcess.started();
    }

    /** An emulator started elsewhere, which keeps running. */
    record Given(URI endpoint) implements Emulator {
        @Override
        public void close() {}
    }

    /** A container that ends with the tests. Its functions run in containers of their own. */
    record Container(LocalStackContainer container) implements Emulator {

        private static final String REPOSITORY = "localstack/localstack";
        private static final String FUNCTIONS_IMAGE = "public.ecr.aws/lambda/java:25";
        private static final String PLUGINS = "/var/lib/localstack/lib/python-packages/lib/python3.13/site-packages/";
        private static final String REQUESTS = "/tmp/requests.jsonl";
        private static final String LIMITS = "core/src/test/resources/io/fanin/fakes/glue-limits.json";

        /**
         * Starts a container. Fails at once if an image cannot be pulled: Testcontainers would try for minutes, and
         * again for each test.
         */
        static Container started() {
            String image = Repository.emulatorImage();
            DockerEngine.pull(List.of(image, FUNCTIONS_IMAGE));
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                throw new ContainerFetchException("the docker command finds an engine, and Testcontainers does not");
            }
            LocalStackContainer container = new LocalStackContainer(
                            DockerImageName.parse(image).asCompatibleSubstituteFor(REPOSITORY))
                    .withCopyFileToContainer(inRepository("localstack/plugins"), PLUGINS)
                    .withCopyFileToContainer(inRepository(LIMITS), PLUGINS + "glue-limits.json")
                    .withEnv(Map.of(
                            "DISABLE_EVENTS", "1",
                            "SKIP_SSL_CERT_DOWNLOAD", "1",
                            "LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "60",
                            "FANIN_REQUESTS", REQUESTS));
            container.start();
            return new Container(container);
        }

        private static MountableFile inRepository(String path) {
            return MountableFile.forHostPath(Repository.ROOT.resolve(path));
        }

        @Override
        public URI endpoint() {
            return container.getEndpoint();
        }

        @Override
        public void close() {
            String requests = System.getenv("FANIN_REQUESTS");
            try {
                if (requests != null) {
                    container.copyFileFromContainer(REQUESTS, requests);
                }
            } finally {
                container.stop();
            }
        }
    }

    /** A process on this machine, on a free port, since another build may be testing at the same time. */
    record LocalProcess(int port) implements Emulator {

        private static final int FIRST_PORT = 4599;
        private static final int LAST_PORT = 4699;
        private static final Duration START = Duration.ofMinutes(10);
        private static final Duration STOP = Duration.ofMinutes(1);

        static LocalProcess started() {
            for (int port = FIRST_PORT; port <= LAST_PORT; port++) {
                if (isFree(port) && new LocalProcess(port).hasStarted()) {
                    return new LocalProcess(port);
                }
            }
            throw new IllegalStateException("every port from " + FIRST_PORT + " to " + LAST_PORT + " is in use");
        }

        /**
         * Whether the process is running. Another build may have taken the port meanwhile; its emulator starts just as
         * slowly.
         */
        private boolean hasStarted() {
            try {
                run("up", START, "--no-deploy", "--engine", "python");
                return true;
            } catch (IllegalStateException e) {
                if (isFree(port)) {
                    throw e;
                }
                LOG.warn("Port {} has been taken meanwhile, the next one is tried: {}", port, e.getMessage());
                return false;
            }
        }

        @Override
        public URI endpoint() {
            return URI.create("http://127.0.0.1:" + port);
        }

        @Override
        public void close() {
            run("down", STOP);
        }

        private void run(String script, Duration limit, String... options) {
            List<String> arguments = new ArrayList<>(List.of("--port", String.valueOf(port)));
            arguments.addAll(List.of(options));
            Script.run(script, arguments, limit);
        }

        private static boolean isFree(int port) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.isBound();
            } catch (IOException e) {
                return false;
            }
        }
    }
}
