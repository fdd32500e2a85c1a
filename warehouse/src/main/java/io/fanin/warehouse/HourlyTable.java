package io.fanin.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pipeline's settings for a table with one key that holds the hour, whose folders are {@code 2013/02/08/17/}, as
 * parameters of the table in Glue, so that no spec has to be deployed beside the stack.
 */
final class HourlyTable {

    static final String DEFAULT_KEY = "inserted_at";

    private static final String FORMAT = "yyyy/MM/dd/HH";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HOUR_SECONDS = 3600;
    /**
     * The time that Firehose may take to write an hour's last object, in addition to its flush interval, in seconds.
     */
    private static final int DELIVERY_SECONDS = 300;

    private final String key;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    HourlyTable(Column key) {
        this.key = key.name();
        parameters.put("fanin.layout", layout());
        parameters.put("fanin.key." + this.key + ".format", FORMAT);
    }

    /**
     * The settings for raw records, in hours that are complete once the next one has begun and Firehose has flushed.
     */
    static Map<String, String> streamed(StreamingInputTable table, String landing, boolean events) {
        HourlyTable hourly = new HourlyTable(table.partitionKey());
        if (!table.convertedByFirehose()) {
            Map<String, Object> source = new LinkedHashMap<>();
            source.put("location", landing);
            source.put("format", "json");
            source.put("layout", hourly.layout());
            hourly.put("source", source);
            Map<String, Object> processor = new LinkedHashMap<>();
            processor.put("type", "convert");
            table.maxBadRecords().ifPresent(limit -> processor.put("maxBadRecords", limit));
            hourly.put("processor", processor);
        }
        hourly.detect(events, Readiness.agedFor(HOUR_SECONDS + table.flushSeconds() + DELIVERY_SECONDS), false);
        if (table.partitionSchedule().isPresent()) {
            hourly.put("enabled", false);
        }
        return hourly.parameters;
    }

    /**
     * The settings for a job, whose hours are in the table's own folders. An hour that the job marks as complete
     * without data is registered as empty; an hour that it has not written, since it failed, is missing.
     */
    static Map<String, String> batch(BatchInputTable table, boolean events) {
        HourlyTable hourly = new HourlyTable(table.partitionKey());
        hourly.detect(events, table.readiness(), table.writesEveryHour());
        hourly.parameters.put("fanin.onEmpty", "register");
        return hourly.parameters;
    }

    /**
     * @param isEachHourNeeded whether an hour without data holds the table back; with {@code events}, gaps are not
     *     detected
     */
    private void detect(boolean events, Readiness readiness, boolean isEachHourNeeded) {
        Map<String, Object> detection = new LinkedHashMap<>();
        detection.put("mode", events ? "events" : "list");
        if (isEachHourNeeded && !events) {
            detection.put("gaps", "outstanding");
        }
        detection.put("readiness", Map.of(readiness.rule(), readiness.value()));
        put("detection", detection);
    }

    private String layout() {
        return "${" + key + "}";
    }

    private void put(String field, Object value) {
        try {
            parameters.put("fanin." + field, JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
