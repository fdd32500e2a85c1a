package io.fanin.detector.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.StartAfterInside;
import io.fanin.model.partition.HiveNames;
import io.fanin.model.partition.KeyCodec;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.PeriodBounds;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The findings of a window are those of a complete walk within it, however names are padded, spelt and mixed with
 * others.
 */
class RandomTablesTest {

    private static final int TABLES = 2;
    private static final int PARTITIONS = 40;
    private static final int WINDOWS = 4;
    private static final LocalDateTime FIRST = LocalDateTime.of(2012, 9, 1, 0, 0);
    private static final int MINUTES = 60 * 24 * 400;
    private static final List<String> JUNK =
            List.of("_tmp", ".x", "tmp", "-5", "99", "002", "0", "", "a%2Fb", "2013x", "\u0001", "\uFFFD", "😀", "~");

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hive                                | year:int, month:int, day:int, hour:int",
                "hive                                | dt:date, hour:int",
                "hive                                | region:string, dt:date",
                "hive                                | at:timestamp",
                "hive                                | at:string:yyyy-MM-dd-HH",
                "hive                                | hour:string, dt:date",
                "hive                                | at:timestamp:yyyy/MM/dd/HH",
                "${year}/${month}/${day}/${hour}     | year:int, month:int, day:int, hour:string",
                "${region}/${year}/${month}/${day}   | region:string, year:int, month:int, day:int",
                "v1/${year}/m${month}/raw-${day}/x   | year:int, month:int, day:int",
                "${region}/${year}-${month}/d${day}  | region:string, year:int, month:int, day:int",
                "${month}/${year}/${day}             | year:int, month:int, day:int",
                "${at}                               | at:string:yyyy/MM/dd/HH",
                "${at}                               | at:string:dd-MM-yyyy",
                "${at}                               | at:timestamp:yyyy/MMM/d",
                "${at}                               | at:timestamp",
                "${at}/${hour}                       | at:string:yyyyMMdd, hour:int",
                "${at}/${hour}                       | at:string:yyyy/MM/dd, hour:int",
                "${at}/${hour}/${minute}             | at:date, hour:int, minute:int",
                "${at}/${region}                     | at:string:yyyy-MM/dd, region:string",
                "hive                                | y:string:yyyy, m:string:MM, d:string:dd, h:int:HH",
                "${h}-${d}/${m}/${y}                 | y:int:yyyy, m:string:M, d:int:d, h:string:H",
                "${ym}/${d}/${h}                     | ym:string:yyyyMM, d:string:dd, h:string:HH",
                "${at}/${day}                        | at:string:yyyy/MM, day:int",
            })
    void windowEqualsTheFilteredWholeWalk(String layout, String keys) {
        int within = 0;
        for (long seed = 1; seed <= TABLES; seed++) {
            Random random = new Random(seed);
            WalkedTable lake = new WalkedTable(layout, keys);
            for (int i = 0; i < PARTITIONS; i++) {
                lake.data(path(lake, layout, random));
            }
            lake.s3.startAfterInside(seed % 2 == 0 ? StartAfterInside.RETURNS_PREFIX : StartAfterInside.SKIPS_PREFIX);
            List<Partition> whole = lake.all();
            lake.s3.pageSize(1 + random.nextInt(12));
            for (int i = 0; i < WINDOWS; i++) {
                LocalDateTime from = moment(random);
                within +=
                        requireSame(lake, whole, PeriodBounds.from(lake.keys, from), "from " + from + ", seed " + seed);
                LocalDateTime to = from.plusMinutes(1 + random.nextInt(MINUTES / 10));
                requireSame(lake, whole, new PeriodBounds(lake.keys, from, to), from + " to " + to + ", seed " + seed);
            }
        }
        assertThat(within).as("windows with something in them").isGreaterThan(TABLES * WINDOWS / 2);
    }

    /** 1 when there was anything. */
    private static int requireSame(WalkedTable lake, List<Partition> whole, PeriodBounds bounds, String what) {
        List<Partition> found = lake.within(bounds);
        assertThat(found).as(what).doesNotHaveDuplicates();
        assertThat(whole.stream().filter(partition -> bounds.include(partition.values())))
                .as("nothing else, %s", what)
                .containsAll(found);
        assertThat(found)
                .as("nothing less, %s", what)
                .containsAll(whole.stream()
                        .filter(partition -> bounds.hold(partition.values()))
                        .toList());
        return found.isEmpty() ? 0 : 1;
    }

    private static LocalDateTime moment(Random random) {
        LocalDateTime moment = FIRST.plusMinutes(random.nextInt(MINUTES));
        return switch (random.nextInt(4)) {
            case 0 -> moment.toLocalDate().atStartOfDay();
            case 1 -> moment.toLocalDate().withDayOfMonth(1).atStartOfDay();
            case 2 -> moment.withMinute(0);
            default -> moment;
        };
    }

    private static String path(WalkedTable lake, String layout, Random random) {
        LocalDateTime moment = moment(random);
        String path = layout.equals("hive")
                ? lake.keys.stream()
                        .map(key -> spelt(key.name(), random) + "=" + escaped(text(key, moment, random), random))
                        .collect(Collectors.joining("/"))
                : lake.keys.stream()
                        .reduce(
                                layout,
                                (template, key) -> template.replace("${" + key.name() + "}", text(key, moment, random)),
                                (first, second) -> second);
        return random.nextInt(12) == 0 ? withJunk(path, random) : path;
    }

    /** One of the names is another, or so much as one behind or before it. */
    private static String withJunk(String path, Random random) {
        String[] names = path.split("/", -1);
        int index = random.nextInt(names.length);
        String junk = JUNK.get(random.nextInt(JUNK.size()));
        names[index] = random.nextBoolean() ? junk : names[index] + junk;
        return String.join("/", names);
    }

    private static String text(PartitionKey key, LocalDateTime moment, Random random) {
        if (random.nextInt(40) == 0) {
            return PartitionValues.HIVE_DEFAULT;
        }
        Optional<String> formatted = key.format()
                .filter(format -> key.momentFormat().isEmpty())
                .map(format -> DateTimeFormatter.ofPattern(format, Locale.ROOT).format(moment))
                .or(() -> new KeyCodec(key).pattern().map(pattern -> pattern.write(moment)));
        return formatted.orElseGet(() -> switch (key.name()) {
            case "year" -> padded(moment.getYear(), random);
            case "month" -> padded(moment.getMonthValue(), random);
            case "day" -> padded(moment.getDayOfMonth(), random);
            case "hour" -> padded(moment.getHour(), random);
            case "minute" -> padded(moment.getMinute(), random);
            default -> List.of("eu", "us", "0", "z~").get(random.nextInt(4));
        });
    }

    private static String padded(int number, Random random) {
        return String.format(Locale.ROOT, "%0" + (1 + random.nextInt(random.nextInt(10) == 0 ? 5 : 2)) + "d", number);
    }

    private static String spelt(String name, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> name.toUpperCase(Locale.ROOT);
            case 1 -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            default -> name;
        };
    }

    private static String escaped(String text, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> text.replace("/", "%2F");
            case 1 -> HiveNames.escape(text).replace("-", "%2D");
            default -> HiveNames.escape(text);
        };
    }
}
