package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.pairs.PairsProcessor;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.processor.api.PartitionProcessor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A custom processor is found in a layer, as on AWS. */
@ExtendWith(Platform.class)
class CustomProcessorIT {

    private static final String HOUR = TestLake.Table.hour(7);

    private final Pipeline pipeline;

    CustomProcessorIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Test
    void classInALayerMakesThePartition() {
        TestLake.Table raw =
                pipeline.newTable().with(HOUR + "a.txt", "carrier=UA delay=3\n".getBytes(StandardCharsets.UTF_8));
        TestLake.Table table = pipeline.newTable();
        ObjectNode spec = table.spec();
        spec.putObject("source").put("location", raw.location()).put("format", "json");
        spec.putObject("processor").put("type", "custom").put("name", "pairs");

        try (TestMachine machine = TestMachine.withLayer(pipeline, jar())) {
            Finished run = machine.executions().run(spec);

            assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        }
        assertThat(pipeline.catalog().values(table)).containsExactly(List.of("2013-02-08", "07"));
        assertThat(made(table, HOUR + "part-0.json").asUtf8String()).contains("\"carrier\":\"UA\"");
    }

    private ResponseBytes<GetObjectResponse> made(TestLake.Table table, String name) {
        return table.s3()
                .getObjectAsBytes(request -> request.bucket(TestLake.BUCKET).key(table.prefix() + name));
    }

    private static byte[] jar() {
        return Zips.of(Map.of(
                TestMachine.entry(PairsProcessor.class),
                TestMachine.code(PairsProcessor.class),
                "META-INF/services/" + PartitionProcessor.class.getName(),
                PairsProcessor.class.getName().getBytes(StandardCharsets.UTF_8)));
    }
}
