package io.fanin.warehouse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.athena.CfnWorkGroup;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.IManagedPolicy;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * The functions that write tables on a schedule, with permissions to query the warehouse and to write their own table.
 */
final class BatchFunctions {

    private static final int MEGABYTES = 3008;
    private static final int MINUTES = 15;

    private final String database;
    private final Bucket data;
    private final Bucket results;
    private final CfnWorkGroup workGroup;

    BatchFunctions(String database, Bucket data, Bucket results, CfnWorkGroup workGroup) {
        this.database = database;
        this.data = data;
        this.results = results;
        this.workGroup = workGroup;
    }

    void create(Construct scope, String name, BatchInputTable table) {
        LogGroup log = LogGroup.Builder.create(scope, "JobLog")
                .retention(RetentionDays.ONE_MONTH)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        Function function = Function.Builder.create(scope, "Job")
                .description("Writes the hours of " + database + "." + name + ".")
                .runtime(Runtime.JAVA_25)
                .code(table.job().code())
                .handler(table.job().handler())
                .memorySize(MEGABYTES)
                .timeout(Duration.minutes(MINUTES))
                .ephemeralStorageSize(Size.mebibytes(table.diskMegabytes()))
                .tracing(Tracing.ACTIVE)
                .logGroup(log)
                .environment(environment(name, table))
                .build();
        policies(scope, table).forEach(function.getRole()::addManagedPolicy);
        data.grantRead(function);
        data.grantReadWrite(function, name + "/*");
        results.grantReadWrite(function, "jobs/" + name + "/*");
        results.grantReadWrite(function, WorkGroups.QUERY_RESULTS + "*");
        statements(scope).forEach(function::addToRolePolicy);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", EventField.getEventId());
        event.put("time", EventField.getTime());
        Rule.Builder.create(scope, "JobSchedule")
                .description("Runs the job of " + database + "." + name + ".")
                .schedule(table.schedule())
                .targets(List.of(LambdaFunction.Builder.create(function)
                        .event(RuleTargetInput.fromObject(event))
                        .build()))
                .build();
    }

    private Map<String, String> environment(String name, BatchInputTable table) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("WAREHOUSE_DATABASE", database);
        environment.put("WAREHOUSE_TABLE", name);
        environment.put("WAREHOUSE_FORMAT", table.dataFormat().label());
        environment.put("WAREHOUSE_DATA_BUCKET", data.getBucketName());
        environment.put("WAREHOUSE_RESULTS_BUCKET", results.getBucketName());
        environment.put("WAREHOUSE_WORK_GROUP", workGroup.getName());
        return environment;
    }

    private static List<IManagedPolicy> policies(Construct scope, BatchInputTable table) {
        List<IManagedPolicy> policies = new ArrayList<>();
        for (String arn : table.managedPolicies()) {
            policies.add(ManagedPolicy.fromManagedPolicyArn(scope, "Policy" + policies.size(), arn));
        }
        return policies;
    }

    private List<PolicyStatement> statements(Construct scope) {
        Stack stack = Stack.of(scope);
        String prefix = "arn:" + stack.getPartition() + ":";
        String place = ":" + stack.getRegion() + ":" + stack.getAccount() + ":";
        return List.of(
                PolicyStatement.Builder.create()
                        .sid("RunQueries")
                        .actions(List.of(
                                "athena:StartQueryExecution",
                                "athena:GetQueryExecution",
                                "athena:GetQueryResults",
                                "athena:StopQueryExecution",
                                "athena:GetWorkGroup"))
                        .resources(List.of(prefix + "athena" + place + "workgroup/" + workGroup.getName()))
                        .build(),
                PolicyStatement.Builder.create()
                        .sid("ReadCatalog")
                        .actions(List.of(
                                "glue:GetDatabase",
                                "glue:GetTable",
                                "glue:GetTables",
                                "glue:GetPartition",
                                "glue:GetPartitions",
                                "glue:BatchGetPartition"))
                        .resources(List.of(
                                prefix + "glue" + place + "catalog",
                                prefix + "glue" + place + "database/" + database,
                                prefix + "glue" + place + "database/default", // Required by Athena in any case.
                                prefix + "glue" + place + "table/" + database + "/*"))
                        .build());
    }
}
