package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Prefixes that are not Hive's. */
@ExtendWith(Platform.class)
class LayoutIT {

    private final Pipeline pipeline;
    private final TestLake.Table table;

    LayoutIT(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.table = pipeline.newTable();
    }

    @Test
    void aKeyForEachLevel() {
        table.with("2013/02/08/17/part-0.json", Content.json()).with("2013/02/09/00/part-0.json", Content.json());
        ObjectNode spec = table.specOfKeyForEachLevel();

        Finished run = pipeline.run(spec);

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        assertThat(pipeline.catalog().values(table))
                .containsExactlyInAnyOrder(List.of("2013", "02", "08", "17"), List.of("2013", "02", "09", "00"));
        assertThat(pipeline.catalog().partitions(table))
                .extracting(partition -> partition.storageDescriptor().location())
                .allMatch(location -> location.startsWith(table.location() + "2013/02/0"));
    }

    @Test
    void oneKeyOverSeveralLevels() {
        table.with("2013/02/08/17/part-0.json", Content.json());
        ObjectNode spec = table.specOfOneKeyOverLevels();

        Finished run = pipeline.run(spec);

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        assertThat(pipeline.catalog().values(table)).containsExactly(List.of("2013/02/08/17"));
        assertThat(pipeline.catalog().parameters(table)).containsEntry("fanin.layout", "${inserted_at}");
    }

    @Test
    void aLaterRunReadsTheLayoutFromTheCatalog() {
        table.with("2013/02/08/17/part-0.json", Content.json());
        ObjectNode spec = table.specOfOneKeyOverLevels();
        pipeline.run(spec);
        table.with("2013/02/08/18/part-0.json", Content.json());

        Finished later = pipeline.run(table.names());

        assertThat(later.succeeded()).as(later.toString()).isTrue();
        assertThat(pipeline.catalog().values(table)).hasSize(2).contains(List.of("2013/02/08/18"));
    }
}
