package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunReport;
import io.fanin.model.spec.Specs;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Partitions that were made from raw data. */
class ConvertedTest {

    private static final Partition RAW = raw(hour(7));

    private final RunFixture fixture = new RunFixture();

    /** The same partition, made of data that lies elsewhere. */
    private static Partition raw(Partition partition) {
        return new Partition(
                partition.values(),
                partition.prefix(),
                Optional.of(partition.prefix().replace("flights", "raw")));
    }

    private Pass pass(Partition... partitions) {
        Pass pass = fixture.pass(RUN, 0, partitions);
        TableDefinition table = RunFixture.DEFINITION;
        fixture.writeSpec(
                RUN,
                Specs.of(
                                table.name(),
                                Map.of(
                                        "source",
                                        Map.of("location", "s3://landing/raw/"),
                                        "processor",
                                        ProcessorSpec.Convert.DEFAULT))
                        .resolved(table));
        return pass;
    }

    @Test
    void convertedPartitionIsRegisteredWithItsSource() {
        pass(RAW)
                .result(new BatchResult(
                        0,
                        List.of(new PartitionResult.Processed(
                                        RAW, new Inventory(40, 9_000, Optional.empty(), "cafe"), OptionalLong.of(120))
                                .writing(new Inventory(1, 700, Optional.empty(), "beef"))
                                .with(Map.of("fanin.bad", "2")))))
                .register();

        JsonNode partition = fixture.partition(RAW);
        assertThat(partition.path("StorageDescriptor").path("Location").asText())
                .isEqualTo("s3://lake/flights/dt=2013-02-08/hour=7/");
        Map<String, String> parameters = new TreeMap<>();
        partition
                .path("Parameters")
                .properties()
                .forEach(one -> parameters.put(one.getKey(), one.getValue().asText()));
        assertThat(parameters)
                .isEqualTo(Map.of(
                        "numFiles", "1",
                        "totalSize", "700",
                        "fanin.as_of", "2013-02-10T00:00:00Z",
                        "numRows", "120",
                        "fanin.bad", "2",
                        "fanin.inventory", "cafe",
                        "fanin.source", "s3://landing/raw/dt=2013-02-08/hour=7/",
                        "fanin.source.files", "40",
                        "fanin.run", "s3://state/runs/nightly-1/"));
    }

    @Test
    void failureKeepsItsSourcePrefix() {
        pass(RAW).failing(0).register();
        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(0)))
                .isExactlyInstanceOf(TablePartialException.class);

        fixture.hold(RUN, 0, OptionalInt.of(1));

        assertThat(fixture.record().outstanding())
                .extracting(OutstandingFailure::partition)
                .containsExactly(RAW);
        assertThat(fixture.report(RUN).failures())
                .extracting(RunReport.Outstanding::toPartition)
                .containsExactly(RAW);
        List<Partition> next = new ArrayList<>();
        fixture.folder(RUN).readManifest(1, batch -> next.addAll(batch.partitions()));
        assertThat(next).containsExactly(RAW);
    }
}
