package io.fanin.model.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormatsTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "dt:date,                       2013-02-08 2013-02-09,     -",
        "dt:date,                       20130208,                  yyyyMMdd",
        "dt,                            2013-02-08 2013-02-09,     yyyy-MM-dd",
        "dt,                            2013-02-08 latest,         -",
        "dt,                            2013-02-30,                -",
        "dt,                            2013-02-08 __HIVE_DEFAULT_PARTITION__, yyyy-MM-dd",
        "dt,                            2013-02-08-17,             yyyy-MM-dd-HH",
        "dt,                            2013020817,                yyyyMMddHH",
        "dt,                            2013-02,                   yyyy-MM",
        "dt:int,                        20130208,                  -",
        "id,                            10000208 99990101,         -",
        "day,                           2013-02-08,                yyyy-MM-dd",
        "year:int month:int day:int,    2013|2|8 28,               -|-|-",
        "year month day,                2013|02|08,                -|-|-",
        "year,                          13,                        false",
        "year month,                    2013|Feb Mar,              -|false",
        "month day,                     Feb|8,                     -|-",
        "y m d,                         2013|02 11|08 30,          yyyy|MM|dd",
        "y m d,                         2013|2 11|8 30,            yyyy|M|d",
        "y:int m:int d:int,             2013|2 11|08 30,           yyyy|MM|dd",
        "y m,                           2013|2 02 11,              yyyy|-",
        "partition_0 partition_1 partition_2 partition_3, 2013 2014|02|08|17, yyyy|MM|dd|HH",
        "dt partition_1,                2013-02-08|17,             yyyy-MM-dd|HH",
        "partition_0 partition_1,       us eu|2013,                -|yyyy",
        "partition_0,                   1234,                      -",
        "year:int month:int shard:int,  2013|2|3,                  -|-|-",
        "dt:date hour:int,              2013-02-08|7,              -|-",
        "month day,                     2013-02 2013-03|2013-02-08 2013-02-09 2013-03-01, false|yyyy-MM-dd",
        "dt hour,                       2013-02-08|2013-02-08-13 2013-02-08-14, false|yyyy-MM-dd-HH",
        "dt:date hour,                  2013-02-08|2013-02-08-13,  false|yyyy-MM-dd-HH",
        "dt:date hour,                  20130208|2013-02-08-13,    yyyyMMdd|yyyy-MM-dd-HH",
        "month day,                     2013-02 2013-04|2013-02-08 2013-03-01, yyyy-MM|yyyy-MM-dd",
        "day month,                     2013-02-08|2013-02,        yyyy-MM-dd|yyyy-MM",
    })
    void formatsAreThoseOfTheTexts(String keys, String texts, String formats) {
        List<PartitionKey> found = TimeFormats.of(LayoutCandidatesTest.keys(keys), texts(texts));

        assertThat(found.stream()
                        .map(key -> key.format()
                                .or(() -> key.time().map(String::valueOf))
                                .orElse("-"))
                        .toList())
                .containsExactly(formats.split("\\|", -1));
    }

    private static List<Set<String>> texts(String text) {
        return Arrays.stream(text.split("\\|", -1))
                .<Set<String>>map(key -> new LinkedHashSet<>(List.of(key.split(" ", -1))))
                .toList();
    }

    @Test
    void keyThatSaysWhatItIsStaysAsItIs() {
        PartitionKey declared = new PartitionKey("dt", KeyType.STRING).withoutTime();

        assertThat(TimeFormats.of(List.of(declared), List.of(Set.of("2013-02-08"))))
                .containsExactly(declared);
    }

    @Test
    void withoutTextsNothingIsKnown() {
        List<PartitionKey> keys = LayoutCandidatesTest.keys("year:int dt partition_2");

        assertThat(TimeFormats.of(keys, List.of(Set.of(), Set.of(), Set.of()))).isEqualTo(keys);
    }
}
