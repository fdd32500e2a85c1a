package io.fanin.records.duckdb;

import io.fanin.records.duckdb.DuckDbException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/**
 * Stops passing texts to a database that has hardly any memory left. The driver writes texts with a function of
 * DuckDB's C interface that cannot report errors: without memory for the text, the process ends. Rows therefore stop
 * well below the database's own limit, which its other threads may be approaching. Thread-safe.
 */
final class MemoryWatch implements AutoCloseable {

    private final long most;
    private final DuckDbFailures failures;
    private final Connection connection;
    private final PreparedStatement used;

    /** @param most the memory, in bytes, that may be in use while rows are passed */
    MemoryWatch(DuckDBConnection database, long most, DuckDbFailures failures) throws SQLException {
        this.most = most;
        this.failures = failures;
        this.connection = database.duplicate();
        this.used =
                connection.prepareStatement("SELECT coalesce(sum(memory_usage_bytes), 0)::BIGINT FROM duckdb_memory()");
    }

    /** Requires memory for this many more bytes of text, or throws {@link Kind#OUT_OF_MEMORY}. */
    synchronized void require(long bytes) {
        long inUse = inUse();
        if (inUse + bytes > most) {
            throw new DuckDbException(
                    Kind.OUT_OF_MEMORY,
                    new DuckDbMessage(
                            "Out of Memory Error: %d bytes are in use, %d of texts were to be added, and %d may be"
                                    .formatted(inUse, bytes, most)),
                    null);
        }
    }

    private long inUse() {
        try (ResultSet answer = used.executeQuery()) {
            answer.next();
            return answer.getLong(1);
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        used.close();
        connection.close();
    }
}
