package io.fanin.statemachine.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The documents of runs. */
record StateBucket(S3Client s3, String bucket) {

    JsonNode reportOfAllTables(String run) {
        return read("all-tables/" + run + "/report.json");
    }

    JsonNode report(String run) {
        return read("runs/" + run + "/report.json");
    }

    JsonNode detection(String run) {
        return read("runs/" + run + "/spec.json").path("detected");
    }

    JsonNode plan(String run) {
        return read("runs/" + run + "/plan.json");
    }

    JsonNode manifest(String run, int pass) {
        return read("runs/" + run + "/pass-" + pass + "/manifest.json");
    }

    /** The records of a partition that could not be converted. */
    List<JsonNode> badRecords(String run, String partition) {
        return text("runs/" + run + "/quarantine/" + partition + "/bad-records.jsonl")
                .lines()
                .map(line -> json(line, partition))
                .toList();
    }

    /** The ARN of the execution that works on a table. */
    Optional<String> holder(TestLake.Table table) {
        try {
            return Optional.ofNullable(read("tables/" + table.database() + "/" + table.name() + "/lease.json")
                    .path("holder")
                    .textValue());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    List<String> keys(String run) {
        return s3.listObjectsV2(request -> request.bucket(bucket).prefix("runs/" + run + "/")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    JsonNode read(String key) {
        return json(text(key), key);
    }

    private String text(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String();
    }

    private JsonNode json(String text, String key) {
        try {
            return Json.documents().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("s3://" + bucket + "/" + key + " is not JSON", e);
        }
    }
}
