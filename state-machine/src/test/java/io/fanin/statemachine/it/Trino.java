package io.fanin.statemachine.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

/** A Trino server of one node, whose only catalog is the emulator's Glue and S3. */
final class Trino implements AutoCloseable {

    private static final String CATALOG = "lake";
    private static final String NO_NODES = "No nodes available";
    private static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();
    private static final Duration START = Duration.ofMinutes(3);

    private final Process process;
    private final int port;

    private Trino(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server over a stack, from the archives that the profile {@code readers} has unpacked. */
    static Trino started(Pipeline pipeline) {
        return started(
                Path.of(System.getProperty("trino.home")), pipeline.clients().endpoint());
    }

    /**
     * Starts a server, which takes a few seconds, or a minute and more where all tests run side by side.
     *
     * @param home the folder with {@code server} and {@code plugin}; the server's own files go to a new folder in
     *     {@code run} beside them
     */
    static Trino started(Path home, URI aws) {
        int port = freePort();
        try {
            Path run = Files.createDirectories(home.resolve("run").resolve(String.valueOf(port)));
            Path catalogs = Files.createDirectories(run.resolve("catalog"));
            store(run.resolve("config.properties"), server(home, catalogs, port));
            store(catalogs.resolve(CATALOG + ".properties"), catalog(aws));
            Path log = run.resolve("server.log");
            Process process = new ProcessBuilder(command(home))
                    .directory(run.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(log.toFile()))
                    .start();
            Trino trino = new Trino(process, port);
            try {
                Polling.await("Trino started, see " + log, START, () -> trino.hasStarted(log));
            } catch (AssertionError e) {
                // Otherwise it would continue to start, and slow down the next attempt.
                trino.close();
                throw e;
            }
            return trino;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path home) {
        return List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx800m",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.attach.allowAttachSelf=true",
                "-Dconfig=config.properties",
                "-Dnode.environment=test",
                "-Dnode.bind-ip=" + HOST,
                "-Dnode.internal-address=" + HOST,
                "-Dnode.data-dir=data",
                "-cp",
                only(home.resolve("server")).resolve("lib") + "/*",
                "io.trino.server.TrinoServer");
    }

    private static Map<String, String> server(Path home, Path catalogs, int port) {
        return Map.of(
                "coordinator",
                "true",
                "node-scheduler.include-coordinator",
                "true",
                "http-server.http.port",
                String.valueOf(port),
                "discovery.uri",
                "http://" + HOST + ":" + port,
                "plugin.dir",
                home.resolve("plugin").toString(),
                "catalog.config-dir",
                catalogs.toString(),
                "query.max-memory-per-node",
                "256MB",
                "memory.heap-headroom-per-node",
                "128MB");
    }

    private static Map<String, String> catalog(URI aws) {
        return Map.ofEntries(
                Map.entry("connector.name", "hive"),
                Map.entry("hive.metastore", "glue"),
                Map.entry("hive.metastore.glue.region", EmulatorClients.REGION.id()),
                Map.entry("hive.metastore.glue.endpoint-url", aws.toString()),
                Map.entry("hive.metastore.glue.aws-access-key", EmulatorClients.KEY),
                Map.entry("hive.metastore.glue.aws-secret-key", EmulatorClients.KEY),
                Map.entry("fs.native-s3.enabled", "true"),
                Map.entry("s3.endpoint", aws.toString()),
                Map.entry("s3.region", EmulatorClients.REGION.id()),
                Map.entry("s3.path-style-access", "true"),
                Map.entry("s3.aws-access-key", EmulatorClients.KEY),
                Map.entry("s3.aws-secret-key", EmulatorClients.KEY));
    }

    /**
     * The rows of a query, each as the texts of its values; a missing value is {@code null}. Waits, since a server that
     * has just started has no worker for a moment.
     */
    List<List<String>> query(String database, String sql) {
        AtomicReference<List<List<String>>> rows = new AtomicReference<>();
        Polling.await(sql, () -> {
            try {
                rows.set(rows(database, sql));
                return true;
            } catch (SQLException e) {
                if (String.valueOf(e.getMessage()).contains(NO_NODES)) {
                    return false;
                }
                throw new AssertionError(sql + " failed: " + e.getMessage(), e);
            }
        });
        return rows.get();
    }

    private List<List<String>> rows(String database, String sql) throws SQLException {
        String url = "jdbc:trino://" + HOST + ":" + port + "/" + CATALOG + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, "test", null);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(rows.getObject(column)));
                }
                all.add(row);
            }
            return all;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private boolean hasStarted(Path log) {
        String written = read(log);
        if (!process.isAlive()) {
            throw new AssertionError("Trino has ended: " + written);
        }
        return written.contains("SERVER STARTED");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void store(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }

    /** The archives hold one folder each, which is named after their version. */
    private static Path only(Path folder) {
        try (var children = Files.list(folder)) {
            List<Path> folders = children.filter(Files::isDirectory).toList();
            if (folders.size() != 1) {
                throw new IllegalStateException("expected one folder in " + folder + ", found " + folders);
            }
            return folders.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
