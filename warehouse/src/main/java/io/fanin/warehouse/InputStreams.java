package io.fanin.warehouse;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.UniqueResourceNameOptions;
import software.amazon.awscdk.services.glue.CfnTable;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.kinesis.StreamEncryption;
import software.amazon.awscdk.services.kinesisfirehose.AppendDelimiterToRecordProcessor;
import software.amazon.awscdk.services.kinesisfirehose.DataFormatConversionProps;
import software.amazon.awscdk.services.kinesisfirehose.DeliveryStream;
import software.amazon.awscdk.services.kinesisfirehose.EnableLogging;
import software.amazon.awscdk.services.kinesisfirehose.InputFormat;
import software.amazon.awscdk.services.kinesisfirehose.KinesisStreamSource;
import software.amazon.awscdk.services.kinesisfirehose.OutputFormat;
import software.amazon.awscdk.services.kinesisfirehose.S3Bucket;
import software.amazon.awscdk.services.kinesisfirehose.SchemaConfiguration;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/** Streams for records, and their delivery into hourly folders. */
final class InputStreams {

    private static final int LONGEST_NAME = 64;
    private static final int BUFFER_MEBIBYTES = 64;

    private final IBucket bucket;
    private final RemovalPolicy removal;

    InputStreams(IBucket bucket, RemovalPolicy removal) {
        this.bucket = bucket;
        this.removal = removal;
    }

    /**
     * The stream.
     *
     * @param prefix of the hourly folders, with its last slash
     * @param errors the prefix for records that Firehose could not deliver, with its last slash
     */
    Stream create(Construct scope, StreamingInputTable table, CfnTable schema, String prefix, String errors) {
        Stream stream = Stream.Builder.create(scope, "Stream")
                .shardCount(table.shards())
                .encryption(StreamEncryption.MANAGED)
                .removalPolicy(removal)
                .build();
        LogGroup log = LogGroup.Builder.create(scope, "DeliveryLog")
                .retention(RetentionDays.ONE_WEEK)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        S3Bucket.Builder destination = S3Bucket.Builder.create(bucket)
                .dataOutputPrefix(prefix)
                .errorOutputPrefix(errors + "!{firehose:error-output-type}/")
                .bufferingInterval(Duration.seconds(table.flushSeconds()))
                .bufferingSize(Size.mebibytes(BUFFER_MEBIBYTES))
                .loggingConfig(new EnableLogging(log));
        if (table.convertedByFirehose()) {
            destination.dataFormatConversion(DataFormatConversionProps.builder()
                    .inputFormat(InputFormat.OPENX_JSON)
                    .outputFormat(OutputFormat.PARQUET)
                    .schemaConfiguration(SchemaConfiguration.fromCfnTable(schema))
                    .build());
        } else {
            // Records without line ends are written without separation, and many readers lose them silently.
            destination.processors(List.of(new AppendDelimiterToRecordProcessor()));
        }
        DeliveryStream.Builder.create(scope, "Delivery")
                .deliveryStreamName(Names.uniqueResourceName(
                        scope,
                        UniqueResourceNameOptions.builder()
                                .maxLength(LONGEST_NAME)
                                .separator("-")
                                .build()))
                .source(new KinesisStreamSource(stream))
                .destination(destination.build())
                .build();
        return stream;
    }
}
