package io.fanin.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.events.Schedule;

@ExtendWith(NeedsNode.class)
class ServerlessDataWarehouseTest {

    @Test
    void bucketsAreEncryptedPrivateAndReachedByTlsAlone() {
        Template template = Synthesised.plain().template();
        template.resourceCountIs("AWS::S3::Bucket", 2);
        template.allResourcesProperties(
                "AWS::S3::Bucket",
                Match.objectLike(Map.of(
                        "BucketEncryption",
                        Match.objectLike(Map.of("ServerSideEncryptionConfiguration", Match.anyValue())),
                        "PublicAccessBlockConfiguration",
                        Map.of(
                                "BlockPublicAcls", true,
                                "BlockPublicPolicy", true,
                                "IgnorePublicAcls", true,
                                "RestrictPublicBuckets", true))));
        template.resourceCountIs("AWS::S3::BucketPolicy", 2);
        template.allResourcesProperties(
                "AWS::S3::BucketPolicy",
                Match.objectLike(Map.of(
                        "PolicyDocument",
                        Match.objectLike(Map.of(
                                "Statement",
                                Match.arrayWith(List.of(Match.objectLike(Map.of(
                                        "Effect",
                                        "Deny",
                                        "Condition",
                                        Map.of("Bool", Map.of("aws:SecureTransport", "false")))))))))));
    }

    @Test
    void resultsOfQueriesExpire() {
        Synthesised.plain()
                .template()
                .hasResourceProperties(
                        "AWS::S3::Bucket",
                        Match.objectLike(Map.of(
                                "LifecycleConfiguration",
                                Map.of("Rules", List.of(Match.objectLike(Map.of("ExpirationInDays", 30)))))));
    }

    @Test
    void workGroupDecidesWhereResultsGo() {
        Synthesised.plain()
                .template()
                .hasResourceProperties(
                        "AWS::Athena::WorkGroup",
                        Match.objectLike(Map.of(
                                "WorkGroupConfiguration",
                                Match.objectLike(Map.of("EnforceWorkGroupConfiguration", true)))));
    }

    @Test
    void databaseIsMadeUnderItsName() {
        Synthesised made = Synthesised.plain();
        made.template()
                .hasResourceProperties("AWS::Glue::Database", Map.of("DatabaseInput", Map.of("Name", "analytics_dw")));
        assertThat(made.warehouse().getDatabase()).isPresent();
        assertThat(made.warehouse().getDatabaseName()).isEqualTo("analytics_dw");
    }

    @Test
    void existingDatabaseIsNotMade() {
        Synthesised made = Synthesised.of(builder -> builder.existingDatabase(true));
        made.warehouse()
                .withTable("facts", Table.builder().columns(Column.string("id")).build());
        Template template = made.template();
        template.resourceCountIs("AWS::Glue::Database", 0);
        template.hasResourceProperties("AWS::Glue::Table", Match.objectLike(Map.of("DatabaseName", "analytics_dw")));
        assertThat(made.warehouse().getDatabase()).isEmpty();
    }

    /** Fixed names would block the next attempt to deploy. */
    @Test
    void withoutDevEverythingIsKeptOnceItWasDeployed() {
        Synthesised made = Synthesised.plain();
        made.warehouse().withStreamingInputTable("clicks", Synthesised.clicks().build());
        Template template = made.template();
        template.allResources("AWS::S3::Bucket", Match.objectLike(Map.of("DeletionPolicy", "Retain")));
        for (String type :
                List.of("AWS::Glue::Database", "AWS::Glue::Table", "AWS::Kinesis::Stream", "AWS::Athena::WorkGroup")) {
            template.allResources(
                    type,
                    Match.objectLike(
                            Map.of("DeletionPolicy", "RetainExceptOnCreate", "UpdateReplacePolicy", "Retain")));
        }
    }

    @Test
    void workGroupOfDevelopmentGoesWithItsHistory() {
        Synthesised.of(builder -> builder.dev(true))
                .template()
                .hasResource(
                        "AWS::Athena::WorkGroup",
                        Match.objectLike(Map.of(
                                "DeletionPolicy",
                                "Delete",
                                "Properties",
                                Match.objectLike(Map.of("RecursiveDeleteOption", true)))));
    }

