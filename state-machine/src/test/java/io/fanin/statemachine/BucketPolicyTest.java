package io.fanin.statemachine;

import static io.fanin.statemachine.Role.role;
import static io.fanin.statemachine.StackParameters.KEY;
import static io.fanin.statemachine.StackParameters.LAYER;
import static io.fanin.statemachine.StackParameters.LEAST;
import static io.fanin.statemachine.StackParameters.MOST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The buckets and keys that each role may access, given a stack's parameters. */
class BucketPolicyTest {

    static final List<String> ROLES = Role.RESOURCES;

    private final Template template = Template.committed();

    private static String state(String key) {
        return "arn:aws:s3:::" + Rendering.STATE_BUCKET + "/" + key;
    }

    /** Bucket names are global: without a condition on the account, a wildcard would match other accounts' buckets. */
    @ParameterizedTest
    @FieldSource("ROLES")
    void bucketsOfOtherAccountsAreOutOfReach(String resource) {
        for (Role role : List.of(role(resource), role(resource, Map.of()))) {
            assertThat(role.statements()
                            .filter(statement ->
                                    Role.actions(statement).stream().anyMatch(action -> action.startsWith("s3:"))))
                    .isNotEmpty()
                    .allSatisfy(statement -> assertThat(
                                    Rendering.items(statement.at("/Condition/StringEquals/aws:ResourceAccount"))
                                            .map(JsonNode::asText))
                            .as(statement.toString())
                            .startsWith(Rendering.ACCOUNT)
                            .isSubsetOf(Rendering.ACCOUNT, "111111111111", "222222222222"));
        }
    }

    @Test
    void furtherAccountsHaveNoAccessToTheStateBucket() {
        assertThat(Stream.of("ReadData", "ReadSpecs", "TellAbsentFromForbidden", "KeepRunsLeasesAndOwners")
                        .map(sid -> role("DetectorFunction").statement(sid).orElseThrow())
                        .map(statement -> statement.at("/Condition/StringEquals/aws:ResourceAccount"))
                        .map(accounts -> Rendering.items(accounts).count()))
                .containsExactly(3L, 3L, 1L, 1L);
        assertThat(Stream.of("WriteConvertedData", "WriteCustomData")
                        .map(sid -> role("ProcessorFunction").statement(sid).orElseThrow())
                        .map(statement -> Rendering.items(statement.at("/Condition/StringEquals/aws:ResourceAccount"))
                                .count()))
                .containsOnly(3L);
    }

    @ParameterizedTest
    @CsvSource({
        "DetectorFunction, s3:GetObject, landing/a/b.json, true",
        "DetectorFunction, s3:GetObject, raw-eu/a/b.json, true",
        "DetectorFunction, s3:GetObject, lake/a/b.parquet, true",
        "DetectorFunction, s3:ListBucket, lake, true",
        "DetectorFunction, s3:ListBucket, config, true",
        "DetectorFunction, s3:GetObject, config/flights.json, true",
        "DetectorFunction, s3:GetObject, other/a/b.json, false",
        "DetectorFunction, s3:GetObject, other/raw-eu/a/b.json, false",
        "DetectorFunction, s3:PutObject, lake/a/part-00000.parquet, false",
        "ProcessorFunction, s3:GetObject, lake/a/b.parquet, true",
        "ProcessorFunction, s3:GetObject, config/flights.json, false",
        "ProcessorFunction, s3:PutObject, mart-eu/a/part-00000.parquet, true",
        "ProcessorFunction, s3:PutObject, lake/a/anything, true",
        "ProcessorFunction, s3:DeleteObject, lake/a/anything, true",
        "ProcessorFunction, s3:PutObject, other/mart-eu/a/part-00000.parquet, false",
        "ProcessorFunction, s3:PutObject, landing/a/part-00000.parquet, false",
        "ProcessorFunction, s3:DeleteObject, landing/a/part-00000.parquet, false",
        "ProcessorFunction, s3:PutObject, config/flights.json, false",
        "TableCreatorFunction, s3:GetObject, lake/a/b.parquet, false",
        "TableCreatorFunction, s3:ListBucket, lake, true",
        "TableCreatorFunction, s3:DeleteObject, lake/a/version-0123456789abcdef-1/part-00000.parquet, true",
        "TableCreatorFunction, s3:DeleteObject, lake/a/b.json, false",
        "TableCreatorFunction, s3:DeleteObject, landing/a/part-00000.parquet, false",
        "TableCreatorFunction, s3:PutObject, lake/a/part-00000.parquet, false",
        "TableCreatorFunction, s3:ListBucket, config, false",
        "StateMachine, s3:GetObject, lake/a/b.parquet, false"
    })
    void bucketsAreReadAndWrittenAsTheParametersSay(String resource, String action, String object, boolean allowed) {
        assertThat(role(resource).may(action, "arn:aws:s3:::" + object)).isEqualTo(allowed);
    }

