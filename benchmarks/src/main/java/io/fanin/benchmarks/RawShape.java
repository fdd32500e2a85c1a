package io.fanin.benchmarks;

import io.fanin.model.table.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A partition of raw data that is no table of flights, in gzip.
 *
 * @param bytesEach approximate size of an object before compression
 */
record RawShape(Shape shape, int objects, int bytesEach) implements RawData {

    enum Shape {
        /** JSON with escapes, letters beyond ASCII, and fields that are optional and in any order. */
        LOGS,
        /** JSON with decimals, doubles of many digits, dates, and timestamps with offsets. */
        DECIMALS,
        /** CSV of 40 columns, all in quotes, with quotes and line ends in every eighth text. */
        QUOTED,
        /** Tabs between fields, without quotes. */
        TSV,
        /** JSON of which one record in 200 is cut. */
        DAMAGED
    }

    private static final int QUOTED_COLUMNS = 40;
    private static final int GOOD_TO_ONE_BAD = 200;

    private static final List<String> WORDS =
            List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa");
    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)",
            "curl/8.0",
            "M\u00f6bel \u4e2d\u6587");

    @Override
    public Optional<Character> delimiter() {
        return switch (shape) {
            case QUOTED -> Optional.of(',');
            case TSV -> Optional.of('\t');
            case LOGS, DECIMALS, DAMAGED -> Optional.empty();
        };
    }

    @Override
    public String name(int number) {
        return "part-%05d.%s.gz".formatted(number, delimiter().isPresent() ? "csv" : "json");
    }

    @Override
    public List<Column> columns() {
        return switch (shape) {
            case LOGS, DAMAGED -> columns("""
                at timestamp, ip string, method string, path string, status int, bytes bigint, agent string, referer string,
                account string, seconds double, country string, message string""");
            case DECIMALS -> columns("""
                id bigint, price decimal(18,4), amount decimal(38,10), rate double, at timestamp, day date,
                currency string""");
            case TSV -> columns("""
                id int, measure double, word string, words string, at timestamp, number bigint, name string, day date""");
            case QUOTED ->
                IntStream.range(0, QUOTED_COLUMNS)
                        .mapToObj(i -> new Column(
                                "c" + i,
                                List.of("int", "double", "string", "timestamp").get(i % 4)))
                        .toList();
        };
    }

    private static List<Column> columns(String list) {
        return Stream.of(list.split(",\\s(?![^(]*\\))", -1))
                .map(column -> column.split(" ", -1))
                .map(column -> new Column(column[0], column[1]))
                .toList();
    }

    @Override
    public RawObject content(int seed) {
        Random random = new Random(seed);
        byte[] header = delimiter().isPresent() ? utf8(fields(columns().stream().map(Column::name))) : new byte[0];
        return RawObject.of(true, header, bytesEach, () -> line(random));
    }

    private RawObject.Line line(Random random) {
        String record = record(random);
        boolean bad = shape == Shape.DAMAGED && random.nextInt(GOOD_TO_ONE_BAD) == 0;
        return RawObject.Line.of(utf8(bad ? record.substring(0, record.length() / 2) + "\n" : record), !bad);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String fields(Stream<String> fields) {
        return fields.collect(Collectors.joining(delimiter().orElseThrow().toString())) + "\n";
    }

    private String record(Random random) {
        return switch (shape) {
            case LOGS, DAMAGED -> log(random);
            case DECIMALS -> decimals(random);
            case QUOTED -> fields(IntStream.range(0, QUOTED_COLUMNS).mapToObj(i -> "\"" + quoted(i, random) + "\""));
            case TSV ->
                fields(Stream.of(
                        String.valueOf(random.nextInt(100_000)),
                        String.valueOf(random.nextInt(1_000_000) / 1000.0),
                        words(random, 1),
                        words(random, 5),
                        "2026-11-%02dT10:11:12Z".formatted(random.nextInt(1, 29)),
                        String.valueOf(random.nextLong() >> 8),
                        "T\u00fcr",
                        "2026-11-%02d".formatted(random.nextInt(1, 29))));
        };
    }

    private static String log(Random random) {
        List<String> fields = new ArrayList<>(List.of(
                "\"at\":\"2026-11-%02dT%02d:15:%02d.%03dZ\""
                        .formatted(random.nextInt(1, 29), random.nextInt(24), random.nextInt(60), random.nextInt(1000)),
                "\"ip\":\"10.1.%d.%d\"".formatted(random.nextInt(255), random.nextInt(255)),
                "\"method\":\"GET\"",
                "\"path\":\"\\/api\\/%s?q=\\\"%s\\\"\""
                        .formatted(words(random, 2).replace(" ", "\\/"), words(random, 1)),
                "\"status\":" + (200 + random.nextInt(300)),
                "\"bytes\":" + random.nextInt(1 << 20),
                "\"agent\":\"%s\"".formatted(AGENTS.get(random.nextInt(AGENTS.size()))),
                "\"seconds\":" + random.nextDouble(),
                "\"message\":\"%s\\n\u00fcber %s\\t\u00e9t\u00e9\"".formatted(words(random, 6), words(random, 4)),
                "\"extra\":" + random.nextInt(10)));
        if (random.nextBoolean()) {
            fields.add("\"referer\":\"https:\\/\\/ex\u00e4mple.com\\/%s\"".formatted(words(random, 1)));
        }
        if (random.nextInt(3) > 0) {
            fields.add("\"account\":\"u%d\"".formatted(random.nextInt(100_000)));
        }
        if (random.nextBoolean()) {
            fields.add("\"country\":\"T\u00fcrkiye\"");
        }
        Collections.shuffle(fields, random);
        return "{" + String.join(",", fields) + "}\n";
    }

    private static String decimals(Random random) {
        return ("{\"id\":%d,\"price\":%d.%04d,\"amount\":\"%d.%010d\",\"rate\":%s,"
                        + "\"at\":\"2026-11-%02dT%02d:00:00.123456+0%d:30\",\"day\":\"2026-11-%02d\",\"currency\":\"EUR\"}\n")
                .formatted(
                        random.nextInt(),
                        random.nextInt(1_000_000),
                        random.nextInt(10_000),
                        random.nextLong(1L << 60),
                        random.nextLong(10_000_000_000L),
                        random.nextDouble(),
                        random.nextInt(2, 29),
                        random.nextInt(24),
                        random.nextInt(9),
                        random.nextInt(1, 29));
    }

    private static String quoted(int column, Random random) {
        return switch (column % 4) {
            case 0 -> String.valueOf(random.nextInt(100_000));
            case 1 -> String.valueOf(random.nextInt(100_000) / 100.0);
            case 2 -> words(random, 3) + (random.nextInt(8) == 0 ? ", \"\"x\"\"\n" : "");
            default -> "2026-11-%02d 10:11:12".formatted(random.nextInt(1, 29));
        };
    }

    private static String words(Random random, int count) {
        return Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size())))
                .limit(count)
                .collect(Collectors.joining(" "));
    }
}
