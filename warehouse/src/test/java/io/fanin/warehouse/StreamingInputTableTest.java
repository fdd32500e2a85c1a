package io.fanin.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;

@ExtendWith(NeedsNode.class)
class StreamingInputTableTest {

    @Test
    void firehoseDeliversLinesIntoTheLandingFolder() {
        Template template = with(Synthesised.clicks()
                .inputStreamShardCount(2)
                .fileFlushInterval(Duration.seconds(60))
                .build());
        template.hasResourceProperties("AWS::Kinesis::Stream", Match.objectLike(Map.of("ShardCount", 2)));
        template.hasResourceProperties("AWS::Logs::LogGroup", Match.objectLike(Map.of("RetentionInDays", 7)));
        template.hasResourceProperties(
                "AWS::KinesisFirehose::DeliveryStream",
                Match.objectLike(Map.of(
                        "DeliveryStreamType",
                        "KinesisStreamAsSource",
                        "ExtendedS3DestinationConfiguration",
                        Match.objectLike(Map.of(
                                "Prefix",
                                "landing/clicks/",
                                "ErrorOutputPrefix",
                                "landing-errors/clicks/!{firehose:error-output-type}/",
                                "BufferingHints",
                                Map.of("IntervalInSeconds", 60, "SizeInMBs", 64),
                                "ProcessingConfiguration",
                                Match.objectLike(Map.of(
                                        "Enabled",
                                        true,
                                        "Processors",
                                        List.of(Match.objectLike(Map.of("Type", "AppendDelimiterToRecord"))))),
                                "DataFormatConversionConfiguration",
                                Match.absent())))));
    }

    @Test
    void otherNameOfTheMethodMakesTheSame() {
        Synthesised made = Synthesised.plain();
        made.warehouse()
                .withStreamingBatchInputTable("clicks", Synthesised.clicks().build());
        assertThat(made.template().toJSON())
                .isEqualTo(with(Synthesised.clicks().build()).toJSON());
    }

    @Test
    void firehoseConvertsOnRequest() {
        with(Synthesised.clicks().convertedByFirehose(true).build())
                .hasResourceProperties(
                        "AWS::KinesisFirehose::DeliveryStream",
                        Match.objectLike(Map.of(
                                "ExtendedS3DestinationConfiguration",
                                Match.objectLike(Map.of(
                                        "Prefix",
                                        "clicks/",
                                        "DataFormatConversionConfiguration",
                                        Match.objectLike(Map.of("Enabled", true)))))));
    }

    @Test
    void tableOnAScheduleOfItsOwnRunsAlone() {
        with(Synthesised.clicks()
                        .partitionSchedule(Schedule.rate(Duration.minutes(1)))
                        .build())
                .hasResourceProperties(
                        "AWS::Events::Rule",
                        Match.objectLike(
                                Map.of(
                                        "ScheduleExpression",
                                        "rate(1 minute)",
                                        "Targets",
                                        List.of(
                                                Match.objectLike(
                                                        Map.of(
                                                                "Arn",
                                                                "arn:aws:states:eu-central-1:123456789012:stateMachine:fanin",
                                                                "InputTransformer",
                                                                Match.objectLike(
                                                                        Map.of(
                                                                                "InputTemplate",
                                                                                "{\"id\":<id>,\"time\":<time>,\"database\":\"analytics_dw\",\"table\":\"clicks\"}"))))))));
    }

    @Test
    void producerMayWriteIntoTheStream() {
        Synthesised made = Synthesised.plain();
        made.warehouse().withStreamingInputTable("clicks", Synthesised.clicks().build());
        Role producer = Role.Builder.create(made.stack(), "Producer")
                .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
                .build();
        made.warehouse().getInputStream("clicks").grantWrite(producer);
        made.template()
                .hasResourceProperties(
                        "AWS::IAM::Policy",
                        Match.objectLike(Map.of(
                                "PolicyDocument",
                                Match.objectLike(Map.of(
                                        "Statement",
                                        List.of(Match.objectLike(Map.of(
                                                "Action",
                                                List.of(
                                                        "kinesis:ListShards",
                                                        "kinesis:PutRecord",
                                                        "kinesis:PutRecords")))))))));
    }

    @ParameterizedTest
    @ValueSource(ints = {59, 901})
    void flushIntervalOutOfRangeIsRefused(int seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Synthesised.clicks().fileFlushInterval(Duration.seconds(seconds)))
                .withMessage("fileFlushInterval: expected 60 to 900 seconds, found " + seconds);
    }

    @Test
    void streamWithoutShardsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Synthesised.clicks().inputStreamShardCount(0))
                .withMessage("inputStreamShardCount: expected 1 or more, found 0");
    }

    @Test
    void columnThatCannotBeMadeOfJsonIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamingInputTable.builder()
                        .columns(Column.of("parts", "array<binary>"))
                        .build())
                .withMessage(
                        "column 'parts' is of type array<binary>, which cannot be made of JSON: declare it string");
    }

    @Test
    void fieldNamedLikeATypeIsAccepted() {
        Column parts = Column.of("parts", "struct<binary:int>");
        assertThat(StreamingInputTable.builder().columns(parts).build().columns())
                .containsExactly(parts);
    }

    @Test
    void columnNamedLikeTheKeyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Synthesised.clicks().partitionKeyName("session_id").build())
                .withMessageContaining("there are two columns 'session_id'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5%", "1.5", "-1", "1000000000000000000"})
    void limitThatIsNoneIsRefused(String limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Synthesised.clicks().maxBadRecords(limit))
                .withMessageContaining(
                        "expected a whole number, or a ratio below 1 such as 0.01, found '" + limit + "'");
    }

    @Test
    void limitIsRefusedWhereFirehoseConverts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Synthesised.clicks()
                        .maxBadRecords("0.05")
                        .convertedByFirehose(true)
                        .build())
                .withMessageContaining("where Firehose converts there is no quarantine");
    }

    private static Template with(StreamingInputTable table) {
        Synthesised made = Synthesised.plain();
        made.warehouse().withStreamingInputTable("clicks", table);
        return made.template();
    }
}
