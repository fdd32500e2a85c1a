package io.fanin.records.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.run.RunId;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableCopiesTest {

    private static final RegisteredTable TABLE = new RegisteredTable(
            TableName.of("web.countries"), DataFormat.PARQUET, CsvOptions.DEFAULT, List.of(), List.of(), List.of());

    @TempDir
    private Path own;

    @TempDir
    private Path kept;

    @Test
    void tableThatCannotBeKeptTakesNoDisk() throws IOException {
        Path file = Files.writeString(own.resolve("object-0.parquet"), "rows");
        Path missing = own.resolve("object-1.parquet");

        new TableCopies()
                .of(new RunId("run-1"), 0)
                .keep(kept, new TableCopies.Copy(TABLE, List.of(), List.of(rows(file, missing)), 4));

        assertThat(kept).isEmptyDirectory();
    }

    private static LocalRows rows(Path... files) {
        return new LocalRows(
                List.of(files).stream()
                        .map(file -> new LocalFile(file, "an object", Map.of()))
                        .toList(),
                List.of());
    }
}
