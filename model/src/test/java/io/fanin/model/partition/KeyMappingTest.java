package io.fanin.model.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.layout.Layout;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mapping of a source's values to a table's keys. Keys are written {@code name:type:format}. */
class KeyMappingTest {

    private static final String HOURS = "year:string,month:string,day:string,hour:string";

    @ParameterizedTest(name = "{0} {1} is {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "year:string,month:string,day:string,hour:string | 2013,02,08,17 | inserted_at:string:yyyy/MM/dd/HH | 2013/02/08/17",
                "year:int,month:int,day:int,hour:int | 2013,2,8,7 | inserted_at:string:yyyy/MM/dd/HH | 2013/02/08/07",
                "dt:date,hour:int | 2013-02-08,7 | inserted_at:string:yyyy/MM/dd/HH | 2013/02/08/07",
                "dt:string:yyyyMMdd,hour:string | 20130208,07 | inserted_at:timestamp:yyyy/MM/dd/HH | 2013-02-08 07:00:00",
                "inserted_at:string:yyyy/MM/dd/HH | 2013/02/08/17 | dt:date,hour:int | 2013-02-08,17",
                "inserted_at:string:yyyy/MM/dd/HH | 2013/02/08/07 | year:int,month:int,day:int,hour:int | 2013,02,08,07",
                "dt:date | 2013-02-08 | year:string,month:string,day:string | 2013,02,08",
                "year:string,month:string | 2013,02 | at:string:yyyy-MM | 2013-02",
                "dt:string:yyyy-MM-dd-HH | 2013-02-08-17 | dt:date,hour:string | 2013-02-08,17",
                "region:string,dt:date,hour:int | us,2013-02-08,7 | at:string:yyyy/MM/dd/HH,region:string | 2013/02/08/07,us",
                "dt:date,hour:int,minute:int | 2013-02-08,7,5 | at:string:yyyyMMddHHmm | 201302080705",
            })
    void timesAreWrittenFromTheMomentThatTheSourceSays(String source, String values, String table, String expected) {
        assertThat(map(source, table, values)).isEqualTo(mapped(expected));
    }

    @ParameterizedTest(name = "{0} {1} is {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:date,hour:int | 2013-02-08,7 | dt:date,hour:int | 2013-02-08,7",
                "dt:date,hour:int | 2013-02-08,07 | hour:int,dt:date | 07,2013-02-08",
                "region:string,dt:date | a b,2013-02-08 | DT:date,Region:string | 2013-02-08,a b",
                "dt:string:yyyyMMdd | 20130208 | dt:date | 2013-02-08",
                "dt:date | 2013-02-08 | dt:string:yyyy/MM/dd | 2013/02/08",
                "hour:string,dt:date | 07,2013-02-08 | hour:int,dt:date | 07,2013-02-08",
                "hour:int,dt:date | 7,2013-02-08 | hour:string,dt:date | 07,2013-02-08",
                "hour:int,dt:date | 007,2013-02-08 | hour:string,dt:date | 07,2013-02-08",
                "shard:int | 007 | shard:string | 7",
                "shard:int | -07 | shard:string | -7",
                "shard:bigint | 7 | shard:tinyint | 7",
                "at:timestamp | 2013-02-08 17:00:00.5 | at:timestamp | 2013-02-08 17:00:00.5",
                "dt:string,hour:int | 2013-02-08,7 | dt:date,hour:int | 2013-02-08,7",
                "dt:date | 2013-02-08 | dt:string | 2013-02-08",
                "dt:date:yyyyMMdd | 2013-02-08 | dt:string | 2013-02-08",
                "region:string | __HIVE_DEFAULT_PARTITION__ | region:int | __HIVE_DEFAULT_PARTITION__",
                "dt:date,hour:int | 2013-02-08,__HIVE_DEFAULT_PARTITION__ | dt:date,hour:int | 2013-02-08,__HIVE_DEFAULT_PARTITION__",
            })
    void keysOfTheSameNameCarryTheirValueOver(String source, String values, String table, String expected) {
        assertThat(map(source, table, values)).isEqualTo(mapped(expected));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:date,hour:int | 2013-02-08,25 | at:string:yyyy/MM/dd/HH | dt=2013-02-08/hour=25 is not a time",
                "dt:date,hour:int | 2013-02-08,__HIVE_DEFAULT_PARTITION__ | at:string:yyyy/MM/dd/HH | is not a time",
                "year:int,month:int | 2013,13 | at:string:yyyy-MM | year=2013/month=13 is not a time",
                "shard:string | x | shard:int | shard=x has no value for the key shard of type int",
                "dt:string | 2013-02-30 | dt:date | dt=2013-02-30 has no value for the key dt of type date",
                "shard:bigint | 300 | shard:tinyint | shard=300 has no value for the key shard of type tinyint",
                "year:int,month:int,day:int | 1950,2,8 | at:string:yy-MM-dd | which says another one",
            })
    void valueThatTheTableCannotHoldIsRefusedWithTheReason(String source, String values, String table, String why) {
        assertThat(map(source, table, values))
                .isInstanceOfSatisfying(
                        KeyMapping.Mapped.Refused.class,
                        refused -> assertThat(refused.why()).contains(why));
    }

    @ParameterizedTest(name = "{0} into {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dt:date,hour:int | dt:date | the source's keys [dt, hour] tell hours, and the table's [dt] days: expected the same",
                "dt:date | at:string:yyyy/MM/dd/HH | the source's keys [dt] tell days, and the table's [at] hours: expected the same",
                "hour:int | dt:date | the source's keys [hour] tell no period, and the table's [dt] days: expected the same",
                "dt:timestamp | at:timestamp | the source's keys [dt] tell no period, and the table's [at] no period: expected the same",
                "dt:date | dt:date,region:string | the table's key 'region' is neither one of the source's [dt] nor a time that"
                        + " these could say",
                "region:string,dt:date | dt:date | the source's key 'region' is none of the table's [dt]: several of its prefixes"
                        + " would be one partition",
                "dt:int | dt:date | the key 'dt' is int in the source and date in the table, which cannot be converted",
                "dt:string:yyyyMMdd | DT:int | the key 'DT' is string in the format yyyyMMdd in the source and int in the table,"
                        + " which cannot be converted",
                "dt:date,ingested:date | day:date | the source's key 'ingested' is none of the table's [day]: several of its"
                        + " prefixes would be one partition",
            })
    void keysThatCannotTellTheOthersAreRefusedWithTheReason(String source, String table, String why) {
        assertThatThrownBy(() -> KeyMapping.of(keys(source), keys(table)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    @Test
    void twoFormsOfANumberInTheSourceMapToOneValue() {
        String source = "year:int,month:int,day:int,hour:int";

        assertThat(map(source, HOURS, "2013,2,8,7")).isEqualTo(map(source, HOURS, "2013,02,08,07"));
    }

    @Test
    void momentOfOneDayHourIsReadBackWhereverItIsWritten() {
        List<String> all = List.of(
                HOURS,
                "year:int,month:int,day:int,hour:int",
                "dt:date,hour:int",
                "dt:string:yyyyMMdd,hour:string",
                "at:string:yyyy/MM/dd/HH",
                "at:timestamp:yyyy-MM-dd-HH",
                "inserted_at:string:dd.MM.yyyy HH");
        long seed = 20260711;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            LocalDateTime moment = LocalDateTime.of(2000, 1, 1, 0, 0).plusHours(random.nextInt(300_000));
            String source = all.get(random.nextInt(all.size()));
            String table = all.get(random.nextInt(all.size()));
            KeyMapping mapping = KeyMapping.of(keys(source), keys(table));
            PartitionValues values = new Periods(keys(source)).valuesAt(moment).orElseThrow();

            KeyMapping.Mapped there = mapping.map(values);

            String round = "seed " + seed + ": " + source + " " + values.values() + " into " + table;
            assertThat(there).as(round).isInstanceOf(KeyMapping.Mapped.Values.class);
            PartitionValues written = ((KeyMapping.Mapped.Values) there).values();
            assertThat(new PartitionTime(keys(table)).of(written)).as(round).hasValue(moment);
            assertThat(mapping.inverse().map(written)).as(round).isEqualTo(new KeyMapping.Mapped.Values(values));
        }
    }

    @Test
    void hourOfAHiveSourceLiesWhereTheTablesLayoutWritesIt() {
        List<PartitionKey> table = keys("inserted_at:string:yyyy/MM/dd/HH");
        KeyMapping mapping = KeyMapping.of(keys(HOURS), table);

        KeyMapping.Mapped mapped = mapping.map(PartitionValues.of("2013", "02", "08", "17"));

        PartitionValues values = ((KeyMapping.Mapped.Values) mapped).values();
        assertThat(Layout.of("${inserted_at}", table).path(values)).isEqualTo("2013/02/08/17/");
        assertThat(Layout.of("hive", table).path(values)).isEqualTo("inserted_at=2013%2F02%2F08%2F17/");
        assertThat(Layout.of("hive", keys(HOURS))
                        .path(((KeyMapping.Mapped.Values) mapping.inverse().map(values)).values()))
                .isEqualTo("year=2013/month=02/day=08/hour=17/");
    }

    private static KeyMapping.Mapped map(String source, String table, String values) {
        return KeyMapping.of(keys(source), keys(table)).map(PartitionValues.of(values.split(",")));
    }

    private static KeyMapping.Mapped mapped(String values) {
        return new KeyMapping.Mapped.Values(PartitionValues.of(values.split(",")));
    }

    private static List<PartitionKey> keys(String text) {
        return Arrays.stream(text.split(",")).map(KeyMappingTest::key).toList();
    }

    private static PartitionKey key(String text) {
        String[] parts = text.split(":", 3);
        return new PartitionKey(
                parts[0],
                KeyType.of(parts[1]),
                Optional.of(parts).filter(all -> all.length > 2).map(all -> all[2]),
                Optional.empty(),
                Optional.empty());
    }
}
