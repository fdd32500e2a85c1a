package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The path of a card from a failed partition to a webhook: the bus, the stack's rule, and its API destination. */
@ExtendWith(Platform.class)
class WebhookIT {

    private final Pipeline pipeline;
    private final Receiver webhook;

    WebhookIT(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.webhook = new Receiver(pipeline.clients().events(), "webhook", "/hook?sig=a%2Fb");
    }

    @AfterEach
    void nobodyListens() {
        webhook.close();
    }

    @Test
    void aPartialTableIsACardAndThatItIsHealed() {
        TestLake.Table table = pipeline.newTable();
        String hour = TestLake.Table.hour(1) + "part-0.json.gz";
        table.withHours(2).with(hour, Content.truncatedJsonGz());

        Finished partial = pipeline.run(table.spec());

        JsonNode first = webhook.about(table, 1).getFirst().body();
        assertThat(first.findValuesAsText("text"))
                .anyMatch(text -> text.equals("Table " + table + " is partial"))
                .anyMatch(text -> text.contains("dt=2013-02-08/hour=01"))
                .anyMatch(text -> text.startsWith("fanin redrive " + partial.name()));
        table.with(hour, Content.jsonGz());
        pipeline.redriveOf(partial);
        assertThat(webhook.about(table, 2).getLast().body().toString()).contains("Table " + table + " is complete");
    }
}
