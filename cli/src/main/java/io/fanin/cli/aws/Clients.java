package io.fanin.cli.aws;

import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The clients of the services that commands talk to. Each call may make a new one. */
public interface Clients {

    CloudFormationClient cloudFormation();

    GlueClient glue();

    S3Client s3();

    SfnClient stepFunctions();

    StsClient sts();
}
