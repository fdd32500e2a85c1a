package io.fanin.cli.aws;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.client.TableCrawlers;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3Pages;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The clients of the AWS services that commands call. Each call may create a new one. */
public interface Clients {

    CloudFormationClient cloudFormation();

    default GlueCatalog catalog() {
        return new GlueCatalog(glue());
    }

    default TableCrawlers crawlers() {
        return new TableCrawlers(glue(), catalog());
    }

    default S3Pages pages() {
        return new S3Pages(s3());
    }

    /** The readers of objects, by bucket. */
    default Function<String, BucketReader> buckets() {
        S3Client client = s3();
        return bucket -> new BucketReader(client, bucket);
    }

    /** The caller's ARN, or the name of the user on this machine if there are no credentials. */
    default String caller() {
        try (StsClient sts = sts()) {
            return sts.getCallerIdentity().arn();
        } catch (SdkException e) {
            return System.getProperty("user.name");
        }
    }

    /** The region's name; empty if it is not known. */
    default String region() {
        return "";
    }

    /** The command of the AWS CLI, with the same endpoint and credentials, that deletes the object with a URI. */
    String deletion(String uri);

    /** The requests that these clients have sent so far, by service and operation. */
    default Map<String, Long> sentRequests() {
        return Map.of();
    }

    GlueClient glue();

    S3Client s3();

    SfnClient stepFunctions();

    StsClient sts();
}
