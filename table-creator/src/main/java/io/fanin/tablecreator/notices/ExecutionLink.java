package io.fanin.tablecreator.notices;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The address of an execution in the console of Step Functions, in the partition of its ARN. */
final class ExecutionLink {

    private static final int PARTITION = 1;
    private static final int REGION = 3;

    private ExecutionLink() {}

    static String to(String arn) {
        String[] parts = arn.split(":", -1);
        String region = parts.length > REGION ? parts[REGION] : "";
        String host = switch (parts.length > REGION ? parts[PARTITION] : "") {
            case "aws-cn" -> region + ".console.amazonaws.cn";
            case "aws-us-gov" -> "console.amazonaws-us-gov.com";
            default -> region + ".console.aws.amazon.com";
        };
        return "https://" + host + "/states/home?region=" + region + "#/v2/executions/details/"
                + URLEncoder.encode(arn, StandardCharsets.UTF_8)
                        .replace("%3A", ":")
                        .replace("+", "%20");
    }
}
