package io.fanin.warehouse;

import software.amazon.awscdk.Names;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.UniqueResourceNameOptions;
import software.amazon.awscdk.services.athena.CfnWorkGroup;
import software.amazon.awscdk.services.athena.CfnWorkGroup.EncryptionConfigurationProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.ResultConfigurationProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.WorkGroupConfigurationProperty;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/** Athena's work group, which writes results into its own bucket regardless of a query's settings. */
final class WorkGroups {

    /** The prefix under which Athena keeps the results of queries, with the permissions of the caller. */
    static final String QUERY_RESULTS = "athena/";

    private static final int LONGEST_NAME = 128;

    private WorkGroups() {}

    static CfnWorkGroup create(Construct scope, Bucket results, RemovalPolicy removal) {
        UniqueResourceNameOptions name = UniqueResourceNameOptions.builder()
                .maxLength(LONGEST_NAME)
                .separator("-")
                .build();
        CfnWorkGroup created = CfnWorkGroup.Builder.create(scope, "WorkGroup")
                .name(Names.uniqueResourceName(scope, name))
                .recursiveDeleteOption(removal == RemovalPolicy.DESTROY)
                .workGroupConfiguration(WorkGroupConfigurationProperty.builder()
                        .enforceWorkGroupConfiguration(true)
                        .publishCloudWatchMetricsEnabled(true)
                        .resultConfiguration(ResultConfigurationProperty.builder()
                                .outputLocation(results.s3UrlForObject(QUERY_RESULTS))
                                .encryptionConfiguration(EncryptionConfigurationProperty.builder()
                                        .encryptionOption("SSE_S3")
                                        .build())
                                .build())
                        .build())
                .build();
        created.applyRemovalPolicy(removal);
        return created;
    }
}
