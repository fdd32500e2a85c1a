package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import io.fanin.fakes.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

class ConnectCommandTest {

    private static final String QUEUE = "arn:aws:sqs:eu-west-1:123456789012:events";

    private final CliFixture cli = new CliFixture();
    private final S3Client s3 = cli.aws.s3().client();

    @Test
    void aBucketTellsTheQueueOfAllItsObjects() {
        Done done = cli.run("connect", "lake");

        assertThat(done.code()).isZero();
        assertThat(done.lines()).containsExactly("s3://lake/ now notifies " + QUEUE);
        assertThat(notifications().queueConfigurations()).singleElement().satisfies(one -> {
            assertThat(one.queueArn()).isEqualTo(QUEUE);
            assertThat(one.events()).containsExactly(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED);
        });
    }

    @Test
    void bucketThatIsNotThereIsNamed() {
        Done done = cli.run("connect", "nowhere");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("there is no bucket s3://nowhere", "correct its name");
    }

    @Test
    void aSecondTimeChangesNothing() {
        cli.run("connect", "lake", "--prefix", "raw/");
        cli.aws.log().reset();

        assertThat(cli.run("connect", "lake", "--prefix", "raw/").lines())
                .containsExactly("s3://lake/raw/ already notifies " + QUEUE);
        assertThat(cli.run("connect", "lake", "--prefix", "raw/flights/").lines())
                .containsExactly("s3://lake/raw/flights/ already notifies " + QUEUE);
        assertThat(cli.aws.log().count("PutBucketNotificationConfiguration")).isZero();
    }

    @Test
    void otherNotificationsStayAsTheyAre() {
        put(NotificationConfiguration.builder()
                .topicConfigurations(TopicConfiguration.builder()
                        .id("theirs")
                        .topicArn("arn:aws:sns:eu-west-1:123456789012:theirs")
                        .events(Event.S3_OBJECT_CREATED_PUT)
                        .filter(filter -> filter.key(key -> key.filterRules(prefix("logs/"))))
                        .build())
                .lambdaFunctionConfigurations(LambdaFunctionConfiguration.builder()
                        .id("restored")
                        .lambdaFunctionArn("arn:aws:lambda:eu-west-1:123456789012:function:f")
                        .events(Event.S3_OBJECT_RESTORE_COMPLETED)
                        .build())
                .eventBridgeConfiguration(bus -> {}));
        GetBucketNotificationConfigurationResponse before = notifications();

        assertThat(cli.run("connect", "lake", "--prefix", "raw/").code()).isZero();

        GetBucketNotificationConfigurationResponse after = notifications();
        assertThat(after.topicConfigurations()).isEqualTo(before.topicConfigurations());
        assertThat(after.lambdaFunctionConfigurations()).isEqualTo(before.lambdaFunctionConfigurations());
        assertThat(after.eventBridgeConfiguration())
                .isEqualTo(before.eventBridgeConfiguration())
                .isNotNull();
        assertThat(after.queueConfigurations()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"raw/, raw/flights/", "raw/flights/, raw/", "'', raw/", "raw/, ''"})
    void whatOverlapsIsRefused(String theirs, String ours) {
        notify("arn:aws:sqs:eu-west-1:123456789012:theirs", theirs);

        Done done = cli.run("connect", "lake", "--prefix", ours);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("'theirs'", "overlaps", "arn:aws:sqs:eu-west-1:123456789012:theirs", "hint:");
        assertThat(cli.aws.log().count("PutBucketNotificationConfiguration")).isEqualTo(1);
    }

    @Test
    void twoPrefixesAreToldSideBySide() {
        cli.run("connect", "lake", "--prefix", "raw/flights/");

        assertThat(cli.run("connect", "lake", "--prefix", "raw/legs/").code()).isZero();

        assertThat(notifications().queueConfigurations())
                .extracting(QueueConfiguration::id)
                .containsExactly("partition-fan-in raw/flights/", "partition-fan-in raw/legs/");
    }

