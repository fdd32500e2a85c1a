package io.fanin.benchmarks;

import io.fanin.core.table.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A partition of raw flights as JSON lines, like the samples.
 *
 * @param objects the number of objects
 * @param bytesEach approximate size of an object before compression
 * @param gzip whether objects are compressed
 */
record RawFlights(int objects, int bytesEach, boolean gzip) {

    /** The number of different contents, after which they repeat. */
    private static final int DIFFERENT = 4;

    private static final List<String> CARRIERS = List.of("UA", "B6", "EV", "DL", "AA", "MQ", "US", "9E", "WN", "VX");
    private static final List<String> AIRPORTS = List.of("JFK", "EWR", "LGA", "CLT", "LAX", "ORD", "MIA", "BOS", "ATL");

    /** A flight's columns, with Hive's types. */
    static final List<Column> COLUMNS = Stream.of("""
            year int, month int, day int, dep_time int, sched_dep_time int, dep_delay int, arr_time int,
            sched_arr_time int, arr_delay int, carrier string, flight int, tailnum string, origin string, dest string,
            air_time int, distance int, hour int, minute int, time_hour timestamp""".split(",\\s", -1))
            .map(column -> column.split(" ", -1))
            .map(column -> new Column(column[0], column[1]))
            .toList();

    /**
     * An object.
     *
     * @param records in it
     */
    record Content(SdkBytes bytes, int records) {}

    /** The different contents; object i has the content i modulo their number. */
    List<Content> different() {
        List<Content> contents = new ArrayList<>();
        for (int i = 0; i < Math.min(DIFFERENT, objects); i++) {
            contents.add(content(new SplittableRandom(i)));
        }
        return contents;
    }

    String name(int number) {
        return "flights-%05d.json%s".formatted(number, gzip ? ".gz" : "");
    }

    /** Names and types as in DuckDB's {@code read_json}. */
    static String duckDbColumns() {
        return COLUMNS.stream()
                .map(column -> "%s: '%s'".formatted(column.name(), column.type().replace("string", "varchar")))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private Content content(SplittableRandom random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int records = 0;
        try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : bytes) {
            for (int written = 0; written < bytesEach; records++) {
                byte[] line = flight(random).getBytes(StandardCharsets.US_ASCII);
                out.write(line);
                written += line.length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Content(SdkBytes.fromByteArrayUnsafe(bytes.toByteArray()), records);
    }

    private static String flight(SplittableRandom random) {
        int minute = random.nextInt(60);
        int delay = random.nextInt(10) == 0 ? random.nextInt(300) : random.nextInt(-15, 20);
        int length = random.nextInt(40, 400);
        return ("{\"year\":2013,\"month\":2,\"day\":8,\"dep_time\":%s,\"sched_dep_time\":%d,\"dep_delay\":%s,\"arr_time\":%d,"
                        + "\"sched_arr_time\":%d,\"arr_delay\":%d,\"carrier\":\"%s\",\"flight\":%d,\"tailnum\":\"N%dUA\","
                        + "\"origin\":\"%s\",\"dest\":\"%s\",\"air_time\":%d,\"distance\":%d,\"hour\":12,\"minute\":%d,"
                        + "\"time_hour\":\"2013-02-08T17:00:00Z\"}\n")
                .formatted(
                        random.nextInt(20) == 0 ? "null" : String.valueOf(1200 + minute),
                        1200 + minute,
                        delay,
                        1200 + minute + length,
                        1200 + length,
                        delay + random.nextInt(-10, 10),
                        CARRIERS.get(random.nextInt(CARRIERS.size())),
                        random.nextInt(1, 6000),
                        random.nextInt(100, 999),
                        AIRPORTS.get(random.nextInt(3)),
                        AIRPORTS.get(random.nextInt(AIRPORTS.size())),
                        length,
                        length * 7,
                        minute);
    }
}
