package io.fanin.statemachine.simulation;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names of a table's partitions.
 *
 * @param keys as the spec writes them
 * @param path of the partition of a number, below the table's location
 * @param values of the partition of a number
 * @param moment at which its period begins; empty if the keys tell no time
 * @param strays folders beside the partitions that are not partitions
 * @param timeZone of the keys, as the spec states it; empty if it states none
 */
record Layouts(
        String keys,
        String layout,
        IntFunction<String> path,
        IntFunction<List<String>> values,
        IntFunction<Optional<LocalDateTime>> moment,
        List<String> strays,
        Optional<String> timeZone) {

    /** A midnight in Brazil that clocks skipped: no producer there ever wrote it. */
    static final LocalDateTime SKIPPED = LocalDateTime.of(2012, 10, 21, 0, 0);

    private static final String BRAZIL = "America/Sao_Paulo";
    private static final String HIVE = "hive";
    private static final Pattern NAME = Pattern.compile("\"name\":\"(\\w+)\"");

    /** The partitions of a period, where it has more than one. */
    private static final int SIDES = 2;

    /** The number of partitions in local time before the skipped hour. */
    private static final int BEFORE_SKIPPED = 4;

    private Layouts(
            String keys,
            String layout,
            IntFunction<String> path,
            IntFunction<List<String>> values,
            IntFunction<Optional<LocalDateTime>> moment,
            List<String> strays) {
        this(keys, layout, path, values, moment, strays, Optional.empty());
    }

    private static final List<String> NO_TIMES = List.of(
            "2013/02/8/05_tmp/",
            "latest/02/08/17/",
            "year=2013/month=02/day=08/hour=17/",
            "２０１３/02/08/17/",
            "20130/02/08/17/",
            "2013/02/09/24/",
            "2013/13/08/17/",
            "2013/02/30/17/");

    static final Layouts DAY_AND_HOUR = new Layouts(
            "[{\"name\":\"dt\",\"type\":\"date\"},{\"name\":\"hour\",\"type\":\"int\"}]",
            HIVE,
            n -> "dt=" + text(n, "yyyy-MM-dd") + "/hour=" + text(n, "HH") + "/",
            n -> List.of(text(n, "yyyy-MM-dd"), text(n, "HH")),
            n -> Optional.of(hour(n)),
            List.of(
                    "dt=2013-02-08/hour=24/",
                    "dt=2013-02-30/hour=1/",
                    "dt=2013-02-08/hour=05_tmp/",
                    "dt=latest/hour=1/",
                    "dt=2013-02-09/hour=-1/"));

    static final Layouts FOUR_STRINGS = new Layouts(
            "[{\"name\":\"year\",\"type\":\"string\"},{\"name\":\"month\",\"type\":\"string\"},"
                    + "{\"name\":\"day\",\"type\":\"string\"},{\"name\":\"hour\",\"type\":\"string\"}]",
            "${year}/${month}/${day}/${hour}",
            n -> text(n, "yyyy/MM/dd/HH") + "/",
            n -> List.of(text(n, "yyyy/MM/dd/HH").split("/")),
            n -> Optional.of(hour(n)),
            NO_TIMES);

    static final Layouts FOUR_FORMATS = new Layouts(
            "[{\"name\":\"y\",\"type\":\"int\",\"format\":\"yyyy\"},{\"name\":\"m\",\"type\":\"string\",\"format\":\"MM\"},"
                    + "{\"name\":\"d\",\"type\":\"string\",\"format\":\"d\"},{\"name\":\"h\",\"type\":\"string\",\"format\":\"HH\"}]",
            "${y}/${m}/${d}/${h}",
            n -> text(n, "yyyy/MM/d/HH") + "/",
            n -> List.of(text(n, "yyyy/MM/d/HH").split("/")),
            n -> Optional.of(hour(n)),
            NO_TIMES);

    static final Layouts ONE_STRING = new Layouts(
            "[{\"name\":\"inserted_at\",\"type\":\"string\",\"format\":\"yyyy/MM/dd/HH\"}]",
            "${inserted_at}",
            n -> text(n, "yyyy/MM/dd/HH") + "/",
            n -> List.of(text(n, "yyyy/MM/dd/HH")),
            n -> Optional.of(hour(n)),
            NO_TIMES);

    static final Layouts REGION_AND_HOUR = new Layouts(
            "[{\"name\":\"region\",\"type\":\"string\"},{\"name\":\"hour\",\"type\":\"int\"}]",
            HIVE,
            n -> "region=a%3Ab c" + n % 3 + "/hour=" + n + "/",
            n -> List.of("a:b c" + n % 3, String.valueOf(n)),
            n -> Optional.empty(),
            List.of("region=n%00o/hour=1/", "region=a%0Ab/hour=1/", "region=a/hour=7x/"));

    /** Two partitions in each period, under their own folders. */
    static final Layouts SIDE_AND_HOUR = new Layouts(
            "[{\"name\":\"side\",\"type\":\"string\"},{\"name\":\"dt\",\"type\":\"date\"},{\"name\":\"hour\",\"type\":\"int\"}]",
            HIVE,
            n -> "side=" + side(n) + "/dt=" + text(n / SIDES, "yyyy-MM-dd") + "/hour=" + text(n / SIDES, "HH") + "/",
            n -> List.of(side(n), text(n / SIDES, "yyyy-MM-dd"), text(n / SIDES, "HH")),
            n -> Optional.of(hour(n / SIDES)),
            List.of(
                    "side=left/dt=2013-02-08/hour=24/",
                    "side=left/dt=latest/hour=1/",
                    "side=a%0Ab/dt=2013-02-08/hour=5/"));

    /** Two partitions in each period, beside each other. */
    static final Layouts HOUR_AND_SIDE = new Layouts(
            "[{\"name\":\"dt\",\"type\":\"date\"},{\"name\":\"hour\",\"type\":\"int\"},{\"name\":\"side\",\"type\":\"string\"}]",
            "${dt}/${hour}/${side}",
            n -> text(n / SIDES, "yyyy-MM-dd/HH") + "/" + side(n) + "/",
            n -> List.of(text(n / SIDES, "yyyy-MM-dd"), text(n / SIDES, "HH"), side(n)),
            n -> Optional.of(hour(n / SIDES)),
            List.of("2013-02-30/05/left/", "2013-02-08/24/left/", "latest/02/left/"));

    static final List<Layouts> ALL = Stream.concat(
                    Stream.of(
                            DAY_AND_HOUR,
                            FOUR_STRINGS,
                            FOUR_FORMATS,
                            ONE_STRING,
                            REGION_AND_HOUR,
                            SIDE_AND_HOUR,
                            HOUR_AND_SIDE),
                    Stream.of(DAY_AND_HOUR, FOUR_STRINGS, FOUR_FORMATS, ONE_STRING)
                            .map(Layouts::inBrazil))
            .toList();

    /** This layout as a producer in Brazil writes it when clocks go forward. */
    private Layouts inBrazil() {
        return new Layouts(
                keys,
                layout,
                number -> path.apply(localHour(number)),
                number -> values.apply(localHour(number)),
                number -> moment.apply(localHour(number)),
                strays,
                Optional.of(BRAZIL));
    }

    private static int localHour(int number) {
        int skipped = (int) ChronoUnit.HOURS.between(hour(0), SKIPPED);
        return skipped - BEFORE_SKIPPED + number + (number < BEFORE_SKIPPED ? 0 : 1);
    }

    /** This layout with another time zone in the spec. */
    Layouts stating(String zone) {
        return new Layouts(keys, layout, path, values, moment, strays, timeZone.map(own -> zone));
    }

    /** The same partitions under other names. */
    Layouts renamed() {
        boolean isHive = layout.equals(HIVE);
        List<String> names =
                NAME.matcher(keys).results().map(found -> found.group(1)).toList();
        IntFunction<String> other = number -> IntStream.range(0, names.size())
                .mapToObj(i -> isHive
                        ? values(number).get(i)
                        : names.get(i) + "=" + values(number).get(i).replace("/", "%2F"))
                .collect(Collectors.joining("/", "", "/"));
        String variables = names.stream().map(name -> "${" + name + "}").collect(Collectors.joining("/"));
        return new Layouts(keys, isHive ? variables : HIVE, other, values, moment, List.of("x/y/z/w/"), timeZone);
    }

    String path(int number) {
        return path.apply(number);
    }

    /** Another path that has the same values; empty if the layout knows none. */
    Optional<String> otherPath(int number) {
        if (!layout.equals(HIVE)) {
            return Optional.empty();
        }
        String path = path(number);
        int last = path.length() - 2;
        return Optional.of(String.format(Locale.ROOT, "%s%%%02X/", path.substring(0, last), (int) path.charAt(last)));
    }

    List<String> values(int number) {
        return values.apply(number);
    }

    Optional<LocalDateTime> moment(int number) {
        return moment.apply(number);
    }

    /** Whether each partition fills a period by itself. */
    boolean fillsPeriods() {
        return moment(0).isPresent() && !moment(0).equals(moment(1));
    }

    private static String side(int number) {
        return number % SIDES == 0 ? "left" : "right";
    }

    private static LocalDateTime hour(int number) {
        return LocalDateTime.of(2013, 2, 8, 17, 0).plusHours(number);
    }

    private static String text(int number, String pattern) {
        return DateTimeFormatter.ofPattern(pattern).format(hour(number));
    }
}
