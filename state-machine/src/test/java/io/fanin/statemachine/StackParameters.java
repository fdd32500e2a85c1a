package io.fanin.statemachine;

import java.util.HashMap;
import java.util.Map;

/** Parameters of a stack with the fewest features, and of one with all. */
final class StackParameters {

    static final String KEY = "arn:aws:kms:ap-southeast-1:123456789012:key/";
    static final String TOPIC = "arn:aws:sns:ap-southeast-1:123456789012:people";
    static final String LAYER = "arn:aws:lambda:ap-southeast-1:123456789012:layer:pairs:1";

    static final Map<String, String> LEAST = Map.of("DataBuckets", "landing", "Databases", "analytics");

    static final Map<String, String> MOST = Map.ofEntries(
            Map.entry("DataBuckets", "landing,raw-*"),
            Map.entry("TargetBuckets", "lake,mart-*"),
            Map.entry("SpecBuckets", "config"),
            Map.entry("DataAccounts", "111111111111,222222222222"),
            Map.entry("Databases", "analytics,raw_*"),
            Map.entry("SpecsLocation", "s3://config/specs/"),
            Map.entry("RawDatabases", "raw_*"),
            Map.entry("DataKeys", KEY + "data"),
            Map.entry("StateKey", KEY + "state"),
            Map.entry("NotificationTopic", TOPIC),
            Map.entry("GlueJobs", "etl-*"),
            Map.entry("AllowDeregister", "true"),
            Map.entry("ProcessorLayers", LAYER));

    private StackParameters() {}

    static Map<String, String> leastAnd(Map<String, String> more) {
        return with(LEAST, more);
    }

    static Map<String, String> mostAnd(Map<String, String> more) {
        return with(MOST, more);
    }

    private static Map<String, String> with(Map<String, String> parameters, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(parameters);
        all.putAll(more);
        return all;
    }
}