    @Test
    void whoDeregistersNothingDoesNotListData() {
        assertThat(role("TableCreatorFunction", Map.of()).may("s3:ListBucket", "arn:aws:s3:::landing"))
                .isFalse();
    }

    @Test
    void withoutTargetBucketsNoDataIsWritten() {
        Role processor = role("ProcessorFunction", Map.of("ProcessorLayers", LAYER, "DataKeys", KEY + "data"));

        assertThat(processor.statements().map(statement -> statement.get("Sid").textValue()))
                .doesNotContain("WriteConvertedData", "WriteCustomData", "EncryptData");
        assertThat(processor.may("s3:PutObject", "arn:aws:s3:::landing/a/part-00000.parquet"))
                .isFalse();
    }

    @Test
    void onlyProcessorsOfLayersNameTheirObjectsAsTheyLike() {
        Role processor = role("ProcessorFunction", Map.of("TargetBuckets", "lake"));

        assertThat(processor.may("s3:PutObject", "arn:aws:s3:::lake/a/part-00000.parquet"))
                .isTrue();
        assertThat(processor.may("s3:PutObject", "arn:aws:s3:::lake/a/part-0.parquet"))
                .isFalse();
        assertThat(processor.may("s3:DeleteObject", "arn:aws:s3:::lake/a/raw.json"))
                .isFalse();
    }

    /** The parameters match the state bucket with wildcards, as may happen by accident. */
    @ParameterizedTest
    @CsvSource({
        "DetectorFunction, s3:GetObject, runs/r/spec.json, true",
        "DetectorFunction, s3:PutObject, tables/a/b/lease.json, true",
        "DetectorFunction, s3:PutObject, owners/lake/a.json, true",
        "DetectorFunction, s3:GetObject, owners/lake/a.json, true",
        "DetectorFunction, s3:GetObject, raw/dt=1/part-00000.parquet, false",
        "ProcessorFunction, s3:GetObject, runs/r/spec.json, true",
        "ProcessorFunction, s3:PutObject, runs/r/pass-0/results/0.json, true",
        "ProcessorFunction, s3:PutObject, runs/r/pass-0/jobs/0.json, true",
        "ProcessorFunction, s3:PutObject, runs/r/quarantine/dt=1/bad-records.jsonl, true",
        "ProcessorFunction, s3:PutObject, runs/r/spec.json, false",
        "ProcessorFunction, s3:PutObject, runs/r/part-00000.parquet, false",
        "ProcessorFunction, s3:PutObject, tables/a/b/state.json, false",
        "ProcessorFunction, s3:GetObject, tables/a/b/state.json, false",
        "ProcessorFunction, s3:GetObject, owners/lake/a.json, false",
        "ProcessorFunction, s3:DeleteObject, runs/r/pass-0/results/0.json, false",
        "ProcessorFunction, s3:AbortMultipartUpload, runs/r/part-00000.parquet, false",
        "TableCreatorFunction, s3:PutObject, tables/a/b/state.json, true",
        "TableCreatorFunction, s3:GetObject, owners/lake.json, true",
        "TableCreatorFunction, s3:PutObject, owners/lake.json, false",
        "TableCreatorFunction, s3:DeleteObject, tables/a/b/state.json, false",
        "TableCreatorFunction, s3:DeleteObject, inbox/a/b/1.json, true",
        "TableCreatorFunction, s3:DeleteObject, tables/a/b/superseded/20130210T000000-0.json, true",
        "TableCreatorFunction, s3:PutObject, inbox/a/b/1.json, false",
        "DetectorFunction, s3:GetObject, inbox/a/b/1.json, true",
        "DetectorFunction, s3:PutObject, inbox/a/b/1.json, true",
        "DetectorFunction, s3:DeleteObject, inbox/a/b/1.json, true",
        "DetectorFunction, s3:DeleteObject, runs/r/spec.json, false",
        "ProcessorFunction, s3:DeleteObject, inbox/a/b/1.json, false",
        "ObjectEventsFunction, s3:PutObject, inbox/a/b/1.json, true",
        "ObjectEventsFunction, s3:PutObject, runs/r/spec.json, false",
        "ObjectEventsFunction, s3:GetObject, tables/a/b/state.json, false",
        "StateMachine, s3:GetObject, runs/r/pass-0/manifest.json, true",
        "StateMachine, s3:GetObject, tables/a/b/state.json, false"
    })
    void stateBucketIsDataToNobody(String resource, String action, String key, boolean allowed) {
        String any = "fanin-statebucket-*";
        Map<String, String> parameters =
                StackParameters.mostAnd(Map.of("DataBuckets", any, "TargetBuckets", any, "SpecBuckets", any));

        assertThat(Role.of(resource, Rendering.of(template, parameters)).may(action, state(key)))
                .isEqualTo(allowed);
    }

