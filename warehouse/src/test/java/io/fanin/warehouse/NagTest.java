package io.fanin.warehouse;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** The rules of cdk-nag, and the reasons why some are suppressed. */
@ExtendWith(NeedsNode.class)
class NagTest {

    private static final Map<String, String> REVIEWED = Map.of(
            "AwsSolutions-S1",
                    "Who keeps logs of access keeps them for the whole account, with CloudTrail's data events.",
            "AwsSolutions-IAM4", "Lambda's own policy, for the function's logs.",
            "AwsSolutions-IAM5",
                    "Wildcards stand for the objects of the warehouse's buckets and the tables of its database.",
            "AwsSolutions-KDF1",
                    "What it reads is an encrypted stream, with which Firehose refuses encryption of its own.");

    @Test
    void everyRuleIsFollowedOrReviewed() {
        Synthesised made = Synthesised.of(builder -> builder.events(true));
        made.warehouse()
                .withStreamingInputTable("clicks", Synthesised.clicks().build())
                .withBatchInputTable(
                        "aggregates", BatchInputTableTest.aggregates().build());
        NagSuppressions.addStackSuppressions(
                made.stack(),
                REVIEWED.entrySet().stream()
                        .map(entry -> NagPackSuppression.builder()
                                .id(entry.getKey())
                                .reason(entry.getValue())
                                .build())
                        .toList());
        Aspects.of(made.stack()).add(new AwsSolutionsChecks());
        Annotations annotations = Annotations.fromStack(made.stack());
        annotations.hasNoError("*", Match.stringLikeRegexp("AwsSolutions-.*"));
        annotations.hasNoWarning("*", Match.stringLikeRegexp("AwsSolutions-.*"));
    }
}
