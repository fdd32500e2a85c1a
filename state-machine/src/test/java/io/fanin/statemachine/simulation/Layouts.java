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
enum Layouts {
    DAY_AND_HOUR(
            "[{\"name\":\"dt\",\"type\":\"date\"},{\"name\":\"hour\",\"type\":\"int\"}]",
            "hive",
            n -> "dt=" + text(n, "yyyy-MM-dd") + "/hour=" + text(n, "HH") + "/",
            n -> List.of(text(n, "yyyy-MM-dd"), text(n, "HH")),
            n -> Optional.of(hour(n))),
    FOUR_STRINGS(
            "[{\"name\":\"year\",\"type\":\"string\"},{\"name\":\"month\",\"type\":\"string\"},"
                    + "{\"name\":\"day\",\"type\":\"string\"},{\"name\":\"hour\",\"type\":\"string\"}]",
            "${year}/${month}/${day}/${hour}",
            n -> text(n, "yyyy/MM/dd/HH") + "/",
            n -> List.of(text(n, "yyyy/MM/dd/HH").split("/")),
            n -> Optional.of(hour(n))),
    ONE_STRING(
            "[{\"name\":\"inserted_at\",\"type\":\"string\",\"format\":\"yyyy/MM/dd/HH\"}]",
            "${inserted_at}",
            n -> text(n, "yyyy/MM/dd/HH") + "/",
            n -> List.of(text(n, "yyyy/MM/dd/HH")),
            n -> Optional.of(hour(n))),
    REGION_AND_HOUR(
            "[{\"name\":\"region\",\"type\":\"string\"},{\"name\":\"hour\",\"type\":\"int\"}]",
            "hive",
            n -> "region=a%3Ab c" + n % 3 + "/hour=" + n + "/",
            n -> List.of("a:b c" + n % 3, String.valueOf(n)),
            n -> Optional.empty());

    private final String keys;
    private final String layout;
    private final IntFunction<String> path;
    private final IntFunction<List<String>> values;
    private final IntFunction<Optional<LocalDateTime>> moment;

    Layouts(
            String keys,
            String layout,
            IntFunction<String> path,
            IntFunction<List<String>> values,
            IntFunction<Optional<LocalDateTime>> moment) {
        this.keys = keys;
        this.layout = layout;
        this.path = path;
        this.values = values;
        this.moment = moment;
    }

    String keys() {
        return keys;
    }

    String layout() {
        return layout;
    }

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
