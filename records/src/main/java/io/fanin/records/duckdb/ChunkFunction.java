package io.fanin.records.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;

/**
 * The table function {@value #NAME}, which returns the rows of the open source. Its columns are called {@code c0},
 * {@code c1} and so on. Thread-safe.
 */
final class ChunkFunction implements DuckDBTableFunction<List<VectorType>, ChunkFunction, ChunkFunction> {

    static final String NAME = "fanin_records";

    private final LongConsumer room;
    private final AtomicReference<ChunkSource> source = new AtomicReference<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private ChunkFunction(LongConsumer room) {
        this.room = room;
    }

    /**
     * Registers the function.
     *
     * @param room throws if there is not enough memory for this many bytes of texts
     */
    static ChunkFunction registered(Connection connection, LongConsumer room) throws SQLException {
        ChunkFunction function = new ChunkFunction(room);
        try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
            builder.withName(NAME).withFunction(function).register(connection);
        }
        return function;
    }

    /** Opens the source for the next statement. */
    void open(ChunkSource rows) {
        failure.set(null);
        source.set(rows);
    }

    /** Closes the source; returns the exception that it has thrown, of which DuckDB reports only the message. */
    Optional<Throwable> close() {
        source.set(null);
        return Optional.ofNullable(failure.get());
    }

    private ChunkSource rows() {
        return Optional.ofNullable(source.get())
                .orElseThrow(() -> new IllegalStateException(NAME + " has no rows outside of a conversion"));
    }

    @Override
    public List<VectorType> bind(DuckDBTableFunctionBindInfo bind) throws SQLException {
        List<VectorType> types = rows().types();
        for (int i = 0; i < types.size(); i++) {
            switch (types.get(i)) {
                case VectorType.Plain plain -> bind.addResultColumn("c" + i, DuckDBColumnType.valueOf(plain.name()));
                case VectorType.Decimal decimal -> {
                    try (DuckDBLogicalType type = DuckDBLogicalType.decimal(decimal.precision(), decimal.scale())) {
                        bind.addResultColumn("c" + i, type);
                    }
                }
            }
        }
        return types;
    }

    @Override
    public ChunkFunction init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(rows().threads());
        return this;
    }

    @Override
    public ChunkFunction localInit(DuckDBTableFunctionInitInfo info) {
        return this;
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter out) {
        try {
            ChunkSource rows = rows();
            Optional<Chunk> next = rows.next();
            if (next.isEmpty()) {
                return 0;
            }
            Chunk chunk = next.get();
            if (chunk.hasTexts()) {
                room.accept(chunk.bytes());
            }
            for (int i = 0; i < chunk.columns(); i++) {
                Vectors.copy(chunk.column(i), chunk.row(), out.vector(i));
            }
            long count = chunk.row();
            rows.recycle(chunk);
            return count;
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }
}
