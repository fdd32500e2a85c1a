package io.fanin.records.duckdb;

import io.fanin.records.duckdb.DuckDbException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.duckdb.DuckDBConnection;

/**
 * Keeps texts away from a database that has hardly any memory left. The driver puts a text into a vector by a function of
 * DuckDB's C interface from which an error cannot come back: where there is no memory for the text, the process ends. So
 * rows end well before the database's own limit, which others of its threads approach meanwhile. Thread-safe.
 */
final class MemoryWatch implements AutoCloseable {

    private final long most;
    private final DuckDbFailures failures;
    private final Connection connection;
    private final PreparedStatement used;

    /** @param most bytes of memory that are in use while rows come */
    MemoryWatch(DuckDBConnection database, long most, DuckDbFailures failures) throws SQLException {
        this.most = most;
        this.failures = failures;
        this.connection = database.duplicate();
        this.used =
                connection.prepareStatement("SELECT coalesce(sum(memory_usage_bytes), 0)::BIGINT FROM duckdb_memory()");
    }

    /**
     * Goes on only where there is room.
     *
     * @param bytes of texts
     * @throws DuckDbException {@link Kind#OUT_OF_MEMORY}
     */
    synchronized void require(long bytes) {
        long inUse = inUse();
        if (inUse + bytes > most) {
            throw new DuckDbException(
                    Kind.OUT_OF_MEMORY,
                    "Out of Memory Error: %d bytes are in use, %d of texts were to be added, and %d may be"
                            .formatted(inUse, bytes, most),
                    OptionalInt.empty(),
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
