package io.fanin.statemachine.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The data bucket of the tests, in which each test has a folder of its own. */
record TestLake(S3Client s3) {

    /** All buckets of the tests. */
    static final String BUCKETS = "fanin-it-*";

    /**
     * The buckets that the stack is allowed to read and write. A wildcard would match objects, too, and hide whether a
     * role has both the buckets and their objects.
     */
    static final String DATA_BUCKETS = "fanin-it-lake,fanin-it-nowhere";

    /** The buckets that the stack is allowed to read specs and queries from. */
    static final String SPEC_BUCKETS = "fanin-it-specs,fanin-it-lake";

    static final String BUCKET = "fanin-it-lake";

    static final String SPEC_BUCKET = "fanin-it-specs";

    /** A prefix with all characters that CloudFormation could interpret. */
    static final String SPEC_PREFIX = "specs/team=a,b/";

    static final String SPECS = "s3://" + SPEC_BUCKET + "/" + SPEC_PREFIX;

    Table newTable() {
        s3.createBucket(request -> request.bucket(BUCKET));
        String id = UUID.randomUUID().toString().substring(0, 8);
        return new Table(s3, "it_" + id, "flights");
    }

    /** A table's folder, with a database that no other test uses. */
    record Table(S3Client s3, String database, String name) {

        String location() {
            return "s3://" + BUCKET + "/" + prefix();
        }

        String prefix() {
            return database + "/" + name + "/";
        }

        /** Puts an object below the table's location. */
        Table with(String key, byte[] content) {
            s3.putObject(request -> request.bucket(BUCKET).key(prefix() + key), RequestBody.fromBytes(content));
            return this;
        }

        /** Puts one valid object into each of the day's first hours. */
        Table withHours(int hours) {
            for (int hour = 0; hour < hours; hour++) {
                with(hour(hour) + "part-0.json.gz", Content.jsonGz());
            }
            return this;
        }

        /** The Hive prefix of an hour, below the location. */
        static String hour(int hour) {
            return "dt=2013-02-08/hour=%02d/".formatted(hour);
        }

        static List<String> valuesOfHour(int hour) {
            return List.of("2013-02-08", "%02d".formatted(hour));
        }

        /** A spec with only the names, which suffices for a table in the catalog. */
        ObjectNode names() {
            return Json.documents().createObjectNode().put("database", database).put("table", name);
        }

        /** The spec of a JSON table by day and hour. */
        ObjectNode spec() {
            ObjectNode spec = names().put("location", location()).put("format", "json");
            spec.set("columns", columns("carrier", "string", "delay", "int"));
            spec.set("partitionKeys", columns("dt", "string", "hour", "string"));
            return spec;
        }

        /** The spec of a JSON table with folders such as {@code 2013/02/08/17/}, each level a key. */
        ObjectNode specOfKeyForEachLevel() {
            ObjectNode spec = spec().put("layout", "${year}/${month}/${day}/${hour}");
            spec.set("partitionKeys", columns("year", "int", "month", "string", "day", "string", "hour", "string"));
            return spec;
        }

        /** The spec of a JSON table with one key for all levels. */
        ObjectNode specOfOneKeyOverLevels() {
            ObjectNode spec = spec().put("layout", "${inserted_at}");
            spec.putArray("partitionKeys")
                    .addObject()
                    .put("name", "inserted_at")
                    .put("type", "string")
                    .put("format", "yyyy/MM/dd/HH");
            return spec;
        }

        /** The spec of {@link #spec} with keys that are times. */
        ObjectNode hourlySpec() {
            ObjectNode spec = spec();
            ((ObjectNode) spec.path("partitionKeys").path(0)).put("format", "yyyy-MM-dd");
            return spec;
        }

        /** The columns: names and types alternate. */
        static JsonNode columns(String... namesAndTypes) {
            var columns = Json.documents().createArrayNode();
            for (int i = 0; i < namesAndTypes.length; i += 2) {
                columns.addObject().put("name", namesAndTypes[i]).put("type", namesAndTypes[i + 1]);
            }
            return columns;
        }

        @Override
        public String toString() {
            return database + "." + name;
        }
    }
}
