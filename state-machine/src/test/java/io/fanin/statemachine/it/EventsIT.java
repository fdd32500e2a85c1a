package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events and messages about runs, received through rules and subscriptions. */
@ExtendWith(Platform.class)
class EventsIT {

    private static final String HOUR_1 = TestLake.Table.hour(1) + "part-0.json.gz";

    private final Pipeline pipeline;
    private TestLake.Table table;
    private NotificationLog told;

    EventsIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void listen() {
        told = NotificationLog.listening(pipeline.clients());
        table = pipeline.newTable();
    }

    @AfterEach
    void listenNoMore() {
        told.close();
    }

    @Test
    void aPartialTableAndThenThatItIsHealed() {
        table.withHours(3).with(HOUR_1, Content.truncatedJsonGz());
        Finished partial = pipeline.run(table.spec());
        JsonNode event = told.awaitEvents(table, 1).getFirst();

        assertThat(event.path("detail-type").asText()).isEqualTo("Table Partial");
        assertThat(event.at("/resources/0").asText())
                .isEqualTo(pipeline.executions().arn(partial));
        assertThat(event.at("/detail/outstanding").asInt()).isEqualTo(1);
        assertThat(event.at("/detail/failures/0/partition").asText()).isEqualTo("dt=2013-02-08/hour=01");
        JsonNode message = told.awaitMessages(table, 1).getFirst();
        assertThat(message.path("Subject").asText()).isEqualTo("Table " + table + " is partial");
        assertThat(message.path("Message").asText())
                .contains("Table: " + table, "fanin redrive " + partial.name(), "dt=2013-02-08/hour=01");

        table.with(HOUR_1, Content.jsonGz());
        Finished healed = pipeline.redriveOf(partial);

        assertThat(healed.succeeded()).as(healed.toString()).isTrue();
        JsonNode second = told.awaitEvents(table, 1).getFirst();
        assertThat(second.path("detail-type").asText()).isEqualTo("Table Healed");
        assertThat(second.at("/detail/id").asText()).isEqualTo(healed.name() + "/0/healed");
        assertThat(told.awaitMessages(table, 1).getFirst().path("Subject").asText())
                .isEqualTo("Table " + table + " is complete");
    }

    @Test
    void aCompleteTable() {
        table.withHours(2);

        Finished run = pipeline.run(table.spec());

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        JsonNode event = told.awaitEvents(table, 1).getFirst();
        assertThat(event.path("detail-type").asText()).isEqualTo("Table Complete");
        assertThat(event.at("/detail/registered").asInt()).isEqualTo(2);
        assertThat(event.at("/detail/report").asText())
                .isEqualTo("s3://" + pipeline.stack().stateBucket() + "/runs/" + run.name() + "/report.json");
    }

    /** The stack's own rule invokes the function. */
    @Test
    void aRunThatFailed() {
        Finished run = pipeline.run(table.spec().put("format", "orc"));

        JsonNode event = told.awaitEvents(table, 1).getFirst();

        assertThat(event.path("detail-type").asText()).isEqualTo("Run Failed");
        assertThat(event.at("/detail/run").asText()).isEqualTo(run.name());
        assertThat(event.at("/detail/error").asText()).isEqualTo(run.error());
        assertThat(event.at("/detail/cause").asText()).isEqualTo(run.message());
        assertThat(told.awaitMessages(table, 1).getFirst().path("Subject").asText())
                .isEqualTo("Run of table " + table + " failed");
    }
}
