package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The path of a run event from a pass to a backend: the bus, the stack's rule, and its API destination. */
@ExtendWith(Platform.class)
class OpenLineageIT {

    private final Pipeline pipeline;
    private final Receiver backend;

    OpenLineageIT(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.backend = new Receiver(pipeline.clients().events(), "openlineage", "/api/v1/lineage");
    }

    @AfterEach
    void nobodyListens() {
        backend.close();
    }

    @Test
    void eachPassIsARunOfOpenLineage() {
        TestLake.Table table = pipeline.newTable();
        String hour = TestLake.Table.hour(1) + "part-0.json.gz";
        table.withHours(2).with(hour, Content.truncatedJsonGz());

        Finished partial = pipeline.run(table.spec());

        Receiver.Post post = backend.about(table, 1).getFirst();
        assertThat(post.headers().getFirst("Authorization")).isEqualTo("Bearer " + Stack.LINEAGE_KEY);
        JsonNode failed = post.body();
        assertThat(failed.path("eventType").textValue()).isEqualTo("FAIL");
        assertThat(failed.at("/job/name").textValue()).isEqualTo(table.toString());
        assertThat(failed.at("/run/facets/fanin_counts/registered").intValue()).isEqualTo(1);
        assertThat(failed.at("/run/facets/errorMessage/message").textValue()).contains("dt=2013-02-08/hour=01");
        table.with(hour, Content.jsonGz());
        pipeline.redriveOf(partial);
        assertThat(backend.about(table, 2).stream().map(Receiver.Post::body)).anySatisfy(healed -> {
            assertThat(healed.path("eventType").textValue()).isEqualTo("COMPLETE");
            assertThat(healed.at("/run/runId")).isNotEqualTo(failed.at("/run/runId"));
        });
    }
}
