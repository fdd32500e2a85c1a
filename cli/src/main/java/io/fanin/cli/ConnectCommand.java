package io.fanin.cli;

import io.fanin.cli.aws.BucketNotifications;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has S3 tell the stack's queue of a bucket's objects. */
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
     * @param added whether the queue was not told of these objects before
     */
    private record Connected(String bucket, String prefix, String queue, boolean added) {

        List<String> lines() {
            return List.of("s3://" + bucket + "/" + prefix + (added ? " now tells " : " tells already ") + queue);
        }
    }

    @Override
    ExitCode run() {
        Deployment deployment = fanin.deployment();
        String queue = deployment.objectEventsQueueArn();
        boolean added = new BucketNotifications(deployment.clients().s3(), bucket).tell(queue, prefix);
        Connected connected = new Connected(bucket, prefix, queue, added);
        return fanin.console().answer(connected, connected::lines, ExitCode.DONE);
    }
}
