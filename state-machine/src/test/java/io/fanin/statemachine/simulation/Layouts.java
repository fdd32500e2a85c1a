package io.fanin.statemachine.simulation;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * How a table's partitions are named.
 *
 * @param keys as the spec writes them
 * @param path of the partition of a number, below the table's location
 * @param values of the partition of a number
 * @param moment at which its period begins; empty where the keys tell no time
 */
record Layouts(
        String keys,
        String layout,
        IntFunction<String> path,
        IntFunction<List<String>> values,
        IntFunction<Optional<LocalDateTime>> moment) {

    static final Layouts DAY_AND_HOUR = new Layouts(
            "[{\"name\":\"dt\",\"type\":\"date\"},{\"name\":\"hour\",\"type\":\"int\"}]",
            "hive",
            n -> "dt=" + text(n, "yyyy-MM-dd") + "/hour=" + text(n, "HH") + "/",
            n -> List.of(text(n, "yyyy-MM-dd"), text(n, "HH")),
            n -> Optional.of(hour(n)));

    static final Layouts FOUR_STRINGS = new Layouts(
            "[{\"name\":\"year\",\"type\":\"string\"},{\"name\":\"month\",\"type\":\"string\"},"
                    + "{\"name\":\"day\",\"type\":\"string\"},{\"name\":\"hour\",\"type\":\"string\"}]",
            "${year}/${month}/${day}/${hour}",
            n -> text(n, "yyyy/MM/dd/HH") + "/",
            n -> List.of(text(n, "yyyy/MM/dd/HH").split("/")),
            n -> Optional.of(hour(n)));

    static final Layouts ONE_STRING = new Layouts(
            "[{\"name\":\"inserted_at\",\"type\":\"string\",\"format\":\"yyyy/MM/dd/HH\"}]",
            "${inserted_at}",
            n -> text(n, "yyyy/MM/dd/HH") + "/",
            n -> List.of(text(n, "yyyy/MM/dd/HH")),
            n -> Optional.of(hour(n)));

    static final Layouts REGION_AND_HOUR = new Layouts(
            "[{\"name\":\"region\",\"type\":\"string\"},{\"name\":\"hour\",\"type\":\"int\"}]",
            "hive",
            n -> "region=a%3Ab c" + n % 3 + "/hour=" + n + "/",
            n -> List.of("a:b c" + n % 3, String.valueOf(n)),
            n -> Optional.empty());

    static final List<Layouts> ALL = List.of(DAY_AND_HOUR, FOUR_STRINGS, ONE_STRING, REGION_AND_HOUR);

    String path(int number) {
        return path.apply(number);
    }

    List<String> values(int number) {
        return values.apply(number);
    }

    Optional<LocalDateTime> moment(int number) {
        return moment.apply(number);
    }

    private static LocalDateTime hour(int number) {
        return LocalDateTime.of(2013, 2, 8, 17, 0).plusHours(number);
    }

    private static String text(int number, String pattern) {
        return DateTimeFormatter.ofPattern(pattern).format(hour(number));
    }
}
