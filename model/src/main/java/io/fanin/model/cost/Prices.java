package io.fanin.model.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * List prices of AWS in US dollars, without free tiers and discounts.
 *
 * @param date when they were read, such as {@code 2026-11-23}
 * @param sources the pages they were read from, by service
 * @param s3ListOrPut of one LIST, PUT, COPY or POST request
 * @param s3Get of one GET or HEAD request
 * @param event that is put on a bus
 * @param metricMonth of one custom metric in a month in which it has data
 */
public record Prices(
        String date,
        String region,
        Map<String, String> sources,
        double s3ListOrPut,
        double s3Get,
        double glueRequest,
        double stateTransition,
        double lambdaRequest,
        double lambdaGigabyteSecond,
        double event,
        double metricMonth) {

    /** The prices in the file {@code prices.json}. */
    public static final Prices LIST = read();

    private static final Set<String> LISTS_AND_PUTS = Set.of(
            "ListObjectsV2",
            "PutObject",
            "CopyObject",
            "CreateMultipartUpload",
            "UploadPart",
            "UploadPartCopy",
            "CompleteMultipartUpload");

    private static final Set<String> FREE = Set.of("DeleteObject", "DeleteObjects", "AbortMultipartUpload");

    private static Prices read() {
        try (InputStream file = Prices.class.getResourceAsStream("prices.json")) {
            return Json.documents().readValue(new String(file.readAllBytes(), StandardCharsets.UTF_8), Prices.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("prices.json is not what its class describes", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of custom metrics that have data for this time, out of a {@linkplain MonthlyCost#MONTH month}. */
    public double ofMetrics(long metrics, Duration time) {
        return metrics * metricMonth * time.toSeconds() / MonthlyCost.MONTH.toSeconds();
    }

    /** Of one request, by service and operation; those to other services are free, or too few to count. */
    double ofRequest(String request) {
        String[] operation = request.split(" ", 2);
        return switch (operation[0]) {
            case "Glue" -> glueRequest;
            case "S3" -> LISTS_AND_PUTS.contains(operation[1]) ? s3ListOrPut : FREE.contains(operation[1]) ? 0 : s3Get;
            case "EventBridge" -> event;
            default -> 0;
        };
    }
}