    @Test
    void devAloneDeletesNoData() {
        Template template = Synthesised.of(builder -> builder.dev(true)).template();
        template.allResources("AWS::S3::Bucket", Match.objectLike(Map.of("DeletionPolicy", "Retain")));
        template.hasResource("AWS::Glue::Database", Match.objectLike(Map.of("DeletionPolicy", "Delete")));
        template.resourceCountIs("Custom::S3AutoDeleteObjects", 0);
    }

    @Test
    void flagAloneDeletesNoData() {
        Synthesised.withContext(
                        Map.of(ServerlessDataWarehouse.DELETE_DATA, "true"),
                        builder -> builder.pipeline(Synthesised.DEPLOYED))
                .template()
                .allResources("AWS::S3::Bucket", Match.objectLike(Map.of("DeletionPolicy", "Retain")));
    }

    @Test
    void devAndTheFlagDeleteData() {
        Template template = Synthesised.withContext(
                        Map.of(ServerlessDataWarehouse.DELETE_DATA, "true"),
                        builder -> builder.dev(true).pipeline(Synthesised.DEPLOYED))
                .template();
        template.allResources("AWS::S3::Bucket", Match.objectLike(Map.of("DeletionPolicy", "Delete")));
        template.resourceCountIs("Custom::S3AutoDeleteObjects", 2);
    }

    @Test
    void oneScheduleServesAllTables() {
        Synthesised.of(builder -> builder.schedule(Schedule.rate(Duration.minutes(30))))
                .template()
                .hasResourceProperties(
                        "AWS::Events::Rule",
                        Match.objectLike(Map.of(
                                "ScheduleExpression",
                                "rate(30 minutes)",
                                "Targets",
                                List.of(Match.objectLike(Map.of(
                                        "Arn",
                                        "arn:aws:states:eu-central-1:123456789012:stateMachine:fanin-all",
                                        "InputTransformer",
                                        Map.of(
                                                "InputPathsMap",
                                                Map.of("id", "$.id", "time", "$.time"),
                                                "InputTemplate",
                                                "{\"id\":<id>,\"time\":<time>,\"databases\":[\"analytics_dw\"]}")))))));
    }

    @Test
    void eventsOfAllTablesGoIntoTheQueue() {
        Template template = Synthesised.of(builder -> builder.events(true)).template();
        template.hasResourceProperties(
                "AWS::S3::Bucket",
                Match.objectLike(Map.of(
                        "NotificationConfiguration",
                        Map.of("EventBridgeConfiguration", Map.of("EventBridgeEnabled", true)))));
        template.hasResourceProperties(
                "AWS::Events::Rule",
                Match.objectLike(Map.of(
                        "EventPattern",
                        Match.objectLike(Map.of(
                                "source",
                                List.of("aws.s3"),
                                "detail-type",
                                List.of("Object Created", "Object Deleted"))),
                        "Targets",
                        List.of(Match.objectLike(
                                Map.of("Arn", "arn:aws:sqs:eu-central-1:123456789012:fanin-events"))))));
    }

    @Test
    void tablesAreListedInTheOrderOfTheirCreation() {
        ServerlessDataWarehouse warehouse = Synthesised.plain().warehouse();
        Table table = Table.builder().columns(Column.string("id")).build();
        warehouse
                .withTable("zebras", table)
                .withStreamingInputTable("clicks", Synthesised.clicks().build());
        warehouse.withTable("apes", table);
        assertThat(warehouse.listTables()).containsExactly("zebras", "clicks", "apes");
        assertThat(warehouse.getTable("apes").getNode().getPath()).isEqualTo("test/analytics_dw/apes/Table");
    }

    @Test
    void unknownTableIsRefusedWithThoseThereAre() {
        ServerlessDataWarehouse warehouse = Synthesised.plain().warehouse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> warehouse.getTable("clicks"))
                .withMessage("the warehouse analytics_dw has no table 'clicks', it has: none");
        warehouse.withTable(
                "facts", Table.builder().columns(Column.string("id")).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> warehouse.getTable("clicks"))
                .withMessageEndingWith("it has: facts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> warehouse.getInputStream("facts"))
                .withMessageContaining("no table with an input stream 'facts'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Analytics", "1st", "a-b", ""})
    void nameThatIsNoDatabaseIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerlessDataWarehouse.Builder.create(new Stack(), name))
                .withMessageContaining("'" + name + "' is not the name of a database: expected lower-case letters");
    }
}
