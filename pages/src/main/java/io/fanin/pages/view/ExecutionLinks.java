package io.fanin.pages.view;

import io.fanin.core.run.RunId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where one goes on with an execution: the console's page of it, and the command that redrives it. */
final class ExecutionLinks {

    private static final Pattern ARN =
            Pattern.compile("arn:(aws[a-z-]*):states:([a-z0-9-]+):[0-9]{12}:execution:[A-Za-z0-9_-]+:.+");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.+-]+");

    private ExecutionLinks() {}

    /** Empty where the ARN is none of Step Functions, or of a partition whose console is not known. */
    static Optional<String> console(String arn) {
        Matcher matcher = ARN.matcher(arn);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String region = matcher.group(2);
        return host(matcher.group(1), region)
                .map(host -> "https://" + host + "/states/home?region=" + region + "#/v2/executions/details/"
                        + encoded(arn));
    }

    private static Optional<String> host(String partition, String region) {
        return switch (partition) {
            case "aws" -> Optional.of(region + ".console.aws.amazon.com");
            case "aws-cn" -> Optional.of("console.amazonaws.cn");
            case "aws-us-gov" -> Optional.of("console.amazonaws-us-gov.com");
            default -> Optional.empty();
        };
    }

    /** An execution's name may have any characters that S3 and a terminal may not. */
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

    /** What one types to redrive a run; empty where its execution's name is not known. */
    static Optional<String> redrive(RunId run, Optional<String> execution) {
        return execution
                .map(arn -> arn.substring(arn.lastIndexOf(':') + 1))
                .or(run::executionName)
                .map(name -> "fanin redrive " + (PLAIN.matcher(name).matches() ? name : quoted(name)));
    }

    private static String quoted(String name) {
        return "'" + Texts.name(name).replace("'", "'\"'\"'") + "'";
    }
}
