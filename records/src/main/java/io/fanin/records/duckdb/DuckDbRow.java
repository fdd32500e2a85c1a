package io.fanin.records.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** A row of an answer, which is there until the next one is asked for. Columns count from 1. */
public final class DuckDbRow {

    private final ResultSet row;
    private final DuckDbFailures failures;

    DuckDbRow(ResultSet row, DuckDbFailures failures) {
        this.row = row;
        this.failures = failures;
    }

    /** A value as DuckDB prints it; empty where it is null. */
    public Optional<String> text(int column) {
        try {
            return Optional.ofNullable(row.getString(column));
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    /** A whole number; empty where it is null. */
    public OptionalLong number(int column) {
        try {
            long value = row.getLong(column);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    /** Whether the value is true; false where it is null. */
    public boolean holds(int column) {
        try {
            return row.getBoolean(column);
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }
}
