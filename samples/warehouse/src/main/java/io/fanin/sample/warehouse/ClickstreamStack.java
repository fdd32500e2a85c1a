package io.fanin.sample.warehouse;

import io.fanin.warehouse.BatchInputTable;
import io.fanin.warehouse.BatchJob;
import io.fanin.warehouse.Column;
import io.fanin.warehouse.DataFormat;
import io.fanin.warehouse.ServerlessDataWarehouse;
import io.fanin.warehouse.StreamingInputTable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.CronOptions;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** Clicks and impressions come in through streams; a job counts both by the hour. */
public final class ClickstreamStack extends Stack {

    public ClickstreamStack(Construct scope, String id, Code job) {
        super(scope, id);
        ServerlessDataWarehouse warehouse = ServerlessDataWarehouse.Builder.create(this, "analytics_dw")
                .dev(true)
                .build()
                .withStreamingInputTable("clicks", clickstream())
                .withStreamingInputTable("impressions", clickstream())
                .withBatchInputTable(
                        "aggregates",
                        BatchInputTable.builder()
                                .columns(Column.string("event_type"), Column.integer("count"), Column.string("time"))
                                .job(BatchJob.of(job, HourlyAggregates.class.getName()))
                                // The hour before is registered by then.
                                .schedule(Schedule.cron(
                                        CronOptions.builder().minute("30").build()))
                                .dataFormat(DataFormat.JSON)
                                .build());
        output("ClicksStream", warehouse.getInputStream("clicks").getStreamName());
        output("ImpressionsStream", warehouse.getInputStream("impressions").getStreamName());
        output("DataBucket", warehouse.getDataWarehouseBucket().getBucketName());
        output("PipelineStack", warehouse.getPipelineStack().orElseThrow());
        output("WorkGroup", warehouse.getWorkGroup().getName());
    }

    private static StreamingInputTable clickstream() {
        return StreamingInputTable.builder()
                .columns(Column.string("id"), Column.string("session_id"), Column.timestamp("event_time"))
                .inputStreamShardCount(1)
                .fileFlushInterval(Duration.seconds(60))
                .partitionSchedule(Schedule.rate(Duration.minutes(5)))
                .maxBadRecords("0.05")
                .build();
    }

    private void output(String name, String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
