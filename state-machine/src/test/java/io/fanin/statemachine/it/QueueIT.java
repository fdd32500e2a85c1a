package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Partitions found by S3 event notifications. */
@ExtendWith(Platform.class)
class QueueIT {

    /** S3's test event when notifications are configured. */
    private static final int TEST_EVENT = 1;

    private final Pipeline pipeline;
    private TestLake.Table table;
    private Notifications notifications;

    QueueIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void aTableOfWhichS3Tells() {
        table = pipeline.newTable();
        notifications = Notifications.of(table, pipeline.clients());
    }

    @AfterEach
    void deleteTheQueue() {
        notifications.close();
    }

    @Test
    void messagesAreDeletedOnlyForRegisteredPartitions() {
        table.withHours(2).with(TestLake.Table.hour(2) + "part-0.json.gz", Content.truncatedJsonGz());
        notifications.await(TEST_EVENT + 3);

        Finished partial = pipeline.run(spec());

        assertThat(partial.error()).as(partial.toString()).endsWith("TablePartialException");
        assertThat(pipeline.catalog().values(table))
                .containsExactlyInAnyOrder(TestLake.Table.valuesOfHour(0), TestLake.Table.valuesOfHour(1));
        assertThat(notifications.visible()).isZero();
        assertThat(notifications.taken()).as("the failed partition's").isEqualTo(1);

        table.with(TestLake.Table.hour(2) + "part-0.json.gz", Content.jsonGz());
        notifications.bringBack(pipeline.state().receiptHandles(partial.name()));
        notifications.await(2);

        Finished repaired = pipeline.run(spec());

        assertThat(repaired.text("status")).as(repaired.toString()).isEqualTo("COMPLETE");
        assertThat(repaired.number("registered")).isEqualTo(1);
        assertThat(notifications.visible() + notifications.taken()).isZero();
    }

    @Test
    void aPlanGivesTheMessagesBack() {
        table.withHours(1);
        notifications.await(TEST_EVENT + 1);

        Finished run = pipeline.run(spec().put("dryRun", true));

        assertThat(run.text("next")).as(run.toString()).isEqualTo("PLANNED");
        assertThat(run.number("partitions")).isEqualTo(1);
        assertThat(pipeline.state()
                        .plan(run.name())
                        .at("/requests/Sqs ReceiveMessage")
                        .asInt())
                .isPositive();
        assertThat(notifications.visible()).isEqualTo(TEST_EVENT + 1);
        assertThat(pipeline.catalog().has(table)).isFalse();
    }

    private ObjectNode spec() {
        ObjectNode spec = table.spec();
        spec.putObject("detection").put("mode", "queue").put("queueUrl", notifications.queueUrl());
        return spec;
    }
}
