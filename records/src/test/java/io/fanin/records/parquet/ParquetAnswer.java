package io.fanin.records.parquet;

import io.fanin.records.duckdb.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** What DuckDB answers about a file that nothing has checked. */
final class ParquetAnswer {

    private ParquetAnswer() {}

    /** The value of an aggregate over the rows, which are called {@code data}. */
    static String of(String aggregate, Path file) throws SQLException {
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT %s FROM read_parquet(%s) AS data".formatted(aggregate, Sql.path(file)))) {
            rows.next();
            return rows.getString(1);
        }
    }
}
