package io.fanin.model.run;

import io.fanin.model.text.LogSafe;
import io.fanin.model.text.ShellWord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links to an execution for users: its page in the Step Functions console, and the commands that continue it.
 *
 * @param value an execution's ARN; there is no page for other text
 */
public record ExecutionArn(String value) {

    /** How long after its failure Step Functions redrives an execution. */
    public static final Duration REDRIVABLE_FOR = Duration.ofDays(14);

    private static final Pattern ARN =
            Pattern.compile("arn:(aws[a-z-]*):states:([a-z0-9-]+):([0-9]{12}):execution:([A-Za-z0-9_-]+):.+");

    /** The account of an emulator that was not told another one, and its region. */
    private static final String EMULATOR = "000000000000";

    private static final String EMULATOR_REGION = "us-east-1";

    /** The default name of the stack and of its state machine, which the command line uses unless told otherwise. */
    public static final String STACK = "partition-fan-in";

    public String name() {
        return value.substring(value.lastIndexOf(':') + 1);
    }

    /**
     * The URL of its page; empty if the text is not the ARN of an execution, or the AWS partition's console is not
     * known.
     */
    public Optional<String> console() {
        Matcher matcher = ARN.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String region = matcher.group(2);
        return host(matcher.group(1), region)
                .map(host -> "https://" + host + "/states/home?region=" + region + "#/v2/executions/details/"
                        + encoded(value));
    }

    /** Whether the account is an emulator's, so that AWS's console does not have the execution. */
    public boolean isOfEmulator() {
        Matcher matcher = ARN.matcher(value);
        return matcher.matches() && matcher.group(3).equals(EMULATOR);
    }

    /** The host of the console. Source: "AWS service endpoints" and, for China, "Amazon Web Services in China". */
    private static Optional<String> host(String partition, String region) {
        return switch (partition) {
            case "aws" -> Optional.of(region + ".console.aws.amazon.com");
            case "aws-cn" -> Optional.of("console.amazonaws.cn");
            case "aws-us-gov" -> Optional.of("console.amazonaws-us-gov.com");
            default -> Optional.empty();
        };
    }

    /** An execution's name may have characters that would end a URL. */
    private static String encoded(String arn) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : arn.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) Byte.toUnsignedInt(one);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || ":_-.".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append("%%%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }

    /** The command that redrives the execution, wherever it is typed. */
    public String redriveCommand() {
        return redriveCommand(name()) + options();
    }

    /** The command that redrives an execution of the default stack, by its name. */
    public static String redriveCommand(String name) {
        return "fanin redrive " + ShellWord.quoted(LogSafe.of(name));
    }

    /**
     * The options with which a command reaches the execution's stack: its name unless it has the default one, AWS
     * unless the account is an emulator's, and the region unless it is the emulator's own. Which profile has the
     * account's credentials, only the reader knows.
     */
    public String options() {
        Matcher matcher = ARN.matcher(value);
        if (!matcher.matches()) {
            return "";
        }
        String stack = matcher.group(4).equals(STACK) ? "" : " --stack " + matcher.group(4);
        boolean isEmulator = isOfEmulator();
        String region = isEmulator && matcher.group(2).equals(EMULATOR_REGION) ? "" : " --region " + matcher.group(2);
        return (isEmulator ? "" : " --aws") + region + stack;
    }
}
