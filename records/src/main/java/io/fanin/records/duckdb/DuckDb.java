package io.fanin.records.duckdb;

import io.fanin.records.samples.RowSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import java.util.function.Function;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One in-memory database. It loads no extensions, opens no connections and sees no files outside its folder, and no
 * statement can change that. Used by one thread at a time.
 */
public final class DuckDb implements AutoCloseable {

    /** The table function that returns the rows of {@link #execute(String, Duration, ChunkSource)}. */
    public static final String RECORDS = ChunkFunction.NAME;

    private static final Logger LOG = LoggerFactory.getLogger(DuckDb.class);

    private final Connection connection;
    private final MemoryWatch memory;
    private final ChunkFunction records;
    private final DuckDbSettings settings;
    private final DuckDbFailures failures;
    private final Timer clock = new Timer("duckdb-clock", true);

    private DuckDb(DuckDBConnection connection, DuckDbSettings settings) throws SQLException {
        this.connection = connection;
        this.settings = settings;
        this.failures = new DuckDbFailures(settings.samples(), settings.folder());
        this.memory = new MemoryWatch(connection, settings.rowsBytes(), failures);
        this.records = ChunkFunction.registered(connection, memory::require);
    }

    /** Opens a database; the folder must exist. */
    public static DuckDb open(DuckDbSettings settings) throws IOException {
        Path folder = settings.folder().toRealPath();
        Path temporary = Files.createDirectories(folder.resolve("duckdb"));
        DuckDb database;
        try {
            database = new DuckDb(
                    new DuckDBDriver().connect("jdbc:duckdb:", streaming()).unwrap(DuckDBConnection.class), settings);
        } catch (SQLException e) {
            throw new IOException("DuckDB cannot be opened: " + e.getMessage(), e);
        }
        try {
            database.set(folder, temporary);
            return database;
        } catch (DuckDbException e) {
            database.close();
            throw e;
        }
    }

    private void set(Path folder, Path temporary) {
        for (String setting : List.of(
                "autoinstall_known_extensions = false",
                "autoload_known_extensions = false",
                "memory_limit = '" + settings.memoryBytes() + "B'",
                "threads = " + settings.threads(),
                "temp_directory = " + Sql.path(temporary),
                "max_temp_directory_size = '" + settings.temporaryBytes() + "B'",
                // Otherwise row groups have no limit in bytes, and files are read one after the other.
                "preserve_insertion_order = false",
                "TimeZone = 'UTC'",
                // Otherwise error positions are reported as a drawing.
                "errors_as_json = true",
                "allowed_directories = [" + Sql.path(folder) + "]",
                "enable_external_access = false",
                "lock_configuration = true")) {
            execute("SET " + setting, Duration.ofMinutes(1));
        }
    }

    private static Properties streaming() {
        Properties properties = new Properties();
        properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        return properties;
    }

    /** The settings with which it was opened. */
    public DuckDbSettings settings() {
        return settings;
    }

    /** Whether messages may quote rows. */
    public RowSamples samples() {
        return settings.samples();
    }

    /**
     * Executes a statement.
     *
     * @param limit after which it is ended
     * @return the number of rows that it wrote; 0 for statements that write none
     * @throws DuckDbException when it was not carried out
     */
    public long execute(String sql, Duration limit) {
        return within(
                sql,
                limit,
                statement ->
                        statement.execute(sql) ? firstNumber(statement) : Math.max(0, statement.getLargeUpdateCount()));
    }

    /**
     * Executes a statement that reads rows as {@link #RECORDS}{@code ()}, with the columns {@code c0}, {@code c1} and
     * so on.
     *
     * @param limit after which it is ended
     * @return the number of rows that it wrote
     * @throws DuckDbException when it was not carried out; exceptions of the rows' source are thrown unchanged
     */
    public long execute(String sql, Duration limit, ChunkSource rows) {
        records.open(rows);
        try {
            long count = execute(sql, limit);
            records.close();
            return count;
        } catch (DuckDbException e) {
            throw switch (records.close().orElse(e)) {
                case Error error -> throw error;
                case RuntimeException failure -> failure;
                case Throwable impossible -> new IllegalStateException(impossible);
            };
        }
    }

    /**
     * Queries rows into memory.
     *
     * @param limit after which it is ended
     * @param row maps a row
     * @throws DuckDbException when the query fails
     */
    public <T> List<T> query(String sql, Duration limit, Function<DuckDbRow, T> row) {
        List<T> answer = new ArrayList<>();
        forEach(sql, limit, one -> answer.add(row.apply(one)));
        return answer;
    }

    /** Queries rows one after the other, without holding the whole result in memory. */
    public void forEach(String sql, Duration limit, Consumer<DuckDbRow> row) {
        within(sql, limit, statement -> {
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    row.accept(new DuckDbRow(rows, failures));
                }
                return sql;
            }
        });
    }

    private <T> T within(String sql, Duration limit, Work<T> work) {
        try (Statement statement = connection.createStatement()) {
            TimerTask end = new Cancellation(statement);
            clock.schedule(end, Math.max(1, limit.toMillis()));
            try {
                return work.carryOut(statement);
            } finally {
                end.cancel();
                // Otherwise the timer keeps every statement in memory until its limit.
                clock.purge();
            }
        } catch (SQLException e) {
            throw failures.of(e, () -> connection.prepareStatement(sql).close());
        }
    }

    private interface Work<T> {
        T carryOut(Statement statement) throws SQLException;
    }

    private static long firstNumber(Statement statement) throws SQLException {
        try (ResultSet rows = statement.getResultSet()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    @Override
    public void close() {
        clock.cancel();
        try {
            memory.close();
            connection.close();
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    /** Cancels a statement at its time limit. */
    private static final class Cancellation extends TimerTask {

        private final Statement statement;

        Cancellation(Statement statement) {
            this.statement = statement;
        }

        @Override
        public void run() {
            try {
                statement.cancel();
            } catch (SQLException e) {
                LOG.warn("a statement could not be cancelled at its time limit", e);
            }
        }
    }
}