    /** Characters that are not safe in a key have to be encoded; otherwise S3 silently matches no key. */
    @ParameterizedTest
    @CsvSource({
        "raw/flights/, raw/flights/",
        "team=a/, team%3Da/",
        "raw data/100%/, raw+data/100%25/",
        "a+b/, a%2Bb/",
        "(old)!/, (old)!/",
        "\u00fcber/\ud83d\ude00/, %C3%BCber/%F0%9F%98%80/"
    })
    void prefixIsWrittenInTheFormOfKeysInNotifications(String prefix, String written) {
        assertThat(cli.run("connect", "lake", "--prefix", prefix).lines())
                .containsExactly("s3://lake/" + prefix + " now notifies " + QUEUE);

        assertThat(notifications().queueConfigurations())
                .singleElement()
                .satisfies(one -> assertThat(one.filter().key().filterRules())
                        .extracting(FilterRule::value)
                        .containsExactly(written));
        assertThat(cli.run("connect", "lake", "--prefix", prefix).lines())
                .containsExactly("s3://lake/" + prefix + " already notifies " + QUEUE);
        assertThat(cli.run("connect", "lake", "--prefix", prefix + "dt=1/").lines())
                .containsExactly("s3://lake/" + prefix + "dt=1/ already notifies " + QUEUE);
    }

    /** S3 takes 255 characters. */
    @Test
    void nameOfANotificationIsBounded() {
        String prefix = "\u6f22".repeat(100) + "/";

        cli.run("connect", "lake", "--prefix", prefix + "a/");
        cli.run("connect", "lake", "--prefix", prefix + "b/");

        assertThat(notifications().queueConfigurations())
                .extracting(QueueConfiguration::id)
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).hasSizeLessThanOrEqualTo(255));
    }

    @Test
    void aBucketThatMayNotSendIsNamedWithTheParameter() {
        cli.aws
                .faults()
                .on("PutBucketNotificationConfiguration")
                .then(new Fault.Fail(
                        400, "InvalidArgument", "Unable to validate the following destination configurations"));

        assertThat(cli.run("connect", "lake").err()).contains("s3://lake", "DataBuckets");
    }

    @ParameterizedTest
    @CsvSource({
        "GetBucketNotificationConfiguration, read, AccessDenied",
        "PutBucketNotificationConfiguration, written, AccessDenied"
    })
    void lackOfAPermissionIsToldWithBucketAndPermissions(String operation, String done, String code) {
        cli.aws.faults().on(operation).then(new Fault.Fail(403, code, "Access Denied"));

        assertThat(cli.run("connect", "lake").err())
                .contains(
                        "the notifications of s3://lake cannot be " + done + ": " + code,
                        "s3:GetBucketNotification and s3:PutBucketNotification");
    }

    @Test
    void bucketOfAnotherRegionIsNamed() {
        cli.aws
                .faults()
                .on("GetBucketNotificationConfiguration")
                .then(new Fault.Fail(301, "PermanentRedirect", "The bucket must be addressed by another endpoint"));

        assertThat(cli.run("connect", "lake").err())
                .contains("s3://lake lies in another region than the stack", "deploy a stack there");
    }

    @Test
    void aChangeBySomebodyElseIsSeen() {
        cli.aws
                .faults()
                .on("PutBucketNotificationConfiguration")
                .nth(1)
                .thenRunAfter(() -> notify("arn:aws:sqs:eu-west-1:123456789012:theirs", "logs/"));

        assertThat(cli.run("connect", "lake").err()).contains("at the same time", "run the command again");
    }

    private void notify(String queue, String prefix) {
        put(NotificationConfiguration.builder()
                .queueConfigurations(QueueConfiguration.builder()
                        .id("theirs")
                        .queueArn(queue)
                        .events(Event.S3_OBJECT_CREATED)
                        .filter(filter -> filter.key(key -> key.filterRules(prefix(prefix))))
                        .build()));
    }

    private void put(NotificationConfiguration.Builder all) {
        s3.putBucketNotificationConfiguration(request -> request.bucket("lake").notificationConfiguration(all.build()));
    }

    private static FilterRule prefix(String prefix) {
        return FilterRule.builder().name(FilterRuleName.PREFIX).value(prefix).build();
    }

    private GetBucketNotificationConfigurationResponse notifications() {
        return s3.getBucketNotificationConfiguration(request -> request.bucket("lake"));
    }
}
