package io.fanin.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnorderedStatisticsTest {

    @TempDir
    private Path temporary;

    private Path copy;

    @BeforeEach
    void aCopyOfAText() throws IOException {
        copy = temporary.resolve("copy.parquet");
        Files.write(copy, ParquetBytes.of("SELECT 'a' AS x"));
    }

    @Test
    void orderedStatisticsLeaveTheCopyAsItIs() throws IOException {
        byte[] before = Files.readAllBytes(copy);

        ParquetHeaders.prepare("o", copy, () -> {});

        assertThat(Files.readAllBytes(copy)).isEqualTo(before);
    }

    /** The library reads a type or an order of a later version as a choice of nothing. */
    @Test
    void whatALaterVersionHasIsLeftOut() throws IOException {
        FileMetaData footer = ParquetFooter.read("o", copy).metadata();
        footer.getSchema().getLast().setLogicalType(new LogicalType());
        footer.setColumn_orders(List.of(new ColumnOrder()));
        Statistics statistics = footer.getRow_groups()
                .getFirst()
                .getColumns()
                .getFirst()
                .getMeta_data()
                .getStatistics();
        statistics.unsetMin_value();
        statistics.unsetMax_value();
        statistics.setMin("a".getBytes(StandardCharsets.UTF_8));

        UnorderedStatistics.remove("o", copy, footer);

        FileMetaData left = ParquetHeaders.check("o", copy, () -> {}).metadata();
        assertThat(left.getSchema().getLast().isSetLogicalType()).isFalse();
        assertThat(left.isSetColumn_orders()).isFalse();
        assertThat(left.getRow_groups()
                        .getFirst()
                        .getColumns()
                        .getFirst()
                        .getMeta_data()
                        .getStatistics()
                        .isSetMin())
                .isFalse();
        assertThat(left.getNum_rows()).isEqualTo(1);
    }
}