    /** The bucket's policy does not deny anything that a role's own policies allow in the state bucket. */
    @ParameterizedTest
    @FieldSource("ROLES")
    void nothingIsAllowedAndDeniedAgain(String resource) {
        Role role = role(resource);
        List<String> denied = role.statements()
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .flatMap(statement -> Rendering.items(statement.path("Resource"))
                        .map(JsonNode::asText)
                        .filter(arn -> arn.startsWith(state("")))
                        .map(arn -> arn.replace("*", "x"))
                        .flatMap(arn -> Role.actions(statement).stream()
                                .filter(action -> !role.may(action, arn))
                                .map(action -> action + " " + arn)))
                .toList();

        assertThat(role.statements().filter(statement -> statement.toString().contains(state(""))))
                .as("statements about the state bucket")
                .isNotEmpty();
        assertThat(denied).isEmpty();
    }

    /**
     * S3 decrypts and encrypts with the caller's permissions, so that the caller needs the key. A multipart upload
     * decrypts its parts.
     */
    @ParameterizedTest
    @FieldSource("ROLES")
    void whoReadsOrWritesTheStateBucketHasItsKey(String resource) {
        Role role = role(resource);
        boolean writes = Stream.of("runs/r/pass-0/results/0.json", "inbox/a/b/1.json")
                .anyMatch(key -> role.may("s3:PutObject", state(key)));

        String folder = resource.equals("AllTablesStateMachine") ? "all-tables/" : "runs/";
        assertThat(role.may("s3:GetObject", state(folder + "r/spec.json")))
                .isEqualTo(!resource.equals("ObjectEventsFunction"));
        assertThat(role.may("kms:Decrypt", KEY + "state")).isTrue();
        assertThat(role.may("kms:GenerateDataKey", KEY + "state")).isEqualTo(writes);
        assertThat(role(resource, Map.of()).statements().flatMap(statement -> Role.actions(statement).stream()))
                .noneMatch(action -> action.startsWith("kms:"));
    }

    @Test
    void stateBucketIsEncryptedWithTheStacksKey() {
        assertThat(Rendering.of(template, MOST)
                        .properties("StateBucket")
                        .at("/BucketEncryption/ServerSideEncryptionConfiguration/0"))
                .hasToString("{\"ServerSideEncryptionByDefault\":{\"SSEAlgorithm\":\"aws:kms\",\"KMSMasterKeyID\":\""
                        + KEY + "state\"},\"BucketKeyEnabled\":true}");
        assertThat(Rendering.of(template, LEAST)
                        .properties("StateBucket")
                        .at("/BucketEncryption/ServerSideEncryptionConfiguration/0"))
                .hasToString("{\"ServerSideEncryptionByDefault\":{\"SSEAlgorithm\":\"AES256\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "DetectorFunction, kms:Decrypt, true",
        "DetectorFunction, kms:GenerateDataKey, false",
        "ProcessorFunction, kms:Decrypt, true",
        "ProcessorFunction, kms:GenerateDataKey, true",
        "TableCreatorFunction, kms:Decrypt, false",
        "StateMachine, kms:Decrypt, false"
    })
    void whoReadsDataMayDecryptItAndOnlyWhoWritesMayEncryptIt(String resource, String action, boolean allowed) {
        assertThat(role(resource).may(action, KEY + "data")).isEqualTo(allowed);
    }
}
