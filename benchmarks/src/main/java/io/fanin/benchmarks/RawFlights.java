package io.fanin.benchmarks;

import io.fanin.model.table.Column;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.SqlTypes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A partition of raw flights, like the samples.
 *
 * @param form of the records
 * @param objects the number of objects
 * @param bytesEach approximate size of an object before compression
 * @param gzip whether objects are compressed
 */
record RawFlights(Form form, int objects, int bytesEach, boolean gzip) implements RawData {

    enum Form {
        JSON,
        /** JSON with a list, a map and a list of structs as its last columns. */
        NESTED_JSON,
        /** JSON with 300 columns: those of a flight, repeated. */
        WIDE_JSON,
        CSV
    }

    private static final int WIDE_COLUMNS = 300;

    private static final List<String> CARRIERS = List.of("UA", "B6", "EV", "DL", "AA", "MQ", "US", "9E", "WN", "VX");
    private static final List<String> AIRPORTS = List.of("JFK", "EWR", "LGA", "CLT", "LAX", "ORD", "MIA", "BOS", "ATL");

    private static final List<Column> FLAT = Stream.of("""
            year int, month int, day int, dep_time int, sched_dep_time int, dep_delay int, arr_time int,
            sched_arr_time int, arr_delay int, carrier string, flight int, tailnum string, origin string, dest string,
            air_time int, distance int, hour int, minute int, time_hour timestamp""".split(",\\s", -1))
            .map(column -> column.split(" ", -1))
            .map(column -> new Column(column[0], column[1]))
            .toList();

    private static final List<Column> NESTED = Stream.concat(
                    FLAT.stream(),
                    Stream.of(
                            new Column("delays", "array<int>"),
                            new Column("codes", "map<string,string>"),
                            new Column("legs", "array<struct<airport:string,at:timestamp,distance:double>>")))
            .toList();

    private static final List<Column> WIDE = IntStream.range(0, WIDE_COLUMNS)
            .mapToObj(i -> new Column(
                    FLAT.get(i % FLAT.size()).name() + i / FLAT.size(),
                    FLAT.get(i % FLAT.size()).type()))
            .toList();

    @Override
    public String name(int number) {
        return "flights-%05d.%s%s".formatted(number, form == Form.CSV ? "csv" : "json", gzip ? ".gz" : "");
    }

    @Override
    public Optional<Character> delimiter() {
        return form == Form.CSV ? Optional.of(',') : Optional.empty();
    }

    /** A flight's columns, with Hive's types. */
    @Override
    public List<Column> columns() {
        return switch (form) {
            case NESTED_JSON -> NESTED;
            case WIDE_JSON -> WIDE;
            case JSON, CSV -> FLAT;
        };
    }

    /** The expression by which DuckDB reads the objects in a folder. */
    String duckDb(Path folder) {
        return "%s('%s/flights-*', columns = %s)"
                .formatted(form == Form.CSV ? "read_csv" : "read_ndjson", folder, duckDbColumns());
    }

    /** The columns with DuckDB's types, for its readers. */
    String duckDbColumns() {
        return columns().stream()
                .map(column -> "%s: '%s'".formatted(column.name(), SqlTypes.of(HiveTypeParser.parse(column.type()))))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Override
    public RawObject content(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] header = form == Form.CSV ? line(FLAT.stream().map(Column::name)) : new byte[0];
        return RawObject.of(gzip, header, bytesEach, () -> RawObject.Line.of(flight(random), true));
    }

    private byte[] flight(SplittableRandom random) {
        List<String> values = form == Form.WIDE_JSON ? wideValues(random) : values(random);
        if (form == Form.CSV) {
            return line(values.stream().map(value -> value.replace("\"", "").replace("null", "")));
        }
        List<Column> columns = columns();
        return (IntStream.range(0, columns.size())
                                .mapToObj(i -> "\"" + columns.get(i).name() + "\":" + values.get(i))
                                .collect(Collectors.joining(",", "{", "}"))
                        + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private List<String> wideValues(SplittableRandom random) {
        return Stream.generate(() -> values(random))
                .flatMap(List::stream)
                .limit(WIDE_COLUMNS)
                .toList();
    }

    private static byte[] line(Stream<String> fields) {
        return (fields.collect(Collectors.joining(",")) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The values as in JSON, in the columns' order. */
    private List<String> values(SplittableRandom random) {
        int minute = random.nextInt(60);
        int delay = random.nextInt(10) == 0 ? random.nextInt(300) : random.nextInt(-15, 20);
        int length = random.nextInt(40, 400);
        String flat =
                "2013 2 8 %s %d %s %d %d %d \"%s\" %d \"N%dUA\" \"%s\" \"%s\" %d %d 12 %d \"2013-02-08T17:00:00Z\""
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
        String nested = " [%d,%d,%d] {\"gate\":\"B%d\",\"belt\":\"%d\"} [%s,%s]"
                .formatted(
                        delay,
                        delay + 2,
                        minute,
                        random.nextInt(1, 60),
                        random.nextInt(1, 12),
                        leg(random, 12),
                        leg(random, 17));
        return List.of((form == Form.NESTED_JSON ? flat + nested : flat).split(" ", -1));
    }

    private static String leg(SplittableRandom random, int hour) {
        return "{\"airport\":\"%s\",\"at\":\"2013-02-08T%d:%02d:00Z\",\"distance\":%d.%d}"
                .formatted(
                        AIRPORTS.get(random.nextInt(AIRPORTS.size())),
                        hour,
                        random.nextInt(60),
                        random.nextInt(100, 3000),
                        random.nextInt(10));
    }
}
