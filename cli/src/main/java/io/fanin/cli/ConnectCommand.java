package io.fanin.cli;

import io.fanin.cli.aws.BucketNotifications;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.aws.NotificationRefusedException;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Subscribes the stack's queue to S3's notifications of a bucket's objects. */
@Command(
        name = "connect",
        header = "Makes a bucket notify the stack's queue of its objects, for tables with detection mode events.",
        description =
                "The bucket's other notifications stay as they are; a prefix that overlaps with one of them is refused.")
final class ConnectCommand extends FaninCommand {

    @Parameters(paramLabel = "BUCKET", description = "name of the bucket")
    private String bucket;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            defaultValue = "",
            description = "notify only of objects whose keys begin with this, for example raw/flights/")
    private String prefix;

    /**
     * The answer.
     *
     * @param added whether the notification is new
     */
    private record Connected(String bucket, String prefix, String queue, boolean added) {

        List<String> lines() {
            String notifies = added ? " now notifies " : " already notifies ";
            return List.of("s3://" + bucket + "/" + prefix + notifies + queue);
        }
    }

    @Override
    ExitCode run() {
        Deployment deployment = fanin.deployment();
        String queue = deployment.objectEventsQueueArn();
        boolean added = connect(new BucketNotifications(deployment.clients().s3(), bucket), queue);
        Connected connected = new Connected(bucket, prefix, queue, added);
        return fanin.console().answer(connected, connected::lines, ExitCode.DONE);
    }

    private boolean connect(BucketNotifications notifications, String queue) {
        try {
            return notifications.subscribe(queue, prefix);
        } catch (NotificationRefusedException e) {
            String hint = switch (e.reason()) {
                case OVERLAPS ->
                    "connect another --prefix, let that receiver be an SNS topic to which the stack's queue subscribes,"
                            + " or use EventBridge: docs/s3-events.md";
                case CHANGED_MEANWHILE -> "run the command again";
                case DENIED ->
                    "you need s3:GetBucketNotification and s3:PutBucketNotification of the bucket, in another account by its"
                            + " own policy, too";
                case NO_BUCKET -> "correct its name, or create it";
                case OTHER_REGION ->
                    "S3 notifies queues of the bucket's region alone: deploy a stack there, or let EventBridge forward its"
                            + " events: docs/s3-events.md";
                case RECEIVER ->
                    "name the bucket in the stack's parameter DataBuckets or TargetBuckets, and another account's by"
                            + " its account in DataAccounts, so that it may send to the queue";
            };
            throw new CommandFailedException(e.getMessage(), hint, e);
        }
    }
}
