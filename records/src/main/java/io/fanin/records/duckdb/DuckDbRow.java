package io.fanin.records.duckdb;

import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.duckdb.DuckDBStruct;

/** A row of a result, valid until the next one is read. Columns count from 1. */
public final class DuckDbRow {

    private final ResultSet row;
    private final DuckDbFailures failures;

    DuckDbRow(ResultSet row, DuckDbFailures failures) {
        this.row = row;
        this.failures = failures;
    }

    /** A value as DuckDB prints it; empty if it is null. */
    public Optional<String> text(int column) {
        return read(() -> Optional.ofNullable(row.getString(column)));
    }

    /** A whole number; empty if it is null. */
    public OptionalLong number(int column) {
        return read(() -> {
            long value = row.getLong(column);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
        });
    }

    /** Whether the value is true; false where it is null. */
    public boolean holds(int column) {
        return read(() -> row.getBoolean(column));
    }

    /**
     * All values: null, {@link Boolean}, {@link Number} (a decimal as a {@link java.math.BigDecimal} with all its
     * digits), {@link String}, {@link LocalDate}, {@link LocalTime}, {@link LocalDateTime} in UTC, {@link List}, and
     * {@link Map} for maps and structs; bytes are hexadecimal digits, and anything else the text that DuckDB prints.
     */
    public List<Object> values() {
        return read(() -> {
            List<Object> values = new ArrayList<>();
            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                Object value = row.getObject(column);
                values.add(value instanceof Timestamp ? row.getObject(column, LocalDateTime.class) : plain(value));
            }
            return values;
        });
    }

    private interface Read<T> {
        T of() throws SQLException;
    }

    private <T> T read(Read<T> read) {
        try {
            return read.of();
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    private static Object plain(Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth;
            case Number number -> number;
            case LocalDate date -> date;
            case LocalTime time -> time;
            case OffsetDateTime moment ->
                moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
            case java.sql.Array list -> plain(Arrays.asList((Object[]) list.getArray()));
            case DuckDBStruct struct -> plain(struct.getMap());
            case List<?> list -> {
                List<Object> all = new ArrayList<>();
                for (Object one : list) {
                    all.add(plain(one));
                }
                yield all;
            }
            case Map<?, ?> map -> {
                Map<Object, Object> all = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    all.put(plain(entry.getKey()), plain(entry.getValue()));
                }
                yield all;
            }
            case Blob bytes -> HexFormat.of().formatHex(bytes.getBytes(1, (int) bytes.length()));
            default -> value.toString();
        };
    }
}
